import {
  encodeTableRow,
  mostTerms,
  tableCells,
  tableCodes,
  tableLanes,
  tableLayout,
  tableStream,
} from '../../rtl/ternary/index.ts';
import { keepAlive } from '../../rtl/top/index.ts';
import { elaborate } from '../lang/index.ts';
import { type Beats, part, placeOf, plainOutput, rowGroups } from './beats.ts';
import type { Core } from './core.ts';
import { tooManyRows, tooManyTerms } from './diagnostics.ts';
import { requireInit } from './init.ts';
import { type TableConfig, tableEncoding } from './names.ts';
import type { Product } from './product.ts';

/** The family `table`: activations are loaded into tables, and the weights of many rows stream through them. */
export function tableCore(config: TableConfig): Core {
  const { lanes, rows, maxM } = config;
  const { refillCycles, result, sum } = tableLayout(config);
  return {
    config,
    design: () => elaborate(tableStream(config)),
    onPins: () => elaborate(keepAlive(tableStream(config))),
    aloneOnPins: () => elaborate(keepAlive(tableStream(config))),
    arrayInstance: undefined,
    output: plainOutput,
    weights: 'ternary',
    encoding: tableEncoding,
    cells: tableCells(config),
    latency: result,
    sum,
    bitsPerWeight: 8 / tableLanes,
    constantOf: weights => encodeTableRow(weights, config).constant,
    beatsOf: product => beatsOf(product, config),
    usualSize: { m: maxM, k: Math.min(mostTerms(config), 4 * lanes), n: 16 },
    cyclesPerVector: ({ m, k }) => Math.ceil(k / lanes) * Math.max(Math.ceil(m / rows), refillCycles),
  };
}

/**
 * Vector after vector, and within it step after step of `lanes` columns: the activations of a step are loaded, and then
 * one beat of weights for each group of `rows` rows. The sums come out in the last step.
 */
function beatsOf({ weights, activations }: Product, config: TableConfig): Beats {
  const { lanes, rows, maxM, activationBits, initBits } = config;
  const { rows: m, columns: k } = weights;
  const { tables, fillers, tablesPerFiller, refillCycles, result } = tableLayout(config);
  if (k > mostTerms(config)) throw tooManyTerms('the weights', k, mostTerms(config));
  if (m > maxM) throw tooManyRows(m, maxM);
  const { groups, codes, init, corrections } = rowGroups(weights, {
    ...{ rows, initBits, padding: 0, perRow: tables },
    encode: own => encodeTableRow(own, config),
    requireInit: requireInit(config),
  });
  const steps = Math.ceil(k / lanes);
  const loads = tablesPerFiller * tableLanes;
  const x = new Int32Array(activations.rows * steps * loads * fillers);
  for (let vector = 0; vector < activations.rows; vector++) {
    for (let column = 0; column < k; column++) {
      const [step, lane] = [Math.floor(column / lanes), column % lanes];
      const table = Math.floor(lane / tableLanes);
      const beat = Math.floor(table / fillers) * tableLanes + (lane % tableLanes);
      const at = ((vector * steps + step) * loads + beat) * fillers + (table % fillers);
      x[at] = activations.data[vector * k + column]!;
    }
  }
  const count = activations.rows * steps * groups;
  const stepOf = (beat: number) => Math.floor(beat / groups) % steps;
  return {
    streams: [
      {
        name: 'load',
        count: activations.rows * steps * loads,
        flags: [],
        ports: [
          {
            name: 'x',
            ...{ elements: fillers, bits: activationBits },
            what: `${fillers} activations of ${activationBits} bits, one for each filler`,
            values: beat => part(x, beat, fillers),
          },
        ],
      },
      {
        name: 'in',
        count,
        flags: [
          { name: 'first', isSet: beat => stepOf(beat) === 0 },
          { name: 'last', isSet: beat => stepOf(beat) === steps - 1 },
          { name: 'swap', isSet: beat => beat % groups === groups - 1 },
        ],
        ports: [
          {
            name: 'w',
            ...{ elements: rows * tables, bits: 8 },
            what: `${rows} x ${tables} codes (${tableCodes}), row 0 and lane 0 lowest`,
            values: beat => codes(beat % groups, stepOf(beat)),
          },
          {
            name: 'init',
            ...{ elements: rows, bits: initBits },
            what: 'what the codes of the row leave to add',
            values: beat => init(beat % groups),
          },
        ],
      },
    ],
    isSteady: false,
    // A step takes as long as its rows or as its refill, and some cycles between two steps.
    mostCycles: activations.rows * steps * (Math.max(groups, refillCycles) + 8) + refillCycles + result,
    sums: activations.rows * groups,
    place: placeOf(m, rows),
    corrections,
    padding: () => 0,
  };
}
