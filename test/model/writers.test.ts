import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  encodeFloats,
  encodeGguf,
  encodeSafetensors,
  type GgufPair,
  type GgufTensor,
  openModel,
  packTernary,
  readFloats,
  readNpy,
  readTernary,
  type SafetensorsTensor,
  type TernaryTensor,
  tensorNamed,
  writeGguf,
  writeSafetensors,
} from '../../model/index.ts';
import { diagnosticOf, scratch } from './arrays.ts';
import { modelOf } from './files.ts';
import { golden, tritsOf } from './weights.ts';

const { path } = scratch();

describe('a file that Tercet writes is the one that the packages write, byte by byte:', () => {
  const from = openModel(golden('weights.safetensors'));
  const floatsOf = (name: string): Float32Array => readFloats(from, tensorNamed(from, name));
  const weights = floatsOf('F32.weight');

  test('GGUF with floats, TQ1_0 and TQ2_0', () => {
    const metadata: GgufPair[] = [
      { key: 'general.architecture', type: 'string', value: 'tercet-test' },
      { key: 'general.name', type: 'string', value: 'Gewichte für Prüfungen' },
      { key: 'test.large', type: 'uint64', value: 2n ** 60n },
      { key: 'test.float', type: 'float32', value: 1.5 },
      { key: 'test.yes', type: 'bool', value: true },
      { key: 'test.texts', type: 'string', value: ['a', '', 'längeres'] },
      { key: 'test.numbers', type: 'int32', value: [1, -2, 3] },
    ];
    const trits = readNpy(golden('weights.npy')).data as Int8Array;
    const scales = Float32Array.from({ length: 6 }, (_, block) =>
      Math.max(...weights.subarray(block * 256, (block + 1) * 256)),
    );
    const ternary: TernaryTensor = { rows: 3, columns: 512, trits, scales, weightsPerScale: 256 };
    const tensors: GgufTensor[] = [
      ...(['F32', 'F16', 'BF16'] as const).map(type => ({
        name: `${type}.weight`,
        shape: [3, 512],
        type,
        data: encodeFloats(type, weights),
      })),
      packTernary('TQ1_0.weight', 'TQ1_0', ternary),
      packTernary('TQ2_0.weight', 'TQ2_0', ternary),
      {
        name: 'cube',
        shape: [2, 3, 4],
        type: 'F32',
        data: encodeFloats(
          'F32',
          Float32Array.from({ length: 24 }, (_, i) => i),
        ),
      },
    ];
    writeGguf(path('weights.gguf'), { metadata, tensors });
    expect(readFileSync(path('weights.gguf')).equals(readFileSync(golden('weights.gguf')))).toBe(true);
  });

  test('safetensors', () => {
    const float = (
      name: string,
      shape: number[],
      type: 'F32' | 'F16',
      data: Float32Array,
    ): SafetensorsTensor => ({
      name,
      shape,
      type,
      data: encodeFloats(type, data),
    });
    const tensors = [
      {
        name: 'small "quoted"',
        shape: [2, 3],
        type: 'I8',
        data: Uint8Array.of(253, 254, 255, 0, 1, 2),
      } as const,
      float('F16.weight', [3, 512], 'F16', weights),
      float('F32.weight', [3, 512], 'F32', weights),
      ...['BF16', 'TQ1_0', 'TQ2_0'].map(type =>
        float(`from ${type}`, [3, 512], 'F32', floatsOf(`from ${type}`)),
      ),
      float('empty', [0, 4], 'F32', new Float32Array(0)),
      float('scalar', [], 'F32', Float32Array.of(2.5)),
    ];
    writeSafetensors(path('weights.safetensors'), {
      metadata: { 'made by': 'safetensors, für "Prüfungen"' },
      tensors,
    });
    const ours = readFileSync(path('weights.safetensors'));
    expect(ours.equals(readFileSync(golden('weights.safetensors')))).toBe(true);
  });
});

describe('what is written is read again:', () => {
  test.each(['TQ1_0', 'TQ2_0'] as const)('ternary weights as %s', type => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 2 }),
        fc.gen(),
        (rows, blocks, draw) => {
          const trits = draw(() => tritsOf(rows * blocks * 256));
          const columns = blocks * 256;
          const ternary = {
            rows,
            columns,
            trits,
            scales: Float32Array.of(0.75),
            weightsPerScale: trits.length,
          };
          const file = modelOf(Buffer.concat(encodeGguf({ tensors: [packTernary('w', type, ternary)] })));
          const again = readTernary(file, file.tensors[0]!);
          expect([again.rows, again.columns]).toEqual([rows, columns]);
          expect(again.trits).toEqual(trits);
        },
      ),
      { numRuns: 20 },
    );
  });

  test('names that are numbers, in safetensors', () => {
    const tensors = ['2', '10', '1'].map(
      (name, i): SafetensorsTensor => ({
        name,
        shape: [1],
        type: 'F32',
        data: encodeFloats('F32', Float32Array.of(i)),
      }),
    );
    const file = modelOf(Buffer.concat(encodeSafetensors({ tensors })));
    expect(file.tensors.map(tensor => [tensor.name, ...readFloats(file, tensor)])).toEqual([
      ['1', 2],
      ['10', 1],
      ['2', 0],
    ]);
  });
});

describe('a writer refuses', () => {
  const ternary = (rows: number, columns: number, weightsPerScale: number): TernaryTensor => {
    const trits = new Int8Array(rows * columns);
    return {
      rows,
      columns,
      trits,
      scales: new Float32Array(trits.length / weightsPerScale),
      weightsPerScale,
    };
  };

  test('rows that are no whole blocks', () => {
    expect(
      diagnosticOf(() => packTernary('w', 'TQ2_0', ternary(4, 64, 256))).format(),
    ).toMatchInlineSnapshot(`
      "TCT-5209: the tensor 'w' has rows of 64 weights; TQ2_0 packs blocks of 256
        help: choose a layer whose number of inputs can be divided by it, or write safetensors"
    `);
  });

  test('a scale for a part of a block', () => {
    expect(
      diagnosticOf(() => packTernary('w', 'TQ1_0', ternary(1, 256, 128))).format(),
    ).toMatchInlineSnapshot(`
      "TCT-5210: the tensor 'w' has a scale for 128 weights; TQ1_0 has one for each 256
        help: write the weights as floats, or quantise them with a scale for the whole tensor"
    `);
  });

  test('bytes of another shape', () => {
    const tensor = { name: 'w', shape: [2], type: 'F32', data: new Uint8Array(4) } as const;
    expect(() => encodeGguf({ tensors: [tensor] })).toThrow("'w' of shape [2] has 4 bytes; F32 has 8");
    expect(() => encodeSafetensors({ tensors: [tensor] })).toThrow("'w' of shape [2] has 4 bytes; F32 has 8");
  });

  test('a folder that is not there', () => {
    expect(diagnosticOf(() => writeGguf(path('no/a.gguf'), { tensors: [] })).code).toBe('TCT-5018');
  });
});
