import { describe, expect, test } from 'vitest';
import {
  encodeFloats,
  encodeHfBitnet,
  encodeOneBit,
  type LinearClass,
  type ModelFile,
  openModel,
  packingOf,
  readFloats,
  readHfBitnet,
  readNpy,
  readOneBit,
  readTernary,
  type TensorEntry,
  tensorNamed,
} from '../../model/index.ts';
import { diagnosticOf } from './arrays.ts';
import { filledSafetensors, handSafetensors, modelOf } from './files.ts';
import { golden } from './weights.ts';

describe('a safetensors file that the package safetensors has written', () => {
  const file = openModel(golden('weights.safetensors'));
  const floatsOf = (name: string): Float32Array => readFloats(file, tensorNamed(file, name));

  test('lists its tensors', () => {
    expect(file.tensors.map(({ name, type, shape, bytes }) => [name, type, shape, bytes]).sort()).toEqual([
      ['F16.weight', 'F16', [3, 512], 3072],
      ['F32.weight', 'F32', [3, 512], 6144],
      ['empty', 'F32', [0, 4], 0],
      ['from BF16', 'F32', [3, 512], 6144],
      ['from TQ1_0', 'F32', [3, 512], 6144],
      ['from TQ2_0', 'F32', [3, 512], 6144],
      ['scalar', 'F32', [], 4],
      ['small "quoted"', 'I8', [2, 3], 6],
    ]);
  });

  test('tells its metadata', () => {
    const { keys, typeOf, get } = file.metadata;
    expect([keys, typeOf('made by'), get('made by')]).toEqual([
      ['made by'],
      'string',
      'safetensors, für "Prüfungen"',
    ]);
    expect(get('not there')).toBeUndefined();
  });

  test('has the numbers that were saved', () => {
    const trits = readNpy(golden('weights.npy')).data;
    expect(Array.from(floatsOf('F32.weight'), Math.sign)).toEqual(
      Array.from(trits as Int8Array, trit => trit + 0),
    );
    expect([...floatsOf('scalar')]).toEqual([2.5]);
    expect([...floatsOf('empty')]).toEqual([]);
    expect([...floatsOf('small "quoted"')]).toEqual([-3, -2, -1, 0, 1, 2]);
  });
});

describe("Hugging Face's packed BitNet weights in a file", () => {
  const trits = Int8Array.of(1, 0, -1, -1, 1, 1, 0, 0, 0, 0, -1, 1);
  const file = modelOf(
    filledSafetensors({
      'q.weight': ['U8', [1, 3], encodeHfBitnet(trits)],
      'q.weight_scale': ['BF16', [1], encodeFloats('BF16', Float32Array.of(4))],
      mask: ['U8', [1, 3], Uint8Array.of(1, 0, 1)],
    }),
  );
  const weight = tensorNamed(file, 'q.weight');

  test('are known by the scale beside them', () => {
    expect(file.tensors.map(tensor => packingOf(file, tensor))).toEqual(['hf-bitnet', 'floats', 'integers']);
  });

  test.each<[LinearClass, number]>([
    ['bitlinear', 0.25],
    ['autobitlinear', 4],
  ])('are read with the scale of %s', (linearClass, scale) => {
    expect(readHfBitnet(file, weight, linearClass)).toEqual({
      rows: 4,
      columns: 3,
      trits,
      scales: Float32Array.of(scale),
      weightsPerScale: 12,
    });
  });

  test.each([
    ['without their scale', {}, /there is no 'q\.weight_scale'/],
    [
      'with two scales',
      { 'q.weight_scale': ['F32', [2], new Uint8Array(8)] as const },
      /has 2 numbers, and 1 are needed/,
    ],
    ['with the scale 0', { 'q.weight_scale': ['F32', [1], new Uint8Array(4)] as const }, /its scale is 0/],
  ])('are refused %s', (_, beside, words) => {
    const wrong = modelOf(
      filledSafetensors({ 'q.weight': ['U8', [1, 3], encodeHfBitnet(trits)], ...beside }),
    );
    const { code, message } = diagnosticOf(() =>
      readHfBitnet(wrong, tensorNamed(wrong, 'q.weight'), 'bitlinear'),
    );
    expect(code).toBe('TCT-5208');
    expect(message).toMatch(words);
  });

  test('are no weights that a format packs by itself', () => {
    expect(diagnosticOf(() => readTernary(file, weight)).code).toBe('TCT-5206');
  });
});

describe("OneBit's packed signs in a file", () => {
  const signs = Int8Array.from({ length: 32 }, (_, i) => ((i * 7) % 5 < 2 ? -1 : 1));
  const tensors = {
    'up.weight': ['I8', [2, 2], encodeOneBit(signs)],
    'up.input_factor': [
      'F32',
      [16],
      encodeFloats(
        'F32',
        Float32Array.from({ length: 16 }, (_, i) => i),
      ),
    ],
    'up.weight_scale': ['F16', [2], encodeFloats('F16', Float32Array.of(0.5, 2))],
  } as const;
  const find = (model: ModelFile): TensorEntry => tensorNamed(model, 'up.weight');

  test('are read with the vectors beside them', () => {
    const file = modelOf(filledSafetensors(tensors));
    expect(packingOf(file, find(file))).toBe('onebit');
    expect(readOneBit(file, find(file))).toEqual({
      rows: 2,
      columns: 16,
      signs,
      inputFactor: Float32Array.from({ length: 16 }, (_, i) => i),
      weightScale: Float32Array.of(0.5, 2),
    });
  });

  test('are refused without one of them', () => {
    const { 'up.input_factor': _, ...rest } = tensors;
    const file = modelOf(filledSafetensors(rest));
    expect(packingOf(file, find(file))).toBe('integers');
    expect(diagnosticOf(() => readOneBit(file, find(file))).message).toMatch(
      /there is no 'up\.input_factor'/,
    );
  });
});

describe('a safetensors file', () => {
  test('may have spaces in its header, names with escapes, and tensors in any order', () => {
    const header =
      ' { "b\\u00e4" : { "shape" : [ 1 ] , "data_offsets":[4,8], "dtype":"F32" },\n"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}   ';
    const file = modelOf(handSafetensors(header.trimStart(), Buffer.from(Float32Array.of(1, 2).buffer)));
    expect(file.tensors.map(tensor => [tensor.name, ...readFloats(file, tensor)])).toEqual([
      ['bä', 2],
      ['a', 1],
    ]);
  });

  test('without a tensor is one', () => {
    expect(modelOf(handSafetensors('{}')).tensors).toEqual([]);
  });

  test('lists types that are not read', () => {
    const file = modelOf(filledSafetensors({ a: ['F64', [1], new Uint8Array(8)] }));
    expect(packingOf(file, file.tensors[0]!)).toBe('other');
    expect(diagnosticOf(() => readFloats(file, file.tensors[0]!)).format()).toMatchInlineSnapshot(`
      "TCT-5206: the tensor 'a' of 'a.file' has the type F64, which is not read: of the types of safetensors, F32, F16, BF16, U8, I8 are read
        help: convert the model to F32, F16, BF16, TQ1_0, TQ2_0 or I2_S, or to safetensors"
    `);
  });
});

describe('a damaged safetensors file ends in a diagnostic', () => {
  const four = new Uint8Array(4);
  const tensor = (parts: object): Buffer =>
    handSafetensors({ a: { dtype: 'F32', shape: [1], data_offsets: [0, 4], ...parts } }, four);
  const two = (second: readonly number[]): Buffer =>
    handSafetensors(
      {
        a: { dtype: 'F32', shape: [1], data_offsets: [0, 4] },
        b: { dtype: 'F32', shape: [1], data_offsets: second },
      },
      new Uint8Array(8),
    );

  const cases: [string, Uint8Array, RegExp][] = [
    [
      'with an endless header',
      Buffer.concat([Buffer.alloc(4, 0xff), Buffer.alloc(4), Buffer.from('{}')]),
      /it claims 4294967295 bytes; 2 are the most/,
    ],
    ['with a list as header', handSafetensors('[]'), /does not begin with '\{'/],
    ['with an unfinished header', handSafetensors('{"a":'), /'\{' expected at its end/],
    ['with an unfinished name', handSafetensors('{"a'), /a text does not end/],
    ['with text behind its header', handSafetensors('{} x'), /nothing more expected before "x"/],
    ['with a wrong escape', handSafetensors('{"\\x":1}'), /no JSON string/],
    [
      'with a name twice',
      handSafetensors(
        '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}',
        four,
      ),
      /'a' is there twice/,
    ],
    [
      'with a dtype twice',
      handSafetensors('{"a":{"dtype":"F32","dtype":"F32"}}'),
      /does not belong there, or is there twice/,
    ],
    ['with a number in its metadata', handSafetensors('{"__metadata__":{"a":1}}'), /'"' expected before "1/],
    [
      'without offsets',
      handSafetensors({ a: { dtype: 'F32', shape: [1] } }),
      /has not all of dtype, shape and data_offsets/,
    ],
    ['with other fields', tensor({ x: [1] }), /'x' of 'a' does not belong there/],
    ['with a negative shape', tensor({ shape: [-1] }), /no whole number/],
    ['with a fraction in its shape', tensor({ shape: [1.5] }), /',' expected|'\]' expected/],
    [
      'with a shape beyond 2^53',
      handSafetensors('{"a":{"dtype":"F32","shape":[99999999999999999999]}}'),
      /no whole number/,
    ],
    ['with endless axes', tensor({ shape: Array(65).fill(1) }), /more than 64 numbers/],
    ['with an unknown type', tensor({ dtype: 'Q3' }), /unknown type 'Q3'/],
    ['with a type of JavaScript', tensor({ dtype: 'toString' }), /unknown type 'toString'/],
    ['with more bytes than its shape has', tensor({ shape: [3] }), /has 4 bytes for 3 elements of 32 bits/],
    ['with a range that ends before it begins', tensor({ shape: [0], data_offsets: [4, 0] }), /is no range/],
    ['with tensors that overlap', two([0, 4]), /'b' does not begin where the one before it ends/],
    ['with a gap', two([8, 12]), /does not begin where/],
    [
      'with bytes to spare',
      Buffer.concat([tensor({}), four]),
      /its tensors end at byte \d+, and the file at byte \d+/,
    ],
    ['cut in its data', tensor({}).subarray(0, -1), /its tensors end at byte/],
    ['cut in its length', Buffer.alloc(8).subarray(0, 8), /does not begin with/],
  ];

  test.each(cases)('%s', (_, bytes, words) => {
    const message = diagnosticOf(() => modelOf(bytes, 'bad.safetensors')).format();
    expect(message).toMatch(/^TCT-5204: .*'bad\.safetensors'/);
    expect(message).toMatch(words);
    expect(message).toMatch(/\n {2}help: ./);
  });
});
