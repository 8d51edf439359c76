/*
 * The order in which a table is filled, and the code of weights that follows from it.
 *
 * A table holds the sums of five activations with all weights -1, 0 and +1, up to the sign: of a sum and its opposite only
 * one is there, so that 122 entries take the place of 243 and two sets of them fit into one block RAM. The entries
 * are those of the reflected ternary Gray code, from its middle, which is five zeros, to its end, which is five ones:
 * each differs from the one before in one weight, by one. So one adder makes an entry in each cycle, and the place of an
 * entry is its number in the walk:
 *
 *     entry     0    1    2    3    4    5   ...   121
 *     t0        0   +1   +1    0   -1   -1   ...    +1
 *     t1        0    0   -1   -1   -1   -1   ...    +1
 *     t2        0    0    0    0    0   +1   ...    +1
 *
 * To subtract, the adder is given the sum inverted: ~(~s + x) = s - x. Its cell has a free input that inverts the result
 * for the next step, so adding and subtracting cost the same single cell for each bit. That is why some entries are stored
 * inverted, as -s - 1. The reader has to invert them back, with the exclusive or that makes the opposite of a sum too.
 *
 * The code of five weights is a byte: bits 6 to 0 are the place, bit 7 inverts what is read there. Where that gives the
 * opposite of a sum, it is -s - 1: the 1 that is missing does not depend on the activations, and is counted outside.
 */

/** Weights, and activations, of a table. */
export const tableLanes = 5;

/** Bits of the code of five weights. */
export const tableCodeBits = 8;

/** What the code of five weights means, in a few words for the files of test vectors. */
export const tableCodes =
  'for each five lanes bits 0 to 6: the place in the table, bit 7: what is there is inverted';

/** One entry of a table. */
export interface Entry {
  /** The weights that it is the sum for. */
  readonly weights: readonly number[];
  /** Whether it is stored as -sum - 1. */
  readonly isInverted: boolean;
}

/** What the filler does for the step from one entry to the next. */
export interface Step {
  /** It adds the activation of lane 0, which has a register of its own; the others take turns in a ring. */
  readonly takesFirst: boolean;
  /** The ring turns by one place after its activation was taken. */
  readonly turns: boolean;
  /** The new sum is inverted. */
  readonly inverts: boolean;
}

/** The middle of the Gray code, where the walk begins. */
const middle = (3 ** tableLanes - 1) / 2;

/** All entries, in the order of their places. */
export const entries: readonly Entry[] = walk();

/** The steps between them: one less. */
export const steps: readonly Step[] = stepsOf();

const places = new Map(entries.map(({ weights }, place) => [weights.join(), place]));

/** The code of five weights, and what is to be added to what it reads. */
export function encodeFive(weights: readonly number[]): { readonly code: number; readonly constant: 0 | 1 } {
  const own = places.get(weights.join());
  // `0 - w` and not `-w`, which would be -0.
  const place = own ?? places.get(weights.map(weight => 0 - weight).join())!;
  const isOpposite = own === undefined;
  const inverts = entries[place]!.isInverted !== isOpposite;
  return { code: place | (Number(inverts) << 7), constant: isOpposite ? 1 : 0 };
}

/** The lane whose weight changes on the way to number `n` of the Gray code, and by how much. */
function changeTo(n: number): { readonly lane: number; readonly by: 1 | -1 } {
  let lane = 0;
  let sweeps = n / 3;
  while (Number.isInteger(sweeps)) {
    lane++;
    sweeps /= 3;
  }
  // A weight goes up and down in turn, once for each sweep.
  return { lane, by: Math.floor(sweeps) % 2 === 0 ? 1 : -1 };
}

function walk(): Entry[] {
  const weights = Array<number>(tableLanes).fill(0);
  const found: Entry[] = [];
  for (let n = middle; n < 3 ** tableLanes; n++) {
    if (n > middle) {
      const { lane, by } = changeTo(n);
      weights[lane]! += by;
    }
    // An entry comes in the polarity that the step after it needs.
    const isInverted = n + 1 < 3 ** tableLanes && changeTo(n + 1).by < 0;
    found.push({ weights: [...weights], isInverted });
  }
  return found;
}

function stepsOf(): Step[] {
  const lanes = entries.slice(1).map((_, i) => changeTo(middle + 1 + i).lane);
  // Lanes 1 to 4 stand in the ring, lane 1 in front; turning it brings the next one to the front.
  let front = 1;
  return lanes.map((lane, i) => {
    const wanted = lanes.slice(lane === 0 ? i : i + 1).find(other => other > 0) ?? front;
    const turns = front !== wanted;
    if (turns) front = (front % (tableLanes - 1)) + 1;
    return {
      takesFirst: lane === 0,
      turns,
      inverts: entries[i]!.isInverted !== entries[i + 1]!.isInverted,
    };
  });
}
