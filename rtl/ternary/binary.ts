import type { Family } from './family.ts';
import { foldedFamily } from './fold/folded-family.ts';
import type { Folding } from './fold/folding.ts';

/*
 * Weights -1 and +1: no adder has to leave a lane away, so the free input of every adder that takes a bare lane is its
 * polarity, and a gate is needed only where a chain of bare lanes begins.
 *
 *     gated lane   x ^ inv           flexible
 *     bare lane    (sum + x) ^ inv   the sum has to come in the polarity of the weight; flexible again
 *     adder        a + b             both come in the same polarity
 *
 * The code of a lane is its one bit `inv`.
 */
const folding: Folding = {
  name: 'binary',
  summary: 'weights -1 and +1: chains of adders with a gate at the head of each',
  weights: 'binary',
  encodings: ['1bit'],
  codes: '1: inverts the lane with all that it is added to',
  codeBits: 1,
  addedIsFlexible: true,
  gate: (x, inv) => x.xor(inv.mask()),
  adding: inv => ({ inverts: inv }),
  joining: () => ({}),
  encode(sum, polarity, weights, codes) {
    if (sum.kind === 'joined') {
      for (const part of sum.parts) this.encode(part, polarity, weights, codes, undefined);
      return;
    }
    const own = (weights[sum.lane] ?? 1) < 0 ? 1 : 0;
    codes[sum.lane] = own ^ polarity;
    if (sum.kind === 'added') this.encode(sum.to, own, weights, codes, undefined);
  },
  answerToZeros(sum, codes) {
    if (sum.kind === 'joined') {
      const [a, b] = sum.parts;
      return this.answerToZeros(a, codes) + this.answerToZeros(b, codes);
    }
    const before = sum.kind === 'added' ? this.answerToZeros(sum.to, codes) : 0;
    return codes[sum.lane] === 1 ? -before - 1 : before;
  },
};

/** The family for weights that are never 0. */
export const binary: Family = foldedFamily(folding);
