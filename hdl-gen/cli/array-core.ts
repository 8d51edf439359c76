import {
  arrayLayout,
  encodeRow,
  encodeStreamRow,
  familyOf,
  mostTerms,
  paddingWeight,
  streamLatency,
  streamWords,
  ternaryArray,
  ternaryStream,
} from '../../rtl/ternary/index.ts';
import { keepAlive } from '../../rtl/top/index.ts';
import { elaborate } from '../lang/index.ts';
import { type Beats, part, placeOf, plainOutput, rowGroups } from './beats.ts';
import type { Core } from './core.ts';
import { tooManyTerms } from './diagnostics.ts';
import { requireInit } from './init.ts';
import type { ArrayConfig } from './names.ts';
import type { Product } from './product.ts';

/** The families whose beats bring activations and weights together. */
export function arrayCore(config: ArrayConfig): Core {
  const { lanes, rows } = config;
  const { sum } = arrayLayout(config);
  const words = streamWords(config);
  return {
    config,
    design: () => elaborate(ternaryStream(config)),
    onPins: () => elaborate(keepAlive(ternaryStream(config))),
    aloneOnPins: () => elaborate(keepAlive(ternaryArray(config))),
    arrayInstance: 'array',
    output: plainOutput,
    weights: familyOf(config).weights,
    encoding: config.encoding ?? familyOf(config).encodings[0]!,
    cells: rows * familyOf(config).cells(config),
    latency: streamLatency(config),
    sum,
    bitsPerWeight: (words.count * words.bits) / lanes,
    constantOf: weights => encodeRow(weights, config).constant,
    beatsOf: product => beatsOf(product, config),
    usualSize: { m: 4 * rows, k: Math.min(mostTerms(config), 4 * lanes), n: 64 },
    cyclesPerVector: ({ m, k }) => Math.ceil(m / rows) * Math.ceil(k / lanes),
  };
}

/**
 * One beat for each vector, each group of `rows` weight rows and each step of `lanes` columns, in this order (the step
 * varies fastest). M and K are padded: activations with zeros, weights with zeros or, where there are none, with ones.
 */
function beatsOf({ weights, activations }: Product, config: ArrayConfig): Beats {
  const { lanes, rows, activationBits, initBits } = config;
  const { rows: m, columns: k } = weights;
  if (k > mostTerms(config)) throw tooManyTerms('the weights', k, mostTerms(config));
  const family = familyOf(config);
  const padding = paddingWeight(family);
  const words = streamWords(config);
  const steps = Math.ceil(k / lanes);
  const { groups, codes, init, corrections } = rowGroups(weights, {
    ...{ rows, initBits, padding, perRow: words.count },
    encode: (own, row) => encodeStreamRow(own, config, row),
    requireInit: requireInit(config),
  });
  const padded = new Int32Array(activations.rows * steps * lanes);
  for (let vector = 0; vector < activations.rows; vector++)
    padded.set(activations.data.subarray(vector * k, (vector + 1) * k), vector * steps * lanes);

  const sums = activations.rows * groups;
  const count = sums * steps;
  const groupOf = (beat: number) => Math.floor(beat / steps) % groups;
  return {
    streams: [
      {
        name: 'in',
        count,
        flags: [
          { name: 'first', isSet: beat => beat % steps === 0 },
          { name: 'last', isSet: beat => beat % steps === steps - 1 },
        ],
        ports: [
          {
            name: 'x',
            ...{ elements: lanes, bits: activationBits },
            what: `${lanes} activations of ${activationBits} bits, lane 0 lowest`,
            values: beat => part(padded, Math.floor(beat / (steps * groups)) * steps + (beat % steps), lanes),
          },
          {
            name: 'w',
            ...{ elements: rows * words.count, bits: words.bits },
            what: `${rows} x ${words.count} ${wordText(config)}, row 0 and lane 0 lowest`,
            values: beat => codes(groupOf(beat), beat % steps),
          },
          {
            name: 'init',
            ...{ elements: rows, bits: initBits },
            what: 'what the codes of the row leave to add',
            values: beat => init(groupOf(beat)),
          },
        ],
      },
    ],
    isSteady: true,
    mostCycles: count + streamLatency(config),
    sums,
    place: placeOf(m, rows),
    corrections,
    padding(sum) {
      if (padding === 0) return 0;
      const vector = Math.floor(sum / groups);
      return activations.data.subarray(vector * k, (vector + 1) * k).reduce((total, x) => total + x, 0);
    },
  };
}

/** What the words of a beat are. */
function wordText(config: ArrayConfig): string {
  const { codes } = familyOf(config);
  return config.encoding === '5in8'
    ? `words of 5in8, of digits for the codes (${codes})`
    : `codes (${codes})`;
}
