import type { TransferKind } from '../../embedding/index.ts';
import {
  type CoreParameters,
  configurationOf,
  packActivations,
  packWeights,
  partsOf,
  resultCount,
  unpackResults,
} from '../../model/core/index.ts';
import {
  addressOf,
  magic,
  pack,
  type RegisterName,
  registerOf,
  registers,
  windowAddressBits,
} from '../../protocol/index.ts';
import type { ProductMatrix } from '../../sim/reference/index.ts';
import type { Product, ProductSize } from './product.ts';

/** A word that a host writes or reads, or what must be refused. */
export interface Transfer {
  readonly kind: TransferKind;
  readonly address: number;
  /** What is written, or what is read; of `wait` the bits that become 0. */
  readonly data: number;
  /** Of `wait` the whole word at its end, where the session is the first one since the reset. */
  readonly whole?: number;
}

/** What a host does to multiply, word by word, whatever carries the words. */
export interface CoreSession {
  readonly core: CoreParameters;
  readonly transfers: readonly Transfer[];
}

/** A small product in which K and M need padding; where the memories are too small for that, the smallest one. */
export function sessionSize(core: CoreParameters): ProductSize {
  const { lanes, rows, batch, maxK } = core;
  const sizes = [
    { m: rows + 1, k: Math.min(maxK, 2 * lanes + Math.ceil(lanes / 2)) },
    { m: rows, k: Math.min(maxK, lanes) },
  ];
  const fits = ({ m, k }: { m: number; k: number }): boolean =>
    partsOf({ rows: m, columns: k, columnsPerBlock: k }, core)?.flat().length === 1;
  return { ...(sizes.find(fits) ?? { m: 1, k: 1 }), n: 2 * batch };
}

/**
 * It asks who is there, tries what must be refused, loads the weights, and has the vectors multiplied, as many at once as share the weights, in
 * one half of the buffers and then in the other.
 *
 * @param expected the results [N,M], which the reference says.
 */
export function coreSession(
  { weights, activations }: Product,
  core: CoreParameters,
  expected: ProductMatrix,
): CoreSession {
  const transfers: Transfer[] = [];
  const put = (kind: TransferKind, address: number, data: number): void => {
    transfers.push({ kind, address, data: data >>> 0 });
  };
  const at = (name: RegisterName): number => addressOf('registers', registerOf(name).address);
  const set = (name: RegisterName, fields: Readonly<Record<string, number>>): void =>
    put('write', at(name), wordOf(name, fields));

  put('read', at('magic'), magic);
  put('read', at('configuration'), configurationOf(core));
  put('readError', addressOf('registers', registers.length), 0);
  if (core.resultDepth < 2 ** windowAddressBits) put('writeError', addressOf('results', core.resultDepth), 1);

  const image = packWeights(rowsOf(weights), core);
  const { beatsPerBlock, blocks, tiles } = image.shape;
  const walk = wordOf('walk', { lastBeat: beatsPerBlock - 1, lastBlock: blocks - 1, lastTile: tiles - 1 });
  put('write', at('walk'), walk);
  // What a refused write would have done shows in the product.
  put('partialError', at('walk'), ~walk);
  for (const { offset, data } of image.words) put('write', addressOf('weights', offset), data);
  for (const [i, value] of image.initial.entries())
    put('write', addressOf('activations', 2 ** (windowAddressBits - 1) + i), value);
  set('weightPlace', { base: 0 });
  const vectors = rowsOf(activations);
  for (let job = 0; job * core.batch < vectors.length; job++) {
    const half = (job % 2) as 0 | 1;
    const own = vectors.slice(job * core.batch, (job + 1) * core.batch);
    for (const { offset, data } of packActivations(own, half, core, image.shape))
      put('write', addressOf('activations', offset), data);
    set('jobPlace', { initialBase: 0, activationHalf: half, resultHalf: half });
    set('control', { start: 1 });
    const whole = wordOf('status', { runningHalf: half, jobsDone: job + 1 });
    transfers.push({ kind: 'wait', address: at('status'), data: wordOf('status', { busy: 1 }), whole });
    const first = addressOf('results', (half * core.resultDepth) / 2);
    // Where each sum is among the words; those of padding are left out.
    const places = unpackResults(
      Array.from({ length: resultCount(core, image.shape) }, (_, i) => i),
      core,
      image.shape,
    );
    const sums = own.flatMap((_, vector) =>
      places[vector]![0]!.map((place, row) => ({
        place,
        sum: expected.data[(job * core.batch + vector) * expected.columns + row]!,
      })),
    );
    for (const { place, sum } of sums.sort((a, b) => a.place - b.place)) put('read', first + place, sum);
  }
  return { core, transfers };
}

/** A word with some fields; the others are 0. */
function wordOf(name: RegisterName, values: Readonly<Record<string, number>>): number {
  const row = registerOf(name);
  const all = Object.fromEntries(row.fields.map(field => [field.name, values[field.name] ?? 0]));
  return pack(row as never, all as never);
}

function rowsOf({ rows, columns, data }: Product['weights'] | Product['activations']): number[][] {
  return Array.from({ length: rows }, (_, row) =>
    Array.from(data.subarray(row * columns, (row + 1) * columns)),
  );
}
