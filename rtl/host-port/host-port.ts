/**
 * The host port: the one way into a core, whichever link or bus drives it. Addresses are of words of 32 bits; the two
 * highest bits choose a window (`protocol/address-space.ts`).
 *
 * A request is taken at an edge where `read` or `write`, of which one is 1 at most, and `ready` are 1. Writes may come at every edge.
 * Each read has one
 * answer, at an edge where `valid` of the response is 1, in the order of the reads; there is no `ready` for it. Where it is 0,
 * the data are 0 too, so several answers need no choice between them, only an OR. Whoever drives the port sends no request while
 * a read has no answer yet.
 */
import { bit, type Interval, type Signal, uint } from '../../hdl-gen/lang/index.ts';
import { addressBits, wordBits } from '../../protocol/index.ts';

/** What the driver of the port says. */
export const hostRequest = {
  /** The word at `address` is asked for. */
  read: bit,
  /** `data` go to `address`. */
  write: bit,
  address: uint(addressBits),
  data: uint(wordBits),
} as const satisfies Readonly<Record<string, Interval>>;

/** What comes back. */
export const hostResponse = { valid: bit, data: uint(wordBits) } as const satisfies Readonly<
  Record<string, Interval>
>;

/** A request, as signals. */
export type HostRequest = { readonly [K in keyof typeof hostRequest]: Signal };

/** A response, as signals. */
export type HostResponse = { readonly [K in keyof typeof hostResponse]: Signal };
