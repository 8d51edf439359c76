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

/**
 * The sum of `lanes` lanes that takes the fewest logic cells, and among those one of the lowest, by dynamic programming
 * over the number of lanes: a gate or an adder takes a cell for each of its bits.
 *
 * @param addedIsFlexible whether a sum is still flexible after a bare lane was added. It is where the control bit of
 *   that adder is free because no weight is 0.
 */
export function cheapestSum(lanes: number, activationBits: number, addedIsFlexible: boolean): Planned {
  const gate: Choice = { cells: activationBits, height: 0, make: lane => ({ kind: 'gated', lane }) };
  // There is no sum of 0 lanes; the place is only taken.
  const best = [gate, gate];
  for (let count = 2; count <= lanes; count++) {
    let found: Choice | undefined;
    for (const choice of choices(best, count, activationBits, addedIsFlexible)) {
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
function* choices(
  best: readonly Choice[],
  count: number,
  activationBits: number,
  addedIsFlexible: boolean,
): Generator<Choice> {
  const adder = widthOf(count, activationBits);
  if (addedIsFlexible) yield withLane(best[count - 1]!, adder);
  for (let size = 2; !addedIsFlexible && size < count; size++) {
    const part = withLane(best[size - 1]!, widthOf(size, activationBits));
    yield together(part, best[count - size]!, adder, size);
  }
  for (let size = 1; size <= count / 2; size++) yield together(best[size]!, best[count - size]!, adder, size);
}

function withLane(to: Choice, adder: number): Choice {
  return {
    cells: to.cells + adder,
    height: to.height + 1,
    make: first => ({ kind: 'added', lane: first, to: to.make(first + 1) }),
  };
}

function together(a: Choice, b: Choice, adder: number, size: number): Choice {
  return {
    cells: a.cells + b.cells + adder,
    height: Math.max(a.height, b.height) + 1,
    make: first => ({ kind: 'joined', parts: [a.make(first), b.make(first + size)] }),
  };
}
