import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Diagnostic } from '../../../diagnostic/index.ts';
import {
  encodeGguf,
  encodeSafetensors,
  encodeTq2,
  type ModelFile,
  memorySource,
  readModel,
} from '../../../model/index.ts';
import {
  type Layer,
  layersContent,
  planOfWeights,
  quantiseLayer,
  readFloatLayers,
  readLayers,
} from '../../../model/layers/index.ts';
import { combine, type LinearPlan, quantiseInputs, runOnHost, schemes } from '../../../model/plan/index.ts';
import { drawFloats } from '../schemes/draw-floats.ts';
import { matrixOf, numbersOf, vectors } from '../schemes/vectors.ts';

type Content = Parameters<typeof encodeSafetensors>[0];

const opened = (content: Content): ModelFile =>
  readModel(memorySource('layers.safetensors', Buffer.concat(encodeSafetensors(content))));

/** Everything that decides what a layer does; the scale of a file is float32. */
const meaning = ({ products, terms, ...plan }: LinearPlan): object => ({
  ...plan,
  products,
  terms: terms.map(({ scales, ...term }) => ({ ...term, scales: Float32Array.from(scales) })),
});

describe('a file of layers', () => {
  const shape = fc.record({
    seed: fc.integer({ min: 1, max: 10_000 }),
    rows: fc.integer({ min: 1, max: 20 }),
    bytes: fc.integer({ min: 1, max: 20 }),
    hasBias: fc.boolean(),
  });

  test.each(schemes)('under %s is read as it was quantised', scheme => {
    fc.assert(
      fc.property(shape, ({ seed, rows, bytes, hasBias }) => {
        const bias = hasBias ? drawFloats(seed, 1, rows).data : undefined;
        const found = quantiseLayer(scheme, drawFloats(seed, rows, 8 * bytes), { columnsPerBlock: 40 });
        const file = opened(layersContent([{ ...found, name: 'layers.0', bias }]));
        const [layer, ...others] = readLayers(file);
        expect(others).toEqual([]);
        expect(layer).toMatchObject({ name: 'layers.0', scheme });
        const expected = planOfWeights(found, { bias });
        if (scheme !== 'bitnet' && scheme !== 'b158') expect(meaning(layer!.plan)).toEqual(meaning(expected));
        else {
          expect(layer!.plan.products).toEqual(expected.products);
          // A file has the reciprocal of the scale.
          expect(layer!.plan.terms[0]!.scales[0]! / expected.terms[0]!.scales[0]!).toBeCloseTo(1, 6);
          expect(layer!.plan.bias).toEqual(expected.bias);
        }
      }),
      { numRuns: 20 },
    );
  });

  test('has its layers in the order of their numbers', () => {
    const layers = [10, 2, 0].map(i => ({
      ...quantiseLayer('b158', drawFloats(i, 4, 8)),
      name: `layers.${i}`,
    }));
    const names = readLayers(opened(layersContent(layers))).map(({ name }) => name);
    expect(names).toEqual(['layers.0', 'layers.2', 'layers.10']);
    expect(readLayers(opened(layersContent(layers)), { names: ['layers.2'] }).length).toBe(1);
  });
});

describe.each(vectors.cases.map(each => [`${each.kind} [${each.weights.shape}]`, each] as const))(
  'bytes of %s',
  (_, { weights, b158, bitnet, onebit }) => {
    test.each([
      ['b158', b158],
      ['bitnet', bitnet],
      ['onebit', onebit],
    ] as const)('%s: those that PyTorch and transformers pack', (scheme, expected) => {
      const layer = { ...quantiseLayer(scheme, matrixOf(weights)), name: 'a' };
      const { tensors } = layersContent([layer]);
      const packed = tensors.find(({ name }) => name === 'a.weight')!;
      expect(packed.shape).toEqual(expected.packed!.shape);
      expect([...packed.data]).toEqual(numbersOf(expected.packed).map(byte => byte & 255));
    });
  },
);

test('weights of GGUF with a scale for each 256 give sums for each 256', () => {
  const [rows, columns] = [3, 512];
  const trits = Int8Array.from({ length: rows * columns }, (_, i) => (i % 3) - 1);
  const scales = Float32Array.from({ length: rows * 2 }, (_, i) => (i + 1) / 4);
  const data = encodeTq2(trits, scales);
  const bytes = encodeGguf({ tensors: [{ name: 'a.weight', shape: [rows, columns], type: 'TQ2_0', data }] });
  const [layer] = readLayers(readModel(memorySource('a.gguf', Buffer.concat(bytes))));
  const { plan } = layer!;
  expect(plan.products[0]!.columnsPerBlock).toBe(256);
  const inputs = drawFloats(1, 2, columns, 'tail');
  const quantised = quantiseInputs(plan, inputs);
  const sums: number[] = [];
  const expected: number[] = [];
  for (let n = 0; n < 2; n++)
    for (let row = 0; row < rows; row++) {
      let output = 0;
      for (let block = 0; block < 2; block++) {
        let sum = 0;
        for (let k = 0; k < 256; k++)
          sum += trits[row * columns + block * 256 + k]! * quantised.data[n * columns + block * 256 + k]!;
        sums[(n * 2 + block) * rows + row] = sum;
        output += scales[row * 2 + block]! * sum;
      }
      expected.push(Math.fround(output / quantised.scales[n]!));
    }
  expect([...combine(plan, [sums], quantised).data]).toEqual(expected);
});

test.each(schemes)('a damaged file of %s gives layers or a coded error, never another one', scheme => {
  const bias = drawFloats(2, 1, 6).data;
  const layer = { ...quantiseLayer(scheme, drawFloats(1, 6, 24), { columnsPerBlock: 10 }), name: 'a', bias };
  const bytes = Buffer.concat(encodeSafetensors(layersContent([layer])));
  const mutation = fc.record({
    at: fc.integer({ min: 0, max: bytes.length - 1 }),
    value: fc.integer({ min: 0, max: 255 }),
    cut: fc.option(fc.integer({ min: 0, max: bytes.length }), { freq: 4 }),
  });
  fc.assert(
    fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), mutations => {
      let damaged = Uint8Array.from(bytes);
      for (const { at, value, cut } of mutations) {
        if (at < damaged.length) damaged[at] = value;
        if (cut !== null) damaged = damaged.slice(0, cut);
      }
      try {
        const layers = readLayers(readModel(memorySource('a', damaged)));
        for (const { plan } of layers) {
          const inputs = drawFloats(3, 1, plan.columns);
          expect(runOnHost(plan, inputs).data.length).toBe(plan.rows);
        }
      } catch (error) {
        expect(error).toBeInstanceOf(Diagnostic);
      }
    }),
    { numRuns: 400 },
  );
});

test('weights of GGUF whose scale is 0 are 0, whatever their trits are', () => {
  const trits = new Int8Array(1024).fill(-1);
  const data = encodeTq2(trits, Float32Array.of(0.5, 0, 0.5, 0.5));
  const bytes = encodeGguf({ tensors: [{ name: 'a.weight', shape: [2, 512], type: 'TQ2_0', data }] });
  const [{ plan }] = readLayers(readModel(memorySource('a.gguf', Buffer.concat(bytes)))) as [Layer];
  const { data: outputs } = runOnHost(plan, { rows: 1, columns: 512, data: new Float32Array(512).fill(1) });
  expect([...outputs]).toEqual([-128, -256]);
});

test.each([
  ['as the authors of OneBit write it', {}, true],
  ['of start values', { scheme: 'onebit' }, false],
  ['that was trained', { scheme: 'onebit', layer_norm: 'true' }, true],
  ['that tells that it was trained without', { layer_norm: 'false' }, false],
])('a layer of OneBit %s normalises its outputs as that tells', (_, metadata, isNormalised) => {
  const { tensors } = layersContent([{ ...quantiseLayer('onebit', drawFloats(1, 4, 8)), name: 'a' }]);
  expect(readLayers(opened({ metadata, tensors }))[0]!.plan.isNormalised).toBe(isNormalised);
});

describe('what is refused', () => {
  const content = (): Content =>
    layersContent([{ ...quantiseLayer('billm', drawFloats(1, 4, 16)), name: 'a' }]);

  test('a file without quantised layers, and one without floats', () => {
    const floats = opened({
      tensors: [{ name: 'a.weight', type: 'F32', shape: [2, 2], data: new Uint8Array(16) }],
    });
    expect(() => readLayers(floats)).toThrow(expect.objectContaining({ code: 'TCT-5412' }));
    expect(readFloatLayers(floats).map(({ name }) => name)).toEqual(['a']);
    const quantised = opened(content());
    expect(() => readLayers(quantised, { names: ['b'] })).toThrow(
      expect.objectContaining({ code: 'TCT-5412' }),
    );
  });

  test.each(['signs', 'residual', 'salient', 'high', 'levels'])(
    'BiLLM with another shape of its %s',
    part => {
      const { tensors, metadata = {} } = content();
      const damaged = tensors.map(tensor =>
        tensor.name === `a.billm_${part}`
          ? { ...tensor, shape: [...tensor.shape.slice(0, -1), 0], data: new Uint8Array() }
          : tensor,
      );
      expect(() => readLayers(opened({ metadata, tensors: damaged }))).toThrow(
        expect.objectContaining({ code: 'TCT-5411' }),
      );
    },
  );

  test.each(['levels', 'bias'])('a layer with a number that is none in its %s', part => {
    const bias = Float32Array.of(1, 2, 3, 4);
    const { tensors, metadata = {} } = layersContent([
      { ...quantiseLayer('billm', drawFloats(1, 4, 16)), name: 'a', bias },
    ]);
    for (const { name, data } of tensors)
      if (name === `a.billm_${part}` || name === `a.${part}`) data.set([0, 0, 0xc0, 0x7f]);
    expect(() => readLayers(opened({ metadata, tensors }))).toThrow(
      expect.objectContaining({ code: 'TCT-5411', message: expect.stringMatching(/finite/) }),
    );
  });

  test('nothing of a scale that may divide or multiply, but it is told', () => {
    const { tensors } = layersContent([{ ...quantiseLayer('b158', drawFloats(1, 4, 8)), name: 'a' }]);
    const file = opened({ tensors });
    expect(readLayers(file)[0]!.isScaleGuessed).toBe(true);
    const [multiplied] = readLayers(file, { linearClass: 'autobitlinear' });
    const [divided] = readLayers(file, { linearClass: 'bitlinear' });
    expect(multiplied!.isScaleGuessed).toBe(false);
    const [a, b] = [multiplied, divided].map(layer => layer!.plan.terms[0]!.scales[0]!);
    expect(a! * b!).toBeCloseTo(1, 6);
  });

  test('OneBit with columns that do not fill bytes', () => {
    const layer = { ...quantiseLayer('onebit', drawFloats(1, 4, 12)), name: 'a' };
    expect(() => layersContent([layer])).toThrow(expect.objectContaining({ code: 'TCT-5414' }));
  });
});
