import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressOf, magic, stepsAfter } from '../../../protocol/index.ts';
import { type CoreParameters, coreGeometry, type StoredAs } from '../../../rtl/core/index.ts';
import { withoutBrokenPairs } from '../../../rtl/ternary/index.ts';
import { Draw } from '../../support/draw.ts';
import { coreHost, expected, type Output, type Product, smallCore } from './core-host.ts';

/*
 * The core behind its host port, asked as a host asks it, and held against plain sums of integers.
 */

const archs = ['tree-folded', 'tree', 'binary', 'sparse'] as const;

const encodingsOf: Readonly<Record<(typeof archs)[number], readonly StoredAs[]>> = {
  'tree-folded': ['5in8', '2bit'],
  tree: ['5in8', '2bit'],
  binary: ['1bit'],
  sparse: ['1of2'],
};

/** A core, as small as its parameters and a product allow. */
const anyCore = fc
  .record({
    arch: fc.constantFrom(...archs),
    choice: fc.nat(1),
    lanes: fc.integer({ min: 1, max: 12 }),
    rows: fc.integer({ min: 1, max: 4 }),
    batch: fc.oneof(fc.integer({ min: 1, max: 8 }), fc.constant(2)),
    activationBits: fc.constantFrom(1, 4, 8, 8, 13, 16),
    activationRegister: fc.boolean(),
    weightRegister: fc.boolean(),
    hostRegisters: fc.boolean(),
    drain: fc.constantFrom('turns', 'chain'),
    groups: fc.integer({ min: 1, max: 3 }),
    pipeline: fc.constantFrom(1, 1, 2, 4),
    store: fc.constantFrom('bram', 'bram', 'spram'),
  })
  .map(({ choice, groups, ...some }): CoreParameters => {
    const options = encodingsOf[some.arch];
    return {
      ...smallCore,
      ...some,
      lanes: some.arch === 'sparse' ? some.lanes + (some.lanes % 2) : some.lanes,
      encoding: options[choice % options.length]!,
      rowGroups: some.drain === 'chain' && some.batch === 2 ? Math.min(groups, some.rows) : 1,
      weightWords: some.store === 'spram' ? 16_384 : 1024,
      activationDepth: 256,
      resultDepth: 1024,
      initialValues: 256,
      initBits: 20,
      maxK: 96,
    };
  });

/** Draws with extremes as likely as all other numbers together. */
function drawer(noise: Iterator<number>) {
  const below = (limit: number): number => noise.next().value! % limit;
  const between = (low: number, high: number): number =>
    [low, high, low + below(high - low + 1), low + below(high - low + 1)][below(4)]!;
  return { below, between };
}

function randomProduct(
  { arch, lanes, rows, batch }: CoreParameters,
  { below, between }: ReturnType<typeof drawer>,
): Product {
  const k = 1 + below(Math.min(40, 4 * lanes));
  const m = 1 + below(3 * rows);
  const weight = arch === 'binary' ? () => 2 * below(2) - 1 : () => below(3) - 1;
  const weights = Array.from({ length: m }, () => {
    const row = Array.from({ length: k }, weight);
    return arch === 'sparse' ? withoutBrokenPairs(row) : row;
  });
  const bias = Array.from({ length: m }, () => between(-1000, 1000));
  // Pairs of weights stay together.
  const columns = 2 * (1 + below(Math.ceil(k / 2)));
  const blocks = Math.ceil(k / columns) * Math.max(rows, Math.ceil(columns / lanes)) * batch;
  return { weights, bias, ...(below(2) === 0 && blocks <= 128 ? { columnsPerBlock: columns } : {}) };
}

function randomVectors(
  { activationBits, batch }: CoreParameters,
  k: number,
  { between }: ReturnType<typeof drawer>,
): number[][] {
  const low = -(2 ** (activationBits - 1));
  return Array.from({ length: batch }, () => Array.from({ length: k }, () => between(low, -low - 1)));
}

describe('the core', () => {
  it('computes exact products with any parameters, whatever pauses the host makes', () => {
    fc.assert(
      fc.property(anyCore, fc.infiniteStream(fc.nat()), (parameters, noise) => {
        const draw = drawer(noise);
        if (parameters.store === 'spram' && parameters.rows * parameters.lanes * 3 > 64 * parameters.batch)
          return;
        const host = coreHost(parameters, () => draw.below(4) === 0);
        const product = randomProduct(parameters, draw);
        const vectors = randomVectors(parameters, product.weights[0]!.length, draw);
        const shape = host.load(product);
        host.activations(vectors, 0, shape);
        host.shape(shape);
        host.start({});
        host.finish();
        expect(host.results(shape)).toEqual(expected(product, vectors));
      }),
      { numRuns: Number(process.env.CORES ?? 40) },
    );
  });

  const draw = drawer(numbers(7));

  it.each<{ what: string; change: Partial<CoreParameters> }>([
    { what: 'a vector', change: {} },
    { what: 'a register for each bit of the activations', change: { activationRegister: true } },
    { what: 'a batch', change: { rows: 4, batch: 8, activationDepth: 256, resultDepth: 256 } },
    { what: 'a chain', change: { rows: 6, batch: 2, drain: 'chain', resultDepth: 256 } },
    {
      what: 'a chain and groups',
      change: { rows: 6, batch: 2, drain: 'chain', rowGroups: 2, resultDepth: 256 },
    },
  ])('takes the cycles that its layout says, with $what', ({ change }) => {
    const parameters: CoreParameters = { ...smallCore, ...change };
    const { rows, batch, drain, activationRegister } = parameters;
    const { latency } = coreGeometry(parameters);
    const times = [1, 2, 3].map(tiles => {
      const host = coreHost(parameters);
      const shape = host.load({ weights: matrix(tiles * rows, 60, draw) });
      host.shape(shape);
      host.start({});
      host.finish();
      // In a fast core the count comes some cycles late.
      host.step(4);
      return host.readRegister('cycles').cycles!;
    });
    // A beat of ten lanes takes a cycle for each vector.
    expect(times[1]! - times[0]!).toBe(6 * batch);
    expect(times[2]! - times[1]!).toBe(6 * batch);
    // Besides: the way through buffer, array and result path, and the turn of each row, which has to be chosen where there are some.
    const chain = drain === 'chain' ? batch - 1 : 0;
    const way = (rows === 1 ? 4 : 5) + (activationRegister ? 1 : 0);
    expect(times[0]).toBe(6 * batch + rows * batch + latency + way + chain);
  });

  it('loads, computes and reads at the same time: jobs follow each other without a gap', () => {
    const parameters = { ...smallCore, weightWords: 512 };
    const host = coreHost(parameters);
    const product = { weights: matrix(30, 160, draw) };
    const shape = host.load(product);
    host.shape(shape);
    const jobs = 6;
    const vectors = Array.from({ length: jobs }, () => randomVectors(parameters, 160, draw));
    const steps = shape.tiles * shape.beatsPerBlock;
    const results: number[][][][] = [];
    host.activations(vectors[0]!, 0, shape);
    host.writeRegister('control', { clearCycles: 1 });
    host.start({});
    let hostCycles = 0;
    for (let job = 1; job <= jobs; job++) {
      const [half, other] = job % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const);
      const begun = host.cycle();
      if (job < jobs) {
        host.activations(vectors[job]!, half, shape);
        host.start({ half, resultHalf: half });
      }
      if (job > 1) results.push(host.results(shape, half));
      hostCycles += host.cycle() - begun;
      while (host.readRegister('status').jobsDone! < job) host.step();
      if (job === jobs) results.push(host.results(shape, other));
    }
    expect(results).toEqual(vectors.map(each => expected(product, each)));
    const cycles = host.finish();
    const alone = steps + stepsAfter(coreGeometry(parameters).image) + 1;
    // What the host did meanwhile took its time, and none of it was added.
    expect(hostCycles).toBeGreaterThan(jobs * 60);
    expect(cycles).toBeLessThan(jobs * alone + 30);
  });

  it('takes the place of the next job as soon as none is queued', () => {
    const host = coreHost(smallCore);
    const product = { weights: matrix(2, 10, draw), bias: [1000, 2000] };
    const vectors = randomVectors(smallCore, 10, draw);
    const shape = { ...host.load(product), m: 1, tiles: 1 };
    host.activations(vectors, 0, shape);
    host.shape(shape);
    for (const row of [0, 1] as const) {
      host.start({ base: row, initialBase: row, resultHalf: row });
      while (host.readRegister('status').queued === 1);
    }
    host.finish();
    const [[[first, second]]] = expected(product, vectors) as [[[number, number]]];
    expect([host.results(shape, 0), host.results(shape, 1)]).toEqual([[[[first]]], [[[second]]]]);
  });

  it('runs a part of the rows of an image that stays, again and again', () => {
    const parameters = { ...smallCore, rows: 2, weightWords: 512 };
    const host = coreHost(parameters);
    const product = { weights: matrix(16, 40, draw), bias: Array.from({ length: 16 }, () => draw.below(99)) };
    const shape = host.load(product);
    const [x] = [randomVectors(parameters, 40, draw)];
    host.activations(x, 0, shape);
    const [all] = expected(product, x)[0]!;
    for (const tile of [6, 0, 3]) {
      const part = { ...shape, m: 4, tiles: 2 };
      host.shape(part);
      // Rows in pairs: a tile has four beats, each a word of the store.
      host.start({ base: tile * 4, initialBase: tile * 2 });
      host.finish();
      expect(host.results(part)).toEqual([[all!.slice(tile * 2, tile * 2 + 4)]]);
    }
  });

  it.each<Output>([
    { shift: 0, saturate: true, relu: false },
    { shift: 3, saturate: false, relu: false },
    { shift: 15, saturate: true, relu: true },
    { shift: 2, saturate: true, relu: true },
    { shift: 1, saturate: false, relu: true },
  ])('shifts by $shift, saturates: $saturate, cuts at 0: $relu', output => {
    const parameters = { ...smallCore, outputStage: true };
    const host = coreHost(parameters);
    const product = {
      weights: matrix(20, 50, draw),
      bias: Array.from({ length: 20 }, () => draw.between(-3e4, 3e4)),
    };
    const shape = host.load(product);
    const vectors = randomVectors(parameters, 50, draw);
    host.activations(vectors, 0, shape);
    host.shape(shape);
    host.writeRegister('outputStage', { ...output, saturate: +output.saturate, relu: +output.relu });
    host.start({});
    host.finish();
    expect(host.results(shape)).toEqual(expected(product, vectors, output));
  });

  it('tells what the host did wrong, and works on', () => {
    const host = coreHost(smallCore);
    const product = { weights: matrix(20, 50, draw) };
    const vectors = randomVectors(smallCore, 50, draw);
    const shape = host.load(product);
    host.activations(vectors, 0, shape);
    host.shape(shape);
    host.start({});
    host.writeRegister('control', { start: 1 });
    host.writeRegister('control', { start: 1 });
    expect(host.readRegister('status')).toMatchObject({ busy: 1, queued: 1, startLost: 1, bufferInUse: 0 });
    host.activations(vectors, 0, shape);
    host.finish();
    expect(host.readRegister('status')).toMatchObject({ startLost: 1, bufferInUse: 1, jobsDone: 2 });
    host.writeRegister('control', { clearErrors: 1 });
    host.step();
    expect(host.readRegister('status')).toMatchObject({ startLost: 0, bufferInUse: 0 });
    host.start({});
    host.finish();
    expect(host.results(shape)).toEqual(expected(product, vectors));
  });

  it.each([0, 3, 9, 20, 40, 90, 100])(
    'ends a job that is aborted after %i cycles, and does the next one',
    wait => {
      const host = coreHost(smallCore);
      const product = { weights: matrix(20, 50, draw) };
      const vectors = randomVectors(smallCore, 50, draw);
      const shape = host.load(product);
      host.activations(vectors, 0, shape);
      host.shape(shape);
      host.start({});
      host.step(wait);
      if (wait > 0) host.start({});
      host.writeRegister('control', { abort: 1 });
      host.step();
      expect(host.readRegister('status')).toMatchObject({ busy: 0, running: 0, queued: 0 });
      host.start({});
      host.finish();
      expect(host.results(shape)).toEqual(expected(product, vectors));
    },
  );

  it.each([1, 2, 3, 4].flatMap(rows => [false, true].map(hostRegisters => ({ rows, hostRegisters }))))(
    'reads SPRAM up to the last word of a job where addresses come late, with %o',
    change => {
      const fast = { ...smallCore, activationRegister: true, arch: 'binary', encoding: '1bit' } as const;
      const parameters = { ...fast, lanes: 4, store: 'spram', weightWords: 16_384, ...change } as const;
      const host = coreHost(parameters);
      const weights = matrix(3 * change.rows, 16, draw).map(row => row.map(trit => trit || 1));
      const vectors = randomVectors(parameters, 16, draw);
      const shape = host.load({ weights });
      host.activations(vectors, 0, shape);
      host.shape(shape);
      host.start({});
      host.finish();
      expect(host.results(shape)).toEqual(expected({ weights }, vectors));
    },
  );

  it('lets weights wait while SPRAM is read, and takes all else', () => {
    const parameters = { ...smallCore, store: 'spram', weightWords: 16_384 } as const;
    const host = coreHost(parameters);
    const shape = host.load({ weights: matrix(20, 50, draw) });
    host.shape(shape);
    host.start({});
    const begun = host.cycle();
    host.activations(randomVectors(parameters, 50, draw), 1, shape);
    expect(host.cycle() - begun).toBe(15);
    host.write(addressOf('weights', 0), 0);
    expect(host.cycle() - begun).toBeGreaterThan(100);
    expect(host.readRegister('status').running).toBe(0);
  });

  it('says in its registers what it is', () => {
    const host = coreHost({
      ...smallCore,
      rows: 2,
      batch: 4,
      arch: 'binary',
      encoding: '1bit',
      initBits: 10,
    });
    expect(host.read(0)).toBe(magic);
    expect(host.readRegister('geometry')).toEqual({ lanes: 10, rows: 2, batch: 4 });
    expect(host.readRegister('numbers')).toEqual({
      activationBits: 8,
      sumBits: 18,
      encoding: 3,
      outputStage: 0,
      doubleBuffered: 1,
    });
    expect(host.readRegister('weightCapacity').words).toBe(256);
    expect(host.readRegister('activationCapacity').words).toBe(64 * 4);
    expect(host.readRegister('limits')).toEqual({ activationDepth: 64, initialValues: 64 });
  });

  it.each<{ what: string; change: Partial<CoreParameters>; message: RegExp }>([
    { what: 'an encoding of another family', change: { encoding: '1bit' }, message: /not kept as '1bit'/ },
    { what: 'an odd depth', change: { resultDepth: 100 }, message: /'resultDepth' is 100/ },
    { what: 'SPRAM of another size', change: { store: 'spram' }, message: /16384 words, not 256/ },
    {
      what: 'more weights than SPRAM gives',
      change: { store: 'spram', weightWords: 16_384, rows: 9 },
      message: /a step has 3 words of 64 bits, but 1 cycle to read them/,
    },
    { what: 'groups without a chain', change: { rows: 4, batch: 2, rowGroups: 2 }, message: /in 2 groups/ },
    {
      what: 'more groups than rows',
      change: { rows: 2, batch: 2, drain: 'chain', rowGroups: 3 },
      message: /in 3 groups/,
    },
    { what: 'results that no word holds', change: { activationBits: 16, maxK: 2 ** 20 }, message: /37 bits/ },
  ])('refuses $what', ({ change, message }) => {
    expect(() => coreGeometry({ ...smallCore, ...change })).toThrow(message);
    expect(() => coreGeometry({ ...smallCore, ...change })).toThrow(
      expect.objectContaining({ code: 'TCT-7201' }),
    );
  });
});

/** A matrix of random trits. */
function matrix(m: number, k: number, { below }: ReturnType<typeof drawer>): number[][] {
  return Array.from({ length: m }, () => Array.from({ length: k }, () => below(3) - 1));
}

/** Whole numbers without end, the same for the same seed. */
function* numbers(seed: number): Generator<number> {
  const draw = new Draw(seed);
  for (;;) yield draw.below(2 ** 30);
}
