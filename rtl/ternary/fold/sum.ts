/*
 * A folded sum as a plan, without signals: which lanes have a gate, and what is added to what.
 *
 * The cell of an adder computes any function of its two operands, its carry and one more bit. That bit is a control
 * here: it inverts a sum on its way out, or leaves a lane away. So a sum can come as it is or inverted (-sum - 1); that
 * is its polarity. A sum is *flexible* if controls can give it either one.
 */

/** A lane behind a gate of its own: flexible. */
export interface Gated {
  readonly kind: 'gated';
  readonly lane: number;
}

/** A flexible sum, plus the bare activation of a lane: the sum has to come in the polarity of the lane's weight. */
export interface Added {
  readonly kind: 'added';
  readonly lane: number;
  readonly to: Sum;
}

/** Two sums of the same polarity, of which the second is flexible: flexible. */
export interface Joined {
  readonly kind: 'joined';
  readonly parts: readonly [Sum, Sum];
}

export type Sum = Gated | Added | Joined;

/** What a sum is made of, apart from lanes. */
export function partsOf(sum: Sum): readonly Sum[] {
  return sum.kind === 'gated' ? [] : sum.kind === 'added' ? [sum.to] : sum.parts;
}

/** Lanes in a sum. */
export function lanesIn(sum: Sum): number {
  const own = sum.kind === 'joined' ? 0 : 1;
  return partsOf(sum).reduce((count, part) => count + lanesIn(part), own);
}

/**
 * Bits of a sum. With p lanes that are not 0, and activations of b bits, it is from -p * 2^(b-1) to p * 2^(b-1) - 1 in
 * either polarity, as each activation is.
 */
export function widthOf(lanes: number, activationBits: number): number {
  return activationBits + Math.ceil(Math.log2(lanes));
}
