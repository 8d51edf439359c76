import { type TransferKind, transferKinds } from '../../embedding/index.ts';
import {
  type CoreParameters,
  configurationOf,
  packActivations,
  packWeights,
  resultCount,
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
import type { Product } from './product.ts';

/** A line of the script. */
interface Transfer {
  readonly kind: TransferKind;
  readonly address: number;
  readonly data: number;
}

/**
 * What a master does to multiply: it asks who is there, tries what must be refused, loads the weights, and has each vector
 * multiplied, in one half of the buffers and then in the other.
 *
 * @param expected the results [N,M], which the reference says.
 */
export function wishboneScript(
  { weights, activations }: Product,
  core: CoreParameters,
  expected: ProductMatrix,
): string {
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
  put('writeError', addressOf('results', core.resultDepth), 1);

  const image = packWeights(rowsOf(weights), core);
  const { beatsPerBlock, blocks, tiles } = image.shape;
  const walk = wordOf('walk', { lastBeat: beatsPerBlock - 1, lastBlock: blocks - 1, lastTile: tiles - 1 });
  put('write', at('walk'), walk);
  // What a partial write would have done shows in the product.
  put('partialError', at('walk'), ~walk);
  for (const { offset, data } of image.words) put('write', addressOf('weights', offset), data);
  for (const [i, value] of image.initial.entries())
    put('write', addressOf('activations', 2 ** (windowAddressBits - 1) + i), value);
  set('weightPlace', { base: 0 });
  for (const [n, vector] of rowsOf(activations).entries()) {
    const half = (n % 2) as 0 | 1;
    for (const { offset, data } of packActivations([vector], half, core, image.shape))
      put('write', addressOf('activations', offset), data);
    set('jobPlace', { initialBase: 0, activationHalf: half, resultHalf: half });
    set('control', { start: 1 });
    put('wait', at('status'), wordOf('status', { busy: 1 }));
    const first = (half * core.resultDepth) / 2;
    // A batch of one and one block: the results are the sums of the rows; those of padding are left out.
    const rows = Math.min(resultCount(core, image.shape), expected.columns);
    for (let row = 0; row < rows; row++)
      put('read', addressOf('results', first + row), expected.data[n * expected.columns + row]!);
  }
  const digits = (value: number, count: number): string => value.toString(16).padStart(count, '0');
  const lines = transfers.map(
    ({ kind, address, data }) => `${transferKinds[kind]}_${digits(address, 5)}_${digits(data, 8)}\n`,
  );
  const kinds = Object.entries(transferKinds).map(([name, number]) => `${number} ${name}`);
  return `// kind_address_data of each transfer; kinds: ${kinds.join(', ')}\n${lines.join('')}`;
}

/** Lines of a script that are transfers. */
export function transfersIn(script: string): number {
  return script.split('\n').filter(line => line !== '' && !line.startsWith('//')).length;
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
