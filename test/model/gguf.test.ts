import { describe, expect, test } from 'vitest';
import {
  type ModelFile,
  openModel,
  packingOf,
  readFloats,
  readNpy,
  readTernary,
  tensorNamed,
} from '../../model/index.ts';
import { diagnosticOf, scratch } from './arrays.ts';
import { type HandGguf, handGguf, modelOf, text, u32, u64 } from './files.ts';
import { golden } from './weights.ts';

const { write } = scratch();

describe('a GGUF file that the package gguf has written', () => {
  const file = openModel(golden('weights.gguf'));
  const opinion = openModel(golden('weights.safetensors'));
  const floatsOf = (model: ModelFile, name: string): Float32Array =>
    readFloats(model, tensorNamed(model, name));

  test('lists its tensors, the last axis the fastest', () => {
    expect(file.tensors.map(({ name, type, shape, bytes }) => [name, type, shape, bytes])).toEqual([
      ['F32.weight', 'F32', [3, 512], 6144],
      ['F16.weight', 'F16', [3, 512], 3072],
      ['BF16.weight', 'BF16', [3, 512], 3072],
      ['TQ1_0.weight', 'TQ1_0', [3, 512], 324],
      ['TQ2_0.weight', 'TQ2_0', [3, 512], 396],
      ['cube', 'F32', [2, 3, 4], 96],
    ]);
    expect([file.format, file.version]).toEqual(['gguf', 3]);
  });

  test('tells its metadata', () => {
    const { keys, typeOf, get } = file.metadata;
    expect(Object.fromEntries(keys.map(key => [`${key}: ${typeOf(key)}`, get(key)]))).toEqual({
      'general.architecture: string': 'tercet-test',
      'general.name: string': 'Gewichte für Prüfungen',
      'test.large: uint64': 2n ** 60n,
      'test.float: float32': 1.5,
      'test.yes: bool': true,
      'test.texts: string[3]': ['a', '', 'längeres'],
      'test.numbers: int32[3]': Int32Array.of(1, -2, 3),
    });
    expect(get('not there')).toBeUndefined();
  });

  test.each(['F32', 'F16'])('has the floats of %s that the package safetensors has written', type => {
    expect(floatsOf(file, `${type}.weight`)).toEqual(floatsOf(opinion, `${type}.weight`));
  });

  test('has the floats of BF16 that the package reads', () => {
    expect(floatsOf(file, 'BF16.weight')).toEqual(floatsOf(opinion, 'from BF16'));
  });

  test.each(['TQ1_0', 'TQ2_0'])(
    'has the trits of %s that were packed, and the weights that the package reads',
    type => {
      const { rows, columns, trits, scales, weightsPerScale } = readTernary(
        file,
        tensorNamed(file, `${type}.weight`),
      );
      expect([rows, columns, weightsPerScale, scales.length]).toEqual([3, 512, 256, 6]);
      expect(trits).toEqual(readNpy(golden('weights.npy')).data);
      const weights = Float32Array.from(trits, (trit, i) => trit * scales[Math.floor(i / 256)]! + 0);
      expect(weights).toEqual(floatsOf(opinion, `from ${type}`).map(weight => weight + 0));
    },
  );

  test('has axes whose last one varies fastest', () => {
    expect([...floatsOf(file, 'cube')]).toEqual(Array.from({ length: 24 }, (_, i) => i));
  });
});

describe('a GGUF file', () => {
  test('is read in version 2 as in version 3', () => {
    const data = Buffer.from(Float32Array.of(1, 2, 3, 4).buffer);
    const [two, three] = [2, 3].map(version => modelOf(handGguf({ version, tensors: [{}], data })));
    expect(two!.tensors).toEqual(three!.tensors);
    expect([...readFloats(two!, two!.tensors[0]!)]).toEqual([1, 2, 3, 4]);
  });

  test('begins its data where its alignment says', () => {
    const pairs = [['general.alignment', Buffer.concat([u32(4), u32(64)])]] as const;
    const data = Buffer.from(Float32Array.of(5, 6, 7, 8).buffer);
    const file = modelOf(handGguf({ pairs, tensors: [{}], data, alignment: 64 }));
    expect(file.tensors[0]!.offset % 64).toBe(0);
    expect([...readFloats(file, file.tensors[0]!)]).toEqual([5, 6, 7, 8]);
  });

  test('has I2_S of a scale for all weights', () => {
    const data = Buffer.concat([
      Buffer.alloc(64, 0b00_01_10_00),
      Buffer.from(Float32Array.of(0.5).buffer),
      Buffer.alloc(28),
    ]);
    const file = modelOf(handGguf({ tensors: [{ sizes: [128, 2], type: 36 }], data }));
    expect(packingOf(file, file.tensors[0]!)).toBe('ternary');
    const { trits, scales, rows, columns } = readTernary(file, file.tensors[0]!);
    expect([rows, columns, ...scales]).toEqual([2, 128, 0.5]);
    expect([trits[0], trits[32], trits[64], trits[96], trits[255]]).toEqual([-1, 0, 1, -1, -1]);
  });

  test('is read from a file by ranges', () => {
    const data = Buffer.from(Float32Array.of(1, 2, 3, 4).buffer);
    const file = openModel(write('one.gguf', handGguf({ tensors: [{}], data })));
    expect([...readFloats(file, file.tensors[0]!)]).toEqual([1, 2, 3, 4]);
    file.source.close();
  });
});

describe('types that have no certain meaning are listed, and refused with the reason', () => {
  const refusalOf = (tensor: { sizes?: number[]; type: number }, bytes: number): string => {
    const file = modelOf(
      handGguf({ tensors: [{ sizes: [256, 4], ...tensor }], data: new Uint8Array(bytes) }),
      'a.gguf',
    );
    expect(file.tensors[0]!.bytes).toBe(bytes);
    return diagnosticOf(() => readTernary(file, file.tensors[0]!)).message;
  };

  test.each([
    ['TL1', 38, /type TL1, .*permuted by tile sizes/],
    ['TL2 of early versions, or MXFP4', 39, /MXFP4 in llama\.cpp, and TL2 in early versions/],
    ['TL2, or Q2_0', 42, /the number 42 means Q2_0 in llama\.cpp, and TL2 in microsoft\/BitNet/],
    ['I8_S', 37, /I8_S in microsoft\/BitNet/],
    ['a number that nobody has given out', 77, /the number 77 means no type/],
  ])('%s', (_, type, words) => {
    expect(refusalOf({ type }, 512)).toMatch(words);
  });

  test('I2_S in another number of bytes', () => {
    expect(refusalOf({ type: 36 }, 1024 / 4)).toMatch(
      /I2_S has 288 bytes for 1024 weights, and here are 256/,
    );
    expect(refusalOf({ type: 36 }, 1024 / 4 + 64)).toMatch(/another layout/);
  });

  test('I2_S in rows that are no whole blocks', () => {
    expect(refusalOf({ sizes: [64, 16], type: 36 }, 288)).toMatch(/its rows have 64 weights/);
  });

  test('Q4_0 and others with more than three values', () => {
    expect(refusalOf({ type: 2 }, 576)).toMatch(/Q4_0 has more than three values/);
  });
});

describe('a damaged GGUF file ends in a diagnostic', () => {
  const good: HandGguf = { tensors: [{}], data: new Uint8Array(16) };
  const list = (type: number, count: number | bigint): Buffer =>
    Buffer.concat([u32(9), u32(type), u64(count)]);

  const cases: [string, Uint8Array, string, RegExp][] = [
    [
      'cut behind its first word',
      Buffer.from('GGUF'),
      'TCT-5203',
      /the version is missing: it ends at byte 4/,
    ],
    ['of version 1', handGguf({ version: 1 }), 'TCT-5202', /has version 1 of GGUF/],
    ['big-endian', handGguf({ version: 0x03000000 }), 'TCT-5202', /is a big-endian GGUF file/],
    [
      'with endless tensors',
      handGguf({ tensorCount: 2n ** 40n }),
      'TCT-5203',
      /claims 1099511627776 tensors/,
    ],
    ['with endless keys', handGguf({ pairCount: 100_000 }), 'TCT-5203', /claims 100000 metadata keys/],
    ['with fewer tensors than it says', handGguf({ ...good, tensorCount: 9 }), 'TCT-5203', /./],
    [
      'with a key twice',
      handGguf({
        pairs: [
          ['k', Buffer.concat([u32(4), u32(1)])],
          ['k', Buffer.concat([u32(4), u32(1)])],
        ],
      }),
      'TCT-5203',
      /'k' is there twice/,
    ],
    ['with an unknown type of value', handGguf({ pairs: [['k', u32(13)]] }), 'TCT-5203', /unknown type 13/],
    [
      'with an endless text',
      handGguf({ pairs: [['k', Buffer.concat([u32(8), u64(2n ** 60n)])]] }),
      'TCT-5203',
      /goes beyond its end/,
    ],
    [
      'with an endless list',
      handGguf({ pairs: [['k', list(6, 2n ** 62n)]] }),
      'TCT-5203',
      /goes beyond its end/,
    ],
    [
      'with an endless list of texts',
      handGguf({ pairs: [['k', list(8, 2n ** 40n)]] }),
      'TCT-5203',
      /claims 1099511627776 elements/,
    ],
    [
      'with lists in lists',
      handGguf({
        pairs: [
          ['k', Buffer.concat([u32(9), ...Array.from({ length: 9 }, () => Buffer.concat([u32(9), u64(1)]))])],
        ],
      }),
      'TCT-5203',
      /lists in lists/,
    ],
    [
      'with a key that is no UTF-8',
      handGguf({ tensors: [{ name: Uint8Array.of(0xff, 0xfe) }] }),
      'TCT-5203',
      /no UTF-8/,
    ],
    [
      'with an endless name',
      handGguf({ tensors: [{ name: 'x'.repeat(2000) }] }),
      'TCT-5203',
      /2000 bytes long/,
    ],
    ['with five axes', handGguf({ tensors: [{ sizes: [1, 1, 1, 1, 1] }] }), 'TCT-5203', /has 5 axes/],
    [
      'with an impossible shape',
      handGguf({ tensors: [{ sizes: [2n ** 40n, 2n ** 40n] }] }),
      'TCT-5203',
      /impossible shape/,
    ],
    [
      'with two tensors of one name',
      handGguf({ tensors: [{}, { begin: 32 }], data: new Uint8Array(64) }),
      'TCT-5203',
      /same name/,
    ],
    [
      'with tensors that overlap',
      handGguf({ tensors: [{}, { name: 'b' }], data: new Uint8Array(64) }),
      'TCT-5203',
      /begins where another tensor does/,
    ],
    [
      'with a tensor that reaches into the next',
      handGguf({ tensors: [{ sizes: [16] }, { name: 'b', begin: 32 }], data: new Uint8Array(64) }),
      'TCT-5203',
      /needs 64 bytes from byte \d+ on, and has 32/,
    ],
    [
      'with a tensor beyond its end',
      handGguf({ tensors: [{ begin: 4096 }], data: new Uint8Array(64) }),
      'TCT-5203',
      /has 0/,
    ],
    [
      'with a tensor that is not aligned',
      handGguf({ tensors: [{ begin: 8 }], data: new Uint8Array(64) }),
      'TCT-5203',
      /no multiple of 32/,
    ],
    [
      'with half a block',
      handGguf({ tensors: [{ sizes: [128], type: 35 }], data: new Uint8Array(66) }),
      'TCT-5203',
      /TQ2_0 has blocks of 256/,
    ],
    [
      'with an alignment of 0',
      handGguf({ pairs: [['general.alignment', Buffer.concat([u32(4), u32(0)])]] }),
      'TCT-5203',
      /multiple of 8/,
    ],
    [
      'with an alignment that is a text',
      handGguf({ pairs: [['general.alignment', Buffer.concat([u32(8), text('32')])]] }),
      'TCT-5203',
      /multiple of 8/,
    ],
    [
      'cut in its data',
      handGguf(good).subarray(0, -1),
      'TCT-5203',
      /needs 16 bytes from byte \d+ on, and has 15/,
    ],
  ];

  test.each(cases)('%s', (_, bytes, code, words) => {
    const message = diagnosticOf(() => modelOf(bytes, 'bad.gguf')).format();
    expect(message).toMatch(new RegExp(`^${code}: .*'bad\\.gguf'`));
    expect(message).toMatch(words);
    expect(message).toMatch(/\n {2}help: ./);
  });

  test('with a code 3', () => {
    const file = modelOf(
      handGguf({ tensors: [{ sizes: [256], type: 35 }], data: new Uint8Array(66).fill(0xff) }),
    );
    const message = diagnosticOf(() => readTernary(file, file.tensors[0]!)).format();
    expect(message).toMatch(
      /^TCT-5207: the tensor 'a' of 'a.file' is no TQ2_0: it has the code 3 in its byte 0/,
    );
  });
});
