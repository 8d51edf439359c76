import { registered } from '../../hdl-gen/lang/index.ts';
import type { HostRequest, HostResponse } from '../host-port/index.ts';

/* Registers at the host port, for a fast clock: the ways to and from the block RAMs end in the core then. */

/** The request of the cycle before; every request has to be taken at once. */
export function registeredRequest({ read, write, address, data }: HostRequest): HostRequest {
  const reset = { reset: true } as const;
  return {
    read: registered(read, reset),
    write: registered(write, reset),
    address: registered(address),
    data: registered(data),
  };
}

/** The response of the cycle before. */
export function registeredResponse({ valid, data }: HostResponse): HostResponse {
  return { valid: registered(valid, { reset: true }), data: registered(data) };
}
