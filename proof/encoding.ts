import { type EncodingName, encodings, weightDecoder } from '../rtl/ternary/index.ts';
import { simulate } from '../sim/index.ts';
import type { Finding } from './finding.ts';
import { weightOf } from './weight-of.ts';

/**
 * Holds an encoding against itself, completely: for every word the decoder's circuit gives the codes of the weights that
 * the word stands for; and every group of ternary weights either has a word that stands for it, or is refused and no word
 * stands for it.
 */
export function checkEncoding(name: EncodingName): Finding {
  const { wordBits, wordWeights, ...encoding } = encodings[name];
  const decoder = simulate(weightDecoder({ encoding: name }));
  const held = new Set<string>();
  const words = 2 ** wordBits;
  for (let word = 0; word < words; word++) {
    decoder.set({ word });
    const decoded = told(decoder.get('w').map(code => Number(weightOf(Number(code)))));
    const weights = told(encoding.unpack(word));
    if (decoded !== weights)
      return { status: 'refuted', how: `the word ${word} is decoded to ${decoded} in place of ${weights}` };
    held.add(weights);
  }
  for (const weights of groupsOf(wordWeights)) {
    const isTaken = encoding.firstWrong(weights) === -1;
    const found = isTaken ? told(encoding.unpack(encoding.pack(weights))) : told(weights);
    if (found !== told(weights))
      return { status: 'refuted', how: `the word for ${told(weights)} stands for ${found}` };
    if (isTaken !== held.has(found))
      return { status: 'refuted', how: `${found} is refused, but there is a word for it` };
  }
  return { status: 'proved', how: `all ${words} words and ${held.size} groups of weights` };
}

/** All groups of so many ternary weights. */
export function groupsOf(count: number): number[][] {
  return count === 0 ? [[]] : groupsOf(count - 1).flatMap(group => [0, 1, -1].map(last => [...group, last]));
}

function told(weights: readonly number[]): string {
  return weights.join(' ');
}
