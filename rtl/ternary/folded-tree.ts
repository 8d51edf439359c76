import type { Family } from './family.ts';
import { foldedFamily } from './fold/folded-family.ts';
import type { Before, Folding } from './fold/folding.ts';
import type { Sum } from './fold/sum.ts';
import { laneGate } from './lane-gate.ts';
import { zeroBehind } from './weight-code.ts';

/*
 * The tree with polarity folding: half of the lanes have no gate, because the adders do its work.
 *
 *     gated lane   (x & nz) ^ neg         code: nz, neg     flexible
 *     bare lane    nz ? sum + x : sum     code: nz, inv     the sum has to come in the polarity of the weight
 *     adder        (a + b) ^ inv          inv of the bare lane in a; without one there, a + b
 *
 * A bare lane's sum has the polarity of its weight, so it is always the first part of an adder whose second part is
 * flexible; `inv` of that adder makes the result flexible again. A weight 0 in a bare lane leaves the polarity free, and in a
 * gated lane the sign. All codes 0 are weights 0, and their sum is 0.
 */
const folding: Folding = {
  name: 'folded',
  summary: 'a tree whose adders do the work of half of the gates; its lanes enter at different times',
  weights: 'ternary',
  encodings: ['2bit', '5in8'],
  codes: 'bit 0: the lane counts, bit 1: inverts the lane, or the next sum that a bare lane is in',
  codeBits: 2,
  addedIsFlexible: false,
  gate: laneGate,
  adding: code => ({ takes: code.bit(0) }),
  joining: code => ({ inverts: code?.bit(1) }),
  encode(sum, polarity, weights, codes, before) {
    switch (sum.kind) {
      case 'gated': {
        const weight = weights[sum.lane];
        codes[sum.lane] =
          weight === undefined
            ? 0
            : weight === 0
              ? zeroBehind(before?.codes[sum.lane])
              : 1 | ((isNegative(weight) ^ polarity) << 1);
        return;
      }
      case 'added': {
        const weight = weights[sum.lane];
        const inside = behind(before, sum.lane);
        // What fills up a beat must not invert a sum, which would count as a product.
        const free = weight === undefined ? polarity : (quietest(sum.to, weights, inside) ?? polarity);
        const own = weight ? isNegative(weight) : free;
        codes[sum.lane] = (weight ? 1 : 0) | ((own ^ polarity) << 1);
        this.encode(sum.to, own, weights, codes, inside);
        return;
      }
      case 'joined': {
        const [a, b] = sum.parts;
        this.encode(a, polarity, weights, codes, before);
        // What the first part comes in, the second one has to come in too.
        const inverts = a.kind === 'added' ? codes[a.lane]! >> 1 : 0;
        this.encode(
          b,
          polarity ^ inverts,
          weights,
          codes,
          a.kind === 'added' ? behind(before, a.lane) : before,
        );
      }
    }
  },
  answerToZeros(sum, codes) {
    switch (sum.kind) {
      case 'gated':
        return inverted(0, codes[sum.lane]! >> 1);
      case 'added':
        return this.answerToZeros(sum.to, codes);
      case 'joined': {
        const [a, b] = sum.parts;
        const total = this.answerToZeros(a, codes) + this.answerToZeros(b, codes);
        return a.kind === 'added' ? inverted(total, codes[a.lane]! >> 1) : total;
      }
    }
  },
};

/** A tree of adders with polarity folding. */
export const foldedTree: Family = foldedFamily(folding);

/** What a sum was in the beat before that stands behind the control bit of a bare lane. */
function behind(before: Before | undefined, lane: number): Before | undefined {
  return before && { ...before, polarity: before.polarity ^ (before.codes[lane]! >> 1) };
}

/** The polarity in which least of a sum changes: that in which its gate goes on as it was, or else the one that it had. */
function quietest(sum: Sum, weights: readonly number[], before: Before | undefined): number | undefined {
  if (before === undefined) return undefined;
  const weight = sum.kind === 'gated' ? weights[sum.lane] : 0;
  if (sum.kind !== 'gated' || !weight) return before.polarity;
  return isNegative(weight) ^ (before.codes[sum.lane]! >> 1);
}

function isNegative(weight: number): 0 | 1 {
  return weight < 0 ? 1 : 0;
}

/** Bit by bit, where `isInverted` is 1: -value - 1. */
function inverted(value: number, isInverted: number): number {
  return isInverted === 1 ? -value - 1 : value;
}
