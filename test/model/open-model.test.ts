import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  encodeSafetensors,
  openModel,
  packingOf,
  readFloats,
  readNpy,
  tensorNamed,
} from '../../model/index.ts';
import { diagnosticOf, scratch } from './arrays.ts';
import { modelOf } from './files.ts';
import { golden } from './weights.ts';

const { path } = scratch();

describe('a model file', () => {
  test.each([
    ['empty', new Uint8Array(0), /is empty; a GGUF, safetensors or \.npy file was expected/],
    ['a ZIP archive', Buffer.from('PK\x03\x04 and more of it'), /it is a ZIP archive, as torch\.save/],
    ['of the time before GGUF', Buffer.from('tjgg and more of it'), /came before GGUF/],
    [
      'the index of several files',
      Buffer.from('{"metadata": {}, "weight_map": {}}'),
      /it is JSON; of a model in several/,
    ],
    [
      'a pointer of Git LFS',
      Buffer.from('version https://git-lfs.github.com/spec/v1'),
      /git lfs pull fetches what it stands for/,
    ],
    ['a web page', Buffer.from('<!DOCTYPE html><html>'), /it is a web page/],
    ['something else', Buffer.from('# a text, and more of it'), /it begins with 2320612074657874/],
  ])('that is %s is told so', (_, bytes, words) => {
    const { code, message } = diagnosticOf(() => modelOf(bytes));
    expect([code, words.test(message)]).toEqual(['TCT-5201', true]);
  });

  test('that is not there is told so', () => {
    expect(diagnosticOf(() => openModel(path('no.gguf'))).code).toBe('TCT-5001');
    expect(diagnosticOf(() => openModel(path('.'))).message).toMatch(
      /it is a directory: name one of the files/,
    );
  });

  test('that is a pipe is refused, and nobody waits for one who writes into it', () => {
    expect(spawnSync('mkfifo', [path('pipe')]).status).toBe(0);
    expect(diagnosticOf(() => openModel(path('pipe')))).toMatchObject({
      code: 'TCT-5002',
      message: expect.stringMatching(/it is a pipe or a device/),
    });
  });

  test('of safetensors is taken for one whatever its first byte is', () => {
    // 0x93 is that of .npy.
    for (let filled = 60; filled < 60 + 256; filled++) {
      const header = '{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}'.padEnd(filled);
      const length = Buffer.alloc(8);
      length.writeBigUInt64LE(BigInt(filled));
      expect(modelOf(Buffer.concat([length, Buffer.from(header), Buffer.from('x')])).format).toBe(
        'safetensors',
      );
    }
  });

  test.each([0, 1, 3, 6, 20])('of .npy that ends after %i bytes is told to be damaged', length => {
    const bytes = readFileSync(golden('weights.npy')).subarray(0, length);
    expect(diagnosticOf(() => modelOf(bytes)).code).toMatch(length === 0 ? /^TCT-5201/ : /^TCT-500[38]/);
  });

  test('with 30,000 tensors is read in no time, what stands beside each of them too', () => {
    const tensors = Array.from({ length: 10_000 }, (_, i) => [
      { name: `${i}.weight`, type: 'U8', shape: [1, 4], data: Uint8Array.of(0, 1, 2, 5) } as const,
      { name: `${i}.weight_scale`, type: 'F32', shape: [1], data: new Uint8Array(4) } as const,
      { name: `${i}.input_layernorm`, type: 'F32', shape: [1], data: new Uint8Array(4) } as const,
    ]).flat();
    const file = modelOf(Buffer.concat(encodeSafetensors({ tensors })));
    const began = performance.now();
    expect(file.tensors.filter(tensor => packingOf(file, tensor) === 'hf-bitnet').length).toBe(10_000);
    // Searching through all of them for each takes some seconds.
    expect(performance.now() - began).toBeLessThan(500);
  });

  test('of NumPy has one tensor', () => {
    const file = openModel(golden('weights.npy'));
    expect(file.tensors).toEqual([
      { name: 'array', shape: [3, 512], type: 'int8', offset: 128, bytes: 1536 },
    ]);
    expect([...readFloats(file, file.tensors[0]!)]).toEqual([...readNpy(golden('weights.npy')).data]);
  });

  test('has no tensor of another name', () => {
    const name = golden('weights.gguf');
    const file = openModel(name);
    const told = diagnosticOf(() => tensorNamed(file, 'x')).format();
    expect(told.replace(name, 'weights.gguf')).toMatchInlineSnapshot(`
      "TCT-5205: 'weights.gguf' has no tensor 'x'
        its 6 tensors are 'F32.weight', 'F16.weight', 'BF16.weight', 'TQ1_0.weight', 'TQ2_0.weight', ...
        help: hdl-gen model inspect lists all names"
    `);
  });
});
