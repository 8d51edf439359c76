import { named, registered, type Signal } from '../../hdl-gen/lang/index.ts';
import type { HostResponse } from '../host-port/index.ts';
import type { HostWindows } from './host-windows.ts';

/* Registers at the host port, for a fast clock: the ways to and from the block RAMs end in the core then. */

/** The request of the cycle before, taken apart, where it was taken. */
export function registeredWindows(
  { offset, data, writes, reads, isResults }: HostWindows,
  ready: Signal,
): HostWindows {
  const taken = (signal: Signal): Signal => registered(signal.and(ready), { reset: true });
  const { registers, weights, activations, results } = writes;
  return named({
    request: {
      offset: registered(offset),
      data: registered(data),
      writes: {
        registers: taken(registers),
        weights: taken(weights),
        activations: taken(activations),
        results: taken(results),
      },
      reads: taken(reads),
      isResults: registered(isResults),
    },
  }).request;
}

/** The response of the cycle before. */
export function registeredResponse({ valid, data }: HostResponse): HostResponse {
  return { valid: registered(valid, { reset: true }), data: registered(data) };
}
