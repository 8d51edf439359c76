import { describe, expect, test } from 'vitest';
import { openModel, readFloats, readNpy, tensorNamed } from '../../model/index.ts';
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
    ['something else', Buffer.from('# a text, and more of it'), /it begins with 2320612074657874/],
  ])('that is %s is told so', (_, bytes, words) => {
    const { code, message } = diagnosticOf(() => modelOf(bytes));
    expect([code, words.test(message)]).toEqual(['TCT-5201', true]);
  });

  test('that is not there is told so', () => {
    expect(diagnosticOf(() => openModel(path('no.gguf'))).code).toBe('TCT-5001');
    expect(diagnosticOf(() => openModel(path('.'))).code).toBe('TCT-5002');
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
