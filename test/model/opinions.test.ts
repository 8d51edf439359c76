import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { GGMLQuantizationType, gguf } from '@huggingface/gguf';
import { describe, expect, test } from 'vitest';
import {
  encodeFloats,
  encodeHfBitnet,
  type GgufTensor,
  openModel,
  packingOf,
  packTernary,
  readFloats,
  readTernary,
  type SafetensorsTensor,
  writeGguf,
  writeSafetensors,
} from '../../model/index.ts';
import { hasModelPackages, toolPython } from '../support/python-tools.ts';
import { scratch } from './arrays.ts';
import { golden } from './weights.ts';

/*
 * Model files before programs that others have written: the npm package @huggingface/gguf, and the packages gguf and safetensors of
 * Python, which CONTRIBUTING.md says how to install.
 */

const { path } = scratch();

/** A tensor as somebody tells it. */
interface Told {
  readonly name: string;
  readonly type: string;
  readonly shape: readonly number[];
  readonly numbers: readonly number[];
}

/** What Tercet says about a file. */
function ours(file: string): Told[] {
  const model = openModel(file);
  const told = model.tensors.map(tensor => {
    const { name, type, shape } = tensor;
    if (packingOf(model, tensor) !== 'ternary')
      return { name, type, shape, numbers: [...readFloats(model, tensor)] };
    const { trits, scales, weightsPerScale } = readTernary(model, tensor);
    // A weight of 0 has no sign; the packages may give it one.
    const numbers = Array.from(trits, (trit, i) => trit * scales[Math.floor(i / weightsPerScale)]! + 0);
    return { name, type, shape, numbers };
  });
  model.source.close();
  return told.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** What the packages of Python say about files. */
function theirs(...call: readonly string[]): Told[][] {
  const script = join(import.meta.dirname, 'opinion.py');
  const { status, stdout, stderr } = spawnSync(toolPython, [script, ...call], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return (JSON.parse(stdout) as (Told & { base64: string })[][]).map(file =>
    file
      .map(({ name, type, shape, base64 }) => {
        const bytes = Uint8Array.from(Buffer.from(base64, 'base64'));
        const numbers = Array.from(new Float32Array(bytes.buffer), number => number + 0);
        return { name, type, shape, numbers };
      })
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
  );
}

const positive = (told: readonly Told[]): Told[] =>
  told.map(each => ({ ...each, numbers: each.numbers.map(number => number + 0) }));

const floats = Float32Array.from({ length: 24 }, (_, i) => Math.sin(i) * 2 ** (i % 7));
const trits = Int8Array.from({ length: 1024 }, (_, i) => (((i * i) % 7) % 3) - 1);
const ternary = { rows: 2, columns: 512, trits, scales: Float32Array.of(0.37), weightsPerScale: 1024 };

function writeOurGguf(file: string): void {
  const tensors: GgufTensor[] = [
    ...(['F32', 'F16', 'BF16'] as const).map(type => ({
      name: type,
      shape: [2, 3, 4],
      type,
      data: encodeFloats(type, floats),
    })),
    packTernary('TQ1_0', 'TQ1_0', ternary),
    packTernary('TQ2_0', 'TQ2_0', ternary),
  ];
  const metadata = [
    { key: 'general.architecture', type: 'string', value: 'tercet-test' },
    { key: 'list', type: 'string', value: ['a', 'ß'] },
    { key: 'number', type: 'uint32', value: 7 },
  ] as const;
  writeGguf(file, { metadata, tensors });
}

describe('@huggingface/gguf', () => {
  test.each(['ours', 'the golden file'])('finds in %s what Tercet finds', async which => {
    const file = which === 'ours' ? path('ours.gguf') : golden('weights.gguf');
    if (which === 'ours') writeOurGguf(file);
    const { metadata, tensorInfos, tensorDataOffset } = await gguf(file, { allowLocalFile: true });
    const model = openModel(file);
    expect(
      tensorInfos.map(({ name, shape, dtype, offset }) => ({
        name,
        shape: shape.map(Number).reverse(),
        type: GGMLQuantizationType[dtype],
        offset: Number(tensorDataOffset) + Number(offset),
      })),
    ).toEqual(model.tensors.map(({ name, shape, type, offset }) => ({ name, shape, type, offset })));
    for (const key of model.metadata.keys) {
      const value = model.metadata.get(key);
      expect((metadata as Record<string, unknown>)[key]).toEqual(
        ArrayBuffer.isView(value) ? Array.from(value as Int32Array) : value,
      );
    }
    model.source.close();
  });
});

const missing = hasModelPackages ? '' : ' (not run: they are not installed)';

describe.skipIf(!hasModelPackages)(`the packages gguf and safetensors of Python${missing}`, () => {
  test('read what Tercet has written', () => {
    writeOurGguf(path('to-read.gguf'));
    const tensors: SafetensorsTensor[] = [
      { name: 'F32', shape: [4, 6], type: 'F32', data: encodeFloats('F32', floats) },
      { name: 'F16', shape: [24], type: 'F16', data: encodeFloats('F16', floats) },
      { name: 'packed', shape: [8, 32], type: 'U8', data: encodeHfBitnet(trits) },
      { name: 'packed_scale', shape: [1], type: 'F32', data: encodeFloats('F32', Float32Array.of(2)) },
    ];
    writeSafetensors(path('to-read.safetensors'), { metadata: { key: 'ü' }, tensors });
    const files = [path('to-read.gguf'), path('to-read.safetensors')];
    expect(theirs('read', ...files)).toEqual(files.map(file => positive(ours(file))));
  });

  test('write what Tercet reads', () => {
    const files = Array.from({ length: 40 }, (_, i) => path(`${i}.${i % 2 === 0 ? 'gguf' : 'safetensors'}`));
    const told = theirs('write', '7', ...files);
    for (const [i, file] of files.entries()) expect(positive(ours(file))).toEqual(told[i]);
  });
});
