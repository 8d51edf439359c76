import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Diagnostic } from '../../diagnostic/index.ts';
import { decodeNpy, encodeNpy, readNpy, writeNpy } from '../../model/index.ts';
import { anyArray, diagnosticOf, handmade, header, scratch } from './arrays.ts';

const { path, write } = scratch();

describe('a .npy file', () => {
  test('gives back what was written, for every dtype and shape', () => {
    fc.assert(
      fc.property(anyArray, array => {
        expect(decodeNpy(encodeNpy(array), 'a.npy')).toEqual(array);
      }),
    );
  });

  test('survives the disk', () => {
    const array = { dtype: 'int16', shape: [2, 2], data: Int16Array.of(-300, 0, 1, 32767) } as const;
    writeNpy(path('a.npy'), array);
    expect(readNpy(path('a.npy'))).toEqual(array);
  });

  test('begins its data at a multiple of 64 bytes', () => {
    const bytes = encodeNpy({ dtype: 'int8', shape: [3], data: Int8Array.of(1, -1, 0) });
    expect(bytes.length % 64).toBe(3);
    expect(Buffer.from(bytes.subarray(10, 72)).toString()).toMatchInlineSnapshot(
      `"{'descr': '|i1', 'fortran_order': False, 'shape': (3,), }     "`,
    );
  });

  test('in Fortran order is turned into C order', () => {
    const bytes = handmade(header(`'|i1'`, '(2, 3)', 'True'), Uint8Array.of(1, 4, 2, 5, 3, 6));
    expect(decodeNpy(bytes, 'f.npy').data).toEqual(Int8Array.of(1, 2, 3, 4, 5, 6));
  });

  test.each([
    ['double quotes', `{"descr": "<i2", "fortran_order": False, "shape": (1,)}`],
    ['other order, no spaces', `{'shape':(1,),'fortran_order':False,'descr':'<i2'}`],
    ['a list as shape', header(`'<i2'`, '[1]')],
    ['long integers of Python 2', header(`'<i2'`, '(1L,)')],
  ])('may spell its header with %s', (_, text) => {
    expect(decodeNpy(handmade(text, Uint8Array.of(1, 2)), 'h.npy').data).toEqual(Int16Array.of(513));
  });

  test('may sit at an odd address in memory', () => {
    const bytes = encodeNpy({ dtype: 'float64', shape: [1], data: Float64Array.of(0.1) });
    const moved = new Uint8Array(bytes.length + 1);
    moved.set(bytes, 1);
    expect(decodeNpy(moved.subarray(1), 'odd.npy').data).toEqual(Float64Array.of(0.1));
  });

  test('is refused by the writer where shape and data disagree', () => {
    expect(() => encodeNpy({ dtype: 'int8', shape: [2, 2], data: new Int8Array(3) })).toThrow(RangeError);
  });
});

describe('a damaged .npy file ends in a diagnostic', () => {
  const good = handmade(header(`'<i2'`, '(2, 3)'), new Uint8Array(12));
  const text = (bytes: Uint8Array): string => {
    const file = write('bad.npy', bytes);
    return diagnosticOf(() => readNpy(file))
      .format()
      .replaceAll(file, 'bad.npy');
  };

  const cases: [string, Uint8Array, string, RegExp][] = [
    ['empty', new Uint8Array(0), 'TCT-5003', /is empty/],
    ['no .npy file', Buffer.from('PK\x03\x04zip'), 'TCT-5003', /begins with 50 4b 03 04/],
    ['of an unknown version', handmade('{}', undefined, [9, 0]), 'TCT-5004', /version 9\.0/],
    ['with no dict', handmade('42'), 'TCT-5005', /not a dict/],
    ['with an unfinished dict', handmade(`{'descr': '<i2'`), 'TCT-5005', /'}' expected at its end/],
    ['with code in its header', handmade(`{'descr': print(1)}`), 'TCT-5005', /value expected before/],
    ['with text after its header', handmade(`${header(`'<i2'`, '(1,)')} 7`), 'TCT-5005', /nothing more/],
    [
      'without a shape',
      handmade(`{'descr': '<i2', 'fortran_order': False}`),
      'TCT-5005',
      /'shape' is missing/,
    ],
    ['with more keys', handmade(header(`'<i2'`, `(1,), 'x': 1`)), 'TCT-5005', /other keys/],
    ['with a negative shape', handmade(header(`'<i2'`, '(-1, 2)')), 'TCT-5005', /'shape' is not a tuple/],
    ['with a fractional shape', handmade(header(`'<i2'`, '(1.5, 2)')), 'TCT-5005', /expected before/],
    ['with a number as shape', handmade(header(`'<i2'`, '(6)')), 'TCT-5005', /'shape' is not a tuple/],
    ['with an odd order', handmade(header(`'<i2'`, '(1,)', '1')), 'TCT-5005', /neither True nor False/],
    ['nested without end', handmade('('.repeat(60_000)), 'TCT-5005', /nested more than/],
    ['with a huge header', handmade(' '.repeat(70_000), undefined, [2, 0]), 'TCT-5005', /70001 bytes long/],
    ['of complex numbers', handmade(header(`'<c16'`, '(1,)')), 'TCT-5006', /"<c16".*astype\(np\.int8\)/s],
    ['of long floats', handmade(header(`'<f16'`, '(1,)')), 'TCT-5006', /"<f16".*np\.float32/s],
    ['of objects', handmade(header(`'|O'`, '(1,)')), 'TCT-5006', /"\|O"/],
    ['of native byte order', handmade(header(`'=i2'`, '(1,)')), 'TCT-5006', /"=i2"/],
    ['of records', handmade(header(`[('a', '<i2')]`, '(1,)')), 'TCT-5006', /dtype with fields/],
    ['big-endian', handmade(header(`'>i2'`, '(2, 3)'), new Uint8Array(12)), 'TCT-5007', /astype\('<i2'\)/],
    ['cut in its header', good.subarray(0, 30), 'TCT-5008', /header were expected, 30 were found/],
    ['cut in its data', good.subarray(0, -5), 'TCT-5008', /12 bytes of data were expected, 7 were found/],
    ['with bytes to spare', Buffer.concat([good, good]), 'TCT-5009', /\d+ bytes were expected in all/],
    ['larger than memory', handmade(header(`'<i2'`, '(94906266, 94906266)')), 'TCT-5010', /no memory/],
    [
      'with a size beyond 2^53',
      handmade(header(`'<i2'`, '(99999999999999999999, 0)')),
      'TCT-5010',
      /9999999/,
    ],
    ['with endless axes', handmade(header(`'<i2'`, `(${'1,'.repeat(65)})`)), 'TCT-5010', /64 axes/],
  ];

  test.each(cases)('%s', (_, bytes, code, words) => {
    const message = text(bytes);
    expect(message).toMatch(new RegExp(`^${code}: .*'bad\\.npy'`));
    expect(message).toMatch(words);
    expect(message).toMatch(/\n {2}help: ./);
  });

  test('that promises much and holds nothing, without taking memory for it', () => {
    const bytes = handmade(header(`'<f8'`, '(1000000000, 1000000)'));
    expect(diagnosticOf(() => decodeNpy(bytes, 'a.npy')).code).toBe('TCT-5008');
  });

  test('that is not there', () => {
    const found = diagnosticOf(() => readNpy(path('missing.npy')));
    expect(found.code).toBe('TCT-5001');
    expect(found.exitStatus).toBe(2);
    expect(diagnosticOf(() => readNpy(`${write('plain', new Uint8Array(0))}/a.npy`)).code).toBe('TCT-5001');
  });

  test('that is a directory or a device', () => {
    mkdirSync(path('directory.npy'));
    expect(diagnosticOf(() => readNpy(path('directory.npy'))).code).toBe('TCT-5002');
    expect(diagnosticOf(() => readNpy('/dev/zero')).code).toBe('TCT-5002');
  });

  test('cut anywhere', () => {
    const whole = encodeNpy({ dtype: 'int32', shape: [2, 3], data: new Int32Array(6) });
    for (let length = 0; length < whole.length; length++) {
      expect(diagnosticOf(() => decodeNpy(whole.subarray(0, length), 'a.npy')).code).toMatch(/^TCT-500[38]$/);
    }
  });

  test('with any bytes changed, and never in another error', () => {
    const change = fc.tuple(fc.nat(good.length - 1), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), changes => {
        const bytes = Uint8Array.from(good);
        for (const [at, byte] of changes) bytes[at] = byte;
        try {
          decodeNpy(bytes, 'a.npy');
        } catch (error) {
          expect(error).toBeInstanceOf(Diagnostic);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a file that cannot be written', () => {
  const array = { dtype: 'int8', shape: [1], data: Int8Array.of(1) } as const;

  test('ends in a diagnostic and leaves nothing behind', () => {
    mkdirSync(path('taken'));
    write('taken/inside', new Uint8Array(0));
    expect(diagnosticOf(() => writeNpy(path('taken'), array)).code).toBe('TCT-5018');
    expect(diagnosticOf(() => writeNpy(path('no/such/directory.npy'), array)).code).toBe('TCT-5018');
    expect(readdirSync(dirname(path('x'))).filter(name => name.endsWith('.tmp'))).toEqual([]);
  });

  test('is replaced whole', () => {
    const file = write('old.npy', Buffer.alloc(1000));
    writeNpy(file, array);
    expect(readFileSync(file)).toEqual(Buffer.from(encodeNpy(array)));
  });
});
