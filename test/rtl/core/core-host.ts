import {
  type CoreShape,
  packActivations,
  packWeights,
  resultCount,
  unpackResults,
} from '../../../model/core/index.ts';
import { addressOf, pack, type RegisterName, registerOf, unpack } from '../../../protocol/index.ts';
import { type CoreParameters, ternaryCore } from '../../../rtl/core/index.ts';
import { simulate } from '../../../sim/index.ts';

/** A matrix and what is asked of it. */
export interface Product {
  readonly weights: readonly (readonly number[])[];
  readonly bias?: readonly number[];
  readonly columnsPerBlock?: number;
}

/** What happens to sums. */
export interface Output {
  readonly shift: number;
  readonly saturate: boolean;
  readonly relu: boolean;
}

/** What the host says in a cycle. */
export interface HostInputs {
  readonly read: number;
  readonly write: number;
  readonly address: number;
  readonly data: number;
}

/** Parameters of a small core; each test changes some. */
export const smallCore: CoreParameters = {
  arch: 'tree-folded',
  lanes: 10,
  rows: 1,
  batch: 1,
  activationBits: 8,
  activationRegister: false,
  weightRegister: false,
  hostRegisters: false,
  drain: 'turns',
  rowGroups: 1,
  pipeline: 1,
  encoding: '5in8',
  store: 'bram',
  weightWords: 256,
  activationDepth: 64,
  resultDepth: 128,
  initialValues: 64,
  initBits: 16,
  maxK: 512,
  outputStage: false,
};

/** A host that talks to a core through its port, a cycle at a time; `pauses` says in which cycles it does nothing. */
export function coreHost(parameters: CoreParameters, pauses: () => boolean = () => false) {
  const run = simulate(ternaryCore(parameters), { seed: 5 });
  const idle = { read: 0, write: 0, address: 0, data: 0 };
  const requests: HostInputs[] = [];
  let now: HostInputs = idle;
  const put = (next: HostInputs): void => {
    now = next;
    run.set({ request: next });
  };
  put(idle);
  const step = (count = 1): void => {
    run.step(count);
    for (let i = 0; i < count; i++) requests.push(now);
  };
  const request = (write: 0 | 1, address: number, data: number): void => {
    while (pauses()) step();
    put({ read: 1 - write, write, address, data });
    let waited = 0;
    while (run.get('ready') === 0n) {
      if (waited++ > 100_000) throw new Error('the core is never ready');
      step();
    }
    step();
    put(idle);
  };
  const write = (address: number, data: number): void => request(1, address, data);
  const read = (address: number): number => {
    request(0, address, 0);
    for (let waited = 0; waited < 10; waited++) {
      const { valid, data } = run.get('response');
      if (valid === 1n) return Number(data);
      step();
    }
    throw new Error('no answer comes');
  };
  const readRegister = (name: RegisterName): Record<string, number> => {
    const row = registerOf(name);
    return unpack(row as never, read(addressOf('registers', row.address)));
  };
  const writeRegister = (name: RegisterName, values: Record<string, number>): void => {
    const row = registerOf(name);
    const all = Object.fromEntries(row.fields.map(field => [field.name, values[field.name] ?? 0]));
    write(addressOf('registers', row.address), pack(row as never, all as never));
  };

  return {
    run,
    step,
    write,
    read,
    readRegister,
    writeRegister,
    cycle: () => requests.length,
    /** What was asked in each cycle. */
    requests,
    /** Loads a matrix with its initial values; gives its shape. */
    load(product: Product, { base = 0, initialBase = 0 } = {}): CoreShape {
      const { weights, ...options } = product;
      const image = packWeights(weights, parameters, { ...options, base });
      for (const { offset, data } of image.words) write(addressOf('weights', offset), data);
      for (const [i, value] of image.initial.entries())
        write(addressOf('activations', 2 ** 15 + initialBase + i), value >>> 0);
      return image.shape;
    },
    activations(vectors: readonly (readonly number[])[], half: 0 | 1, shape: CoreShape): void {
      for (const { offset, data } of packActivations(vectors, half, parameters, shape))
        write(addressOf('activations', offset), data);
    },
    shape({ blocks, beatsPerBlock, tiles }: CoreShape): void {
      writeRegister('walk', { lastBeat: beatsPerBlock - 1, lastBlock: blocks - 1, lastTile: tiles - 1 });
    },
    start({ base = 0, initialBase = 0, half = 0, resultHalf = 0 }): void {
      writeRegister('weightPlace', { base });
      writeRegister('jobPlace', { initialBase, activationHalf: half, resultHalf });
      writeRegister('control', { start: 1 });
    },
    /** Waits until no job is in work; gives the cycles since the last clear. */
    finish(): number {
      for (let polls = 0; readRegister('status').busy === 1; polls++)
        if (polls > 100_000) throw new Error('the job never ends');
      return readRegister('cycles').cycles!;
    },
    results(shape: CoreShape, half: 0 | 1 = 0): number[][][] {
      const words = Array.from({ length: resultCount(parameters, shape) }, (_, i) =>
        read(addressOf('results', (half * parameters.resultDepth) / 2 + i)),
      );
      return unpackResults(words, parameters, shape);
    },
  };
}

/** What the core has to say: for each vector and block the sums of all rows, in plain integers. */
export function expected(
  { weights, bias = [], columnsPerBlock }: Product,
  vectors: readonly (readonly number[])[],
  { shift, saturate, relu }: Output = { shift: 0, saturate: false, relu: false },
): number[][][] {
  const k = weights[0]!.length;
  const columns = columnsPerBlock ?? k;
  return vectors.map(x =>
    Array.from({ length: Math.ceil(k / columns) }, (_, block) =>
      weights.map((row, m) => {
        let sum = block === 0 ? (bias[m] ?? 0) : 0;
        for (let c = block * columns; c < Math.min(k, (block + 1) * columns); c++) sum += row[c]! * x[c]!;
        let value = Math.floor(sum / 2 ** shift);
        if (relu && value < 0) value = 0;
        return saturate ? Math.min(127, Math.max(-128, value)) : value;
      }),
    ),
  );
}
