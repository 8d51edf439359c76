import { registered, type Signal } from '../../hdl-gen/lang/index.ts';
import type { HostRequest, HostResponse } from '../host-port/index.ts';

/* Registers at the host port, for a fast clock: the ways to and from the block RAMs end in the core then. */

/** The request of the cycle before, where it was taken. */
export function registeredRequest({ read, write, address, data }: HostRequest, ready: Signal): HostRequest {
  const reset = { reset: true } as const;
  return {
    read: registered(read.and(ready), reset),
    write: registered(write.and(ready), reset),
    address: registered(address),
    data: registered(data),
  };
}

/** The response of the cycle before. */
export function registeredResponse({ valid, data }: HostResponse): HostResponse {
  return { valid: registered(valid, { reset: true }), data: registered(data) };
}
