import { packActivations, packWeights, resultCount, unpackResults } from '../../model/core/index.ts';
import { addressOf, pack, type RegisterName, registerOf, unpack } from '../../protocol/index.ts';
import { type CoreParameters, coreGeometry, ternaryCore } from '../../rtl/core/index.ts';
import { simulate } from '../../sim/index.ts';
import { matmul } from '../../sim/reference/index.ts';

/** A product that was simulated from the first word written to the last result read. */
export interface Measured {
  /** Cycles in which the core worked, from the first address to the last result. */
  readonly cycles: number;
  /** Products that were asked for, without what fills up beats and tiles. */
  readonly macs: number;
}

/**
 * Multiplies a random matrix [M,K] with one or two batches of vectors on a simulated core, in as many jobs as the result buffer
 * asks for; each is queued while the one before runs. Every sum is compared with the reference.
 */
export function measureProduct(
  parameters: CoreParameters,
  m: number,
  k: number,
  batches: 1 | 2 = 1,
): Measured {
  const { batch, resultDepth, rows } = parameters;
  const host = openCore(parameters);
  const random = generator(1);
  const weights = Array.from({ length: m }, () => Array.from({ length: k }, () => random(3) - 1));
  const vectors = Array.from({ length: batches * batch }, () =>
    Array.from({ length: k }, () => random(256) - 128),
  );
  const { words, initial, shape } = packWeights(weights, parameters);
  for (const { offset, data } of words) host.write(addressOf('weights', offset), data);
  for (const [i, value] of initial.entries()) host.write(addressOf('activations', 2 ** 15 + i), value >>> 0);
  for (const each of batches === 1 ? ([0] as const) : ([0, 1] as const))
    for (const { offset, data } of packActivations(
      vectors.slice(each * batch, (each + 1) * batch),
      each,
      parameters,
      shape,
    ))
      host.write(addressOf('activations', offset), data);

  const half = resultDepth / 2;
  const tiles = Math.min(shape.tiles, Math.floor(half / (rows * batch)));
  const parts = Math.ceil(shape.tiles / tiles);
  const jobs = batches * parts;
  if (shape.tiles % tiles !== 0) throw new Error(`${shape.tiles} tiles are no whole number of jobs`);
  const { wordsPerStep } = coreGeometry(parameters).image;
  host.writeRegister('walk', { lastBeat: shape.beatsPerBlock - 1, lastTile: tiles - 1 });
  host.writeRegister('control', { clearCycles: 1 });
  const start = (job: number): void => {
    const tile = (job % parts) * tiles;
    const activationHalf = Math.floor(job / parts);
    host.writeRegister('weightPlace', { base: tile * shape.beatsPerBlock * wordsPerStep });
    host.writeRegister('jobPlace', { initialBase: tile * rows, activationHalf, resultHalf: job % 2 });
    host.writeRegister('control', { start: 1 });
  };
  const part = { ...shape, tiles, m: tiles * rows };
  const sums: number[][] = vectors.map(() => []);
  start(0);
  for (let job = 0; job < jobs; job++) {
    if (job + 1 < jobs) {
      while (host.readRegister('status').queued === 1);
      start(job + 1);
    }
    while (host.readRegister('status').jobsDone! <= job);
    const count = resultCount(parameters, part);
    const found = host.readAll(
      Array.from({ length: count }, (_, i) => addressOf('results', (job % 2) * half + i)),
    );
    const first = Math.floor(job / parts) * batch;
    for (const [vector, [block]] of unpackResults(found, parameters, part).entries())
      sums[first + vector]!.push(...block!);
  }
  const { cycles } = host.readRegister('cycles');
  const expected = matmul(
    { rows: m, columns: k, data: weights.flat() },
    { rows: vectors.length, columns: k, data: vectors.flat() },
  );
  if (sums.flatMap(each => each.slice(0, m)).join() !== expected.data.join())
    throw new Error('the core gives other sums than the reference');
  return { cycles: cycles!, macs: m * k * vectors.length };
}

/** A simulated core and its host port. */
function openCore(parameters: CoreParameters) {
  const core = simulate(ternaryCore(parameters), { seed: 1 });
  const request = (write: 0 | 1, address: number, data: number): void => {
    core.set({ request: { read: 1 - write, write, address, data: BigInt(data) } }).step();
    core.set({ request: { read: 0, write: 0 } });
  };
  const write = (address: number, data: number): void => request(1, address, data);
  /** Asks for a word in each cycle, and takes the answers as they come. */
  const readAll = (addresses: readonly number[]): number[] => {
    const found: number[] = [];
    const take = (): void => {
      const { valid, data } = core.get('response');
      if (valid === 1n) found.push(Number(data));
    };
    for (const address of addresses) {
      request(0, address, 0);
      take();
    }
    while (found.length < addresses.length) {
      core.step();
      take();
    }
    return found;
  };
  const read = (address: number): number => readAll([address])[0]!;
  return {
    write,
    readAll,
    writeRegister(name: RegisterName, values: Record<string, number>): void {
      const row = registerOf(name);
      const all = Object.fromEntries(row.fields.map(field => [field.name, values[field.name] ?? 0]));
      write(addressOf('registers', row.address), pack(row as never, all as never));
    },
    readRegister(name: RegisterName): Record<string, number> {
      const row = registerOf(name);
      return unpack(row as never, read(addressOf('registers', row.address)));
    },
  };
}

/** Small whole numbers (xorshift32), the same for the same seed. */
function generator(seed: number): (limit: number) => number {
  let state = seed | 1;
  return limit => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % limit;
  };
}
