import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { elaborate } from '../../hdl-gen/lang/index.ts';
import { type Activations, SimulatedPort, TernaryDevice, type Weights } from '../../host/index.ts';
import { cyclesOf, partsOf } from '../../model/core/index.ts';
import { protocolVersion } from '../../protocol/index.ts';
import { type CoreParameters, ternaryCore } from '../../rtl/core/index.ts';
import { defaultCore } from '../../rtl/top/index.ts';
import { createSimulation } from '../../sim/index.ts';
import { ModelDevice } from '../support/model-device.ts';
import { ModelTransport } from '../support/model-transport.ts';
import { boardParameters, smallBoard } from '../support/small-board.ts';

/* A product as a user asks for it, through the bits of the wire of a simulated board, against plain integers. */

interface Case {
  readonly weights: Weights;
  readonly activations: Activations;
}

const sizes = fc.record({
  m: fc.integer({ min: 1, max: 40 }),
  k: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 61, max: 200 })),
  n: fc.integer({ min: 1, max: 5 }),
});
const product = sizes.chain(({ m, k, n }) =>
  fc.record({
    weights: fc
      .array(fc.integer({ min: -1, max: 1 }), { minLength: m * k, maxLength: m * k })
      .map(data => ({ rows: m, columns: k, data })),
    activations: fc
      .array(fc.oneof(fc.integer({ min: -128, max: 127 }), fc.constantFrom(-128, 127)), {
        minLength: n * k,
        maxLength: n * k,
      })
      .map(data => ({ rows: n, columns: k, data })),
  }),
);

function expected({ weights, activations }: Case): number[] {
  const { rows: m, columns: k, data: w } = weights;
  return Array.from({ length: activations.rows * m }, (_, i) => {
    const [vector, row] = [Math.floor(i / m), i % m];
    let sum = 0;
    for (let c = 0; c < k; c++) sum += w[row * k + c]! * activations.data[vector * k + c]!;
    return sum;
  });
}

const small: Case = {
  weights: { rows: 2, columns: 3, data: [1, 0, -1, 1, 1, 1] },
  activations: { rows: 1, columns: 3, data: [5, -7, 100] },
};

describe('a device', () => {
  let device: TernaryDevice;
  let board: ReturnType<typeof smallBoard>;
  beforeAll(async () => {
    board = smallBoard();
    device = await TernaryDevice.open(board.transport, boardParameters);
  });

  it('says what it is', async () => {
    const { geometry, numbers, version } = await device.identify();
    expect(geometry).toEqual({ lanes: 10, rows: 2, batch: 2 });
    expect(numbers).toMatchObject({ activationBits: 8, encoding: 1 });
    expect(version.major).toBe(protocolVersion.major);
  });

  it('multiplies matrices of any size exactly, larger ones than it holds in parts', async () => {
    let parts = 0;
    await fc.assert(
      fc.asyncProperty(product, async each => {
        await device.loadWeights(each.weights);
        const { results, cycles, loads } = await device.matmul(each.activations);
        expect([...results.data]).toEqual(expected(each));
        expect([results.rows, results.columns]).toEqual([each.activations.rows, each.weights.rows]);
        expect(cycles).toBeGreaterThan(0);
        parts += loads > 1 ? 1 : 0;
      }),
      { numRuns: 20 },
    );
    expect(parts).toBeGreaterThan(2);
  });

  it('keeps its weights from product to product', async () => {
    await device.loadWeights(small.weights);
    const { sent } = device.counts;
    for (const shift of [0, 1, 2]) {
      const activations = { ...small.activations, data: [5, -7, 100 + shift] };
      const { results } = await device.matmul(activations);
      expect([...results.data]).toEqual([-95 - shift, 98 + shift]);
    }
    // Activations, seven registers, results, and the state: no image of weights is among them.
    expect(device.counts.sent - sent).toBeLessThan(3 * 20);
  });

  it('tells how far it is', async () => {
    const seen: string[] = [];
    const weights = { rows: 40, columns: 100, data: new Int8Array(4000) };
    const onProgress = (progress: { phase: string; done: number; total: number }): void => {
      if (progress.done === progress.total) seen.push(progress.phase);
    };
    await device.loadWeights(weights, { onProgress });
    await device.matmul({ rows: 1, columns: 100, data: new Int8Array(100) }, { onProgress });
    expect(new Set(seen)).toEqual(new Set(['load', 'multiply']));
  });

  it('goes on after a call that was cancelled', async () => {
    await device.loadWeights(small.weights);
    const controller = new AbortController();
    const many = { rows: 100, columns: 3, data: new Int8Array(300) };
    const cancelled = device.matmul(many, {
      signal: controller.signal,
      onProgress: ({ done }) => done === 3 && controller.abort(),
    });
    await expect(cancelled).rejects.toMatchObject({ code: 'TCT-8004' });
    expect([...(await device.matmul(small.activations)).results.data]).toEqual([-95, 98]);
  });

  it('ends the job of a cancelled product before it writes other weights', async () => {
    const core = defaultCore({ bram: 30, spram: 4 });
    const { circuit } = elaborate(ternaryCore(core));
    const fast = await TernaryDevice.over(new SimulatedPort('core', createSimulation(circuit)), core);
    const [rows, columns] = [256, 512];
    await fast.loadWeights({ rows, columns, data: new Int8Array(rows * columns).fill(1) });
    const controller = new AbortController();
    const cancelled = fast.matmul(
      { rows: 5, columns, data: new Int8Array(5 * columns).fill(3) },
      { signal: controller.signal, onProgress: () => controller.abort() },
    );
    await expect(cancelled).rejects.toMatchObject({ code: 'TCT-8004' });
    await fast.loadWeights(small.weights);
    expect([...(await fast.matmul(small.activations)).results.data]).toEqual([-95, 98]);
  });

  it.each([
    ['before it begins', 0],
    ['half-way', 2],
  ])('has nothing to multiply by after a load that was cancelled %s', async (_, words) => {
    const one = { rows: 1, columns: 3, data: [1, 1, 1] };
    await device.loadWeights(one);
    expect([...(await device.matmul({ rows: 1, columns: 3, data: [1, 2, 4] })).results.data]).toEqual([7]);
    const controller = new AbortController();
    if (words === 0) controller.abort();
    const cancelled = device.loadWeights(
      { rows: 40, columns: 100, data: new Int8Array(4000).fill(-1) },
      { signal: controller.signal, onProgress: ({ done }) => done >= words && controller.abort() },
    );
    await expect(cancelled).rejects.toMatchObject({ code: 'TCT-8004' });
    await expect(device.matmul(small.activations)).rejects.toMatchObject({ code: 'TCT-8015' });
    // A matrix that is refused is not begun with, so what was loaded stays.
    await device.loadWeights(one);
    await expect(device.loadWeights({ ...one, data: [1, 2, 1] })).rejects.toMatchObject({ code: 'TCT-8009' });
    expect([...(await device.matmul({ rows: 1, columns: 3, data: [1, 2, 4] })).results.data]).toEqual([7]);
  });

  it('begins again when the board is reset in the middle, and gives the right sums', async () => {
    await device.loadWeights(small.weights);
    let isReset = false;
    const { results } = await device.matmul(
      { rows: 8, columns: 3, data: Array.from({ length: 24 }, (_, i) => i) },
      {
        onProgress: ({ phase, done }) => {
          if (isReset || phase !== 'multiply' || done !== 2) return;
          isReset = true;
          board.reset();
        },
      },
    );
    expect(isReset).toBe(true);
    expect([...results.data]).toEqual(Array.from({ length: 8 }, (_, i) => [-2, 9 * i + 3]).flat());
  });

  it.each<[string, Partial<Weights> | undefined, Partial<Activations> | undefined, string, RegExp]>([
    ['a weight 2', { data: [1, 0, 2, 1, 1, 1] }, undefined, 'TCT-8009', /row 0, column 2 is 2/],
    ['too few weights', { data: [1, 0] }, undefined, 'TCT-8008', /2 elements, and the shape \[2,3\]/],
    ['no rows', { rows: 0, data: [] }, undefined, 'TCT-8008', /shape \[0,3\]/],
    [
      '128',
      undefined,
      { data: [5, 128, 0] },
      'TCT-8011',
      /row 0, column 1 is 128; 8 signed bits hold -128 to 127/,
    ],
    ['a half', undefined, { data: [0.5, 1, 0] }, 'TCT-8012', /row 0, column 0 is 0.5/],
    [
      'other columns',
      undefined,
      { columns: 4, data: [1, 2, 3, 4] },
      'TCT-8010',
      /3 columns and the activations 4/,
    ],
  ])('refuses %s, and goes on', async (_, weights, activations, code, message) => {
    const load = device.loadWeights({ ...small.weights, ...weights });
    if (weights !== undefined)
      await expect(load).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
    else {
      await load;
      const wrong = device.matmul({ ...small.activations, ...activations });
      await expect(wrong).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
    }
    await device.loadWeights(small.weights);
    expect([...(await device.matmul(small.activations)).results.data]).toEqual([-95, 98]);
  });

  it.each([0, 1.5, 4])('refuses blocks of %d of 3 columns', async columnsPerBlock => {
    const load = device.loadWeights(small.weights, { columnsPerBlock });
    await expect(load).rejects.toMatchObject({ code: 'TCT-8030' });
  });

  it('reads the results of the vectors that there are, and not of a whole batch', async () => {
    const core = { ...boardParameters, rows: 1, batch: 16, initialValues: 64, resultDepth: 1024 };
    const { transport } = smallBoard({ ...core, activationDepth: 128 });
    const other = await TernaryDevice.open(transport, { ...core, activationDepth: 128 });
    const weights = { rows: 30, columns: 3, data: Array.from({ length: 90 }, (_, i) => (i % 3) - 1) };
    await other.loadWeights(weights);
    const timeOf = async (vectors: number): Promise<number> => {
      const data = Array.from({ length: 3 * vectors }, (_, i) => i);
      const before = transport.elapsedMs;
      const activations = { rows: vectors, columns: 3, data };
      const { results } = await other.matmul(activations);
      expect([...results.data]).toEqual(expected({ weights, activations }));
      return transport.elapsedMs - before;
    };
    // 480 words are 2,000 bytes on the wire; 30 requests of a word each are 330.
    expect(await timeOf(1)).toBeLessThan(0.6 * (await timeOf(16)));
  });

  it('finds out by two random vectors whether it holds a matrix', async () => {
    await device.loadWeights(small.weights);
    await device.assumeWeights(small.weights);
    expect([...(await device.matmul(small.activations)).results.data]).toEqual([-95, 98]);
    const others = [
      [1, 0, -1, 1, 1, 0],
      [1, 0, 0, 1, 1, 1],
      [-1, 0, 1, 1, 1, 1],
    ];
    for (const [i, data] of others.entries()) {
      await device.loadWeights(small.weights);
      await expect(device.assumeWeights({ ...small.weights, data })).rejects.toMatchObject({
        code: 'TCT-8033',
        message: expect.stringContaining(`its sums of row ${i === 0 ? 1 : 0} are others`),
      });
      await expect(device.matmul(small.activations)).rejects.toMatchObject({ code: 'TCT-8015' });
    }
  });

  it('refuses to shift, saturate or cut where the core cannot', async () => {
    await device.loadWeights(small.weights);
    for (const output of [{ shift: 1 }, { relu: true }, { saturate: true }])
      await expect(device.matmul(small.activations, { output })).rejects.toMatchObject({ code: 'TCT-8035' });
    await expect(device.matmul(small.activations, { output: { shift: 16 } })).rejects.toMatchObject({
      code: 'TCT-8034',
    });
    await expect(device.loadWeights(small.weights, { bias: [1] })).rejects.toMatchObject({
      code: 'TCT-8036',
      message: 'the bias has 1 elements, and the weights have 2 rows',
    });
    await expect(device.loadWeights(small.weights, { bias: [1, 0.5] })).rejects.toMatchObject({
      code: 'TCT-8036',
    });
    await expect(device.loadWeights(small.weights, { bias: [0, 40_000] })).rejects.toMatchObject({
      code: 'TCT-7303',
    });
  });

  it('is closed once, and then refuses calls', async () => {
    const { transport } = smallBoard();
    const other = await TernaryDevice.open(transport, boardParameters);
    await expect(other.matmul(small.activations)).rejects.toMatchObject({ code: 'TCT-8015' });
    await other.close();
    await other.close();
    await expect(other.matmul(small.activations)).rejects.toMatchObject({ code: 'TCT-8018' });
  });
});

describe('a core with an output stage', () => {
  const core = { ...boardParameters, outputStage: true };
  const cases = product.chain(each =>
    fc.record({
      weights: fc.constant(each.weights),
      activations: fc.constant(each.activations),
      bias: fc.array(fc.integer({ min: -10_000, max: 10_000 }), {
        minLength: each.weights.rows,
        maxLength: each.weights.rows,
      }),
      shift: fc.integer({ min: 0, max: 15 }),
      relu: fc.boolean(),
      saturate: fc.boolean(),
    }),
  );

  it('adds a bias, shifts, cuts at 0 and saturates as plain integers do, also where a sum takes several jobs', async () => {
    const { circuit } = elaborate(ternaryCore(core));
    const device = await TernaryDevice.over(new SimulatedPort('the core', createSimulation(circuit)), core);
    let cutAcross = 0;
    await fc.assert(
      fc.asyncProperty(cases, async ({ weights, activations, bias, shift, relu, saturate }) => {
        await device.loadWeights(weights, { bias });
        const { results } = await device.matmul(activations, { output: { shift, relu, saturate } });
        const plain = expected({ weights, activations }).map((sum, i) => {
          const shifted = (sum + bias[i % weights.rows]!) >> shift;
          const near = saturate ? Math.max(-128, Math.min(127, shifted)) : shifted;
          return relu && shifted < 0 ? 0 : near;
        });
        expect([...results.data]).toEqual(plain);
        const parts = partsOf({ ...weights, columnsPerBlock: weights.columns }, core)!.flat();
        cutAcross += parts.some(({ firstColumn }) => firstColumn > 0) ? 1 : 0;
      }),
      { numRuns: 60 },
    );
    expect(cutAcross).toBeGreaterThan(5);
  });
});

describe('a core at its port, without a wire', () => {
  const cores: CoreParameters[] = [
    boardParameters,
    { ...boardParameters, rows: 1, batch: 1 },
    defaultCore({ bram: 30, spram: 4 }),
    defaultCore({ bram: 32, spram: 0 }),
  ];
  const blocked = fc
    .tuple(product, fc.integer({ min: 1, max: 200 }))
    .map(([each, width]) => ({ ...each, columnsPerBlock: Math.min(width, each.weights.columns) }));

  it.each(cores.map(core => [`${core.rows} rows of ${core.lanes} lanes`, core] as const))(
    'tells the sums of blocks of columns apart, in as many cycles as its parts tell before: %s',
    async (_, core) => {
      const { circuit } = elaborate(ternaryCore(core));
      const device = await TernaryDevice.over(new SimulatedPort('the core', createSimulation(circuit)), core);
      await fc.assert(
        fc.asyncProperty(blocked, async ({ weights, activations, columnsPerBlock }) => {
          await device.loadWeights(weights, { columnsPerBlock });
          const { results, cycles } = await device.matmul(activations);
          const { rows, columns } = weights;
          const sums: number[] = [];
          for (let vector = 0; vector < activations.rows; vector++)
            for (let begin = 0; begin < columns; begin += columnsPerBlock)
              for (let row = 0; row < rows; row++) {
                let sum = 0;
                for (let c = begin; c < Math.min(columns, begin + columnsPerBlock); c++)
                  sum += weights.data[row * columns + c]! * activations.data[vector * columns + c]!;
                sums.push(sum);
              }
          expect([...results.data]).toEqual(sums);
          const jobs = partsOf({ rows, columns, columnsPerBlock }, core)!.flat();
          const rounds = Math.ceil(activations.rows / core.batch);
          const told = rounds * jobs.reduce((sum, part) => sum + cyclesOf(part, core), 0);
          expect(Math.abs(cycles - told)).toBeLessThanOrEqual(4 * rounds * jobs.length);
        }),
        { numRuns: 15 },
      );
    },
  );
});

describe('what is no device of these parameters', () => {
  it('with other lanes is told by what differs', async () => {
    const { transport } = smallBoard();
    await expect(TernaryDevice.open(transport, { ...boardParameters, lanes: 15 })).rejects.toMatchObject({
      code: 'TCT-8014',
      details: ['lanes: 10, and 15 expected'],
    });
  });

  it.each([
    ['another magic', new Map([[0, 7]]), 'TCT-8006'],
    [
      'another version',
      new Map([
        [0, 0x3154_4354],
        [1, 0x0900],
      ]),
      'TCT-8007',
    ],
  ])('with %s is refused', async (_, registers, code) => {
    const transport = new ModelTransport(new ModelDevice([5, 8, 8, 8], registers));
    await expect(TernaryDevice.open(transport, boardParameters)).rejects.toMatchObject({ code });
  });
});
