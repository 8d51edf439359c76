import {
  assert,
  bit,
  type Circuit,
  type ClockDomain,
  clockDomain,
  component,
  defaultDomain,
  type Interval,
  inDomain,
  memory,
  named,
  register,
  type Shape,
  type Signal,
  type SignalsOf,
  scope,
  uint,
} from '../../hdl-gen/lang/index.ts';
import { badFifo } from './diagnostics.ts';
import { fromGray, grayPointer, synchroniseGray } from './gray-pointer.ts';
import { fromParts, partShapes, toParts } from './parts.ts';

/** What an asynchronous FIFO is made for. */
export interface AsyncFifoParameters<S extends Shape> {
  /** What a word carries. */
  readonly data: S;
  /** How many words it holds: a power of two from 2. With equal clocks, 8 or more let a word move at every edge. */
  readonly depth: number;
  /** The clock domain that words come from; without it, the one in which the FIFO is placed. */
  readonly from?: ClockDomain;
  /** The clock domain that words go to; without it, the one in which the FIFO is placed. */
  readonly to?: ClockDomain;
}

/** The ports of an asynchronous FIFO: a valid/ready stream in, and one out. */
export type AsyncFifo<S extends Shape> = Circuit<
  { readonly in: { readonly valid: Interval; readonly data: S }; readonly out: { readonly ready: Interval } },
  {
    readonly in: { readonly ready: Signal };
    readonly out: { readonly valid: Signal; readonly data: SignalsOf<S> };
  }
>;

/**
 * A FIFO between two clock domains, whatever their clocks are. A word goes in at the edges of `from` where `in.valid`
 * and `in.ready` are 1, and comes out, in the same order, at the edges of `to` where `out.valid` and `out.ready` are 1.
 *
 * Each side has a reset. Both are to be 1 together, until both clocks have had three edges: a reset of one side alone
 * would lose words or repeat them.
 * @throws Diagnostic TCT-7001 for another depth, or where both sides are one domain.
 */
export function asyncFifo<S extends Shape>({ data, depth, from, to }: AsyncFifoParameters<S>): AsyncFifo<S> {
  if (!Number.isInteger(Math.log2(depth)) || depth < 2)
    throw badFifo(`its depth is ${depth}, which is no power of two from 2`);
  if ((from?.name ?? '') === (to?.name ?? ''))
    throw badFifo('words come from and go to the same clock domain');
  if (Object.keys(partShapes(data)).length === 0) throw badFifo('its words hold nothing that can change');
  return fifo({ data, depth, from: from?.name ?? '', to: to?.name ?? '' }) as unknown as AsyncFifo<S>;
}

interface Parameters {
  readonly data: Shape;
  readonly depth: number;
  /** The names of the domains, empty for the default one. */
  readonly from: string;
  readonly to: string;
}

const whySafe =
  'a word is read when the pointer of its write has come across, and written again when that of its read has';

/*
 * After Clifford E. Cummings, "Simulation and Synthesis Techniques for Asynchronous FIFO Design" (SNUG 2002), style 1.
 * Each side has a pointer with one bit more than an address, so that full and empty differ. Only the pointers cross, as
 * gray codes: one bit of them changes at an edge, so whichever bits the other side catches, it sees the pointer as it
 * was before or after. An old pointer is safe: the reader sees fewer words, the writer less room than there is.
 */
const fifo = component('async_fifo', ({ data, depth, from, to }: Parameters) => {
  const domains = { in: domainOf(from), out: domainOf(to) };
  const pointer = uint(Math.log2(depth) + 1);
  const address = (count: Signal): Signal => count.slice(0, pointer.width - 1);
  return {
    inputs: { in: { valid: bit, data }, out: { ready: bit } },
    domains,
    build({ in: input, out: output }) {
      const parts = partShapes(data);
      const words = memory(parts, {
        depth,
        name: 'words',
        initial: initialWords(parts, depth),
        acrossDomains: whySafe,
      });
      const write = inDomain(domains.in, () => scope('write', () => grayPointer(pointer)));
      const read = inDomain(domains.out, () => scope('read', () => grayPointer(pointer)));

      const ready = inDomain(domains.in, () => {
        const ready = register(bit, { reset: true });
        const { push } = named({ push: input.valid.and(ready) });
        words.write(address(write.count), toParts(input.data), { enable: push });
        const arrived = scope('read_gray', () => synchroniseGray(read.gray));
        const { nextGray } = scope('write', () => write.advance(push));
        // Full: the writer is a whole round ahead, which in a gray code inverts the two highest bits.
        ready.next(nextGray.notEquals(arrived.xor(3 << (pointer.width - 2))));
        const held = write.count.sub(fromGray(arrived)).wrap(pointer);
        assert(held.atMost(depth), 'both sides of the FIFO are reset together', { subject: held });
        return ready;
      });

      const out = inDomain(domains.out, () => {
        const valid = register(bit, { reset: true });
        const { pop } = named({ pop: valid.and(output.ready) });
        const arrived = scope('write_gray', () => synchroniseGray(write.gray));
        const { next, nextGray } = scope('read', () => read.advance(pop));
        valid.next(nextGray.notEquals(arrived));
        // The word that comes next is read at every edge, so it is there as soon as it is known to be valid.
        return { valid, data: fromParts(data, words.read(address(next))) };
      });
      return { in: { ready }, out };
    },
  };
});

function domainOf(name: string): ClockDomain {
  return name === '' ? defaultDomain : clockDomain(name);
}

/** Words of a value that is allowed, where not all values of their bits are; they are never seen. */
function initialWords(
  parts: Readonly<Record<string, Interval>>,
  depth: number,
): readonly Record<string, bigint>[] | undefined {
  const entries = Object.entries(parts);
  if (entries.every(([, interval]) => interval.isFullRange)) return undefined;
  const word = Object.fromEntries(
    entries.map(([key, interval]) => [key, interval.contains(0n) ? 0n : interval.min]),
  );
  return Array(depth).fill(word);
}
