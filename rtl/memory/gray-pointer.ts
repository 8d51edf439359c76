import {
  concat,
  type Interval,
  named,
  register,
  type Signal,
  synchronise,
} from '../../hdl-gen/lang/index.ts';

/** A counter over all values of some bits, and the same as a gray code, of which one bit changes at an edge. */
export interface GrayPointer {
  readonly count: Signal;
  /** The gray code of `count`, straight out of a register. */
  readonly gray: Signal;
  /** Says, once, at which edges it moves on; gives what it comes to at the next edge, in both codes. */
  advance(step: Signal): { readonly next: Signal; readonly nextGray: Signal };
}

/** A pointer of the current clock domain. */
export function grayPointer(values: Interval): GrayPointer {
  const { count, gray } = named({
    count: register(values, { reset: true }),
    gray: register(values, { reset: true }),
  });
  const advance = (step: Signal) => {
    const { next } = named({ next: count.add(step).wrap(values) });
    const { next_gray: nextGray } = named({ next_gray: next.xor(next.shiftRight(1)) });
    count.next(next);
    gray.next(nextGray);
    return { next, nextGray };
  };
  return { count, gray, advance };
}

/** The number that a gray code stands for. */
export function fromGray(gray: Signal): Signal {
  const highFirst = gray.bits().toReversed();
  const bits: Signal[] = [];
  for (const bit of highFirst) bits.push(bits.at(-1)?.xor(bit) ?? bit);
  return concat(...bits.toReversed());
}

/** A gray code of another clock domain in the current one: as it was before or after any edge that it is caught at. */
export function synchroniseGray(gray: Signal): Signal {
  const { arrived } = named({ arrived: gray.bits().map(bit => synchronise(bit, 2, { reset: true })) });
  return named({ arrived: concat(...arrived) }).arrived;
}
