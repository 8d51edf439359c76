import { adderCells } from '../pieces.ts';
import { type Sum, widthOf } from './sum.ts';

/** How the best sum of some lanes begins. */
interface Choice {
  readonly cells: number;
  /** Adders one behind the other. */
  readonly height: number;
  /** Makes the sum of the lanes from `first` on. */
  readonly make: (first: number) => Sum;
}

/** A plan and what it takes. */
export interface Planned {
  readonly sum: Sum;
  /** Logic cells of its gates and adders. */
  readonly cells: number;
}

/** What decides which sum is the cheapest. */
export interface PlanOptions {
  readonly activationBits: number;
  /**
   * Whether a sum is still flexible after a bare lane was added. It is where the control bit of that adder is free because
   * no weight is 0.
   */
  readonly addedIsFlexible: boolean;
  /** Bits of the pieces that sums are cut into. */
  readonly cut: number | undefined;
}

/**
 * The sum of `lanes` lanes that takes the fewest logic cells, and among those one of the lowest, by dynamic programming
 * over the number of lanes: a gate or an adder takes a cell for each of its bits, and some more where it is cut.
 */
export function cheapestSum(lanes: number, options: PlanOptions): Planned {
  const { activationBits } = options;
  const gate: Choice = { cells: activationBits, height: 0, make: lane => ({ kind: 'gated', lane }) };
  // There is no sum of 0 lanes; the place is only taken.
  const best = [gate, gate];
  for (let count = 2; count <= lanes; count++) {
    let found: Choice | undefined;
    for (const choice of choices(best, count, options)) {
      const isBetter =
        found === undefined ||
        choice.cells < found.cells ||
        (choice.cells === found.cells && choice.height < found.height);
      if (isBetter) found = choice;
    }
    best.push(found!);
  }
  const { cells, make } = best[lanes]!;
  return { sum: make(0), cells };
}

/** The ways to make a flexible sum of `count` lanes from the best smaller ones. */
function* choices(best: readonly Choice[], count: number, options: PlanOptions): Generator<Choice> {
  const { activationBits, addedIsFlexible, cut } = options;
  const width = (lanes: number): number => widthOf(lanes, activationBits);
  const withLane = (size: number): Choice => {
    const to = best[size - 1]!;
    const sizes = { a: width(size - 1), b: activationBits, sum: width(size), inverts: addedIsFlexible };
    return {
      cells: to.cells + adderCells(sizes, cut),
      height: to.height + 1,
      make: first => ({ kind: 'added', lane: first, to: to.make(first + 1) }),
    };
  };
  const together = (a: Choice, size: number, inverts: boolean): Choice => {
    const b = best[count - size]!;
    const sizes = { a: width(size), b: width(count - size), sum: width(count), inverts };
    return {
      cells: a.cells + b.cells + adderCells(sizes, cut),
      height: Math.max(a.height, b.height) + 1,
      make: first => ({ kind: 'joined', parts: [a.make(first), b.make(first + size)] }),
    };
  };
  if (addedIsFlexible) yield withLane(count);
  for (let size = 2; !addedIsFlexible && size < count; size++) yield together(withLane(size), size, true);
  for (let size = 1; size <= count / 2; size++) yield together(best[size]!, size, false);
}
