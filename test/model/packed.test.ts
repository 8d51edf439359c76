import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decodeFloats,
  decodeHfBitnet,
  decodeI2s,
  decodeOneBit,
  decodeTq1,
  decodeTq2,
  encodeFloats,
  encodeHfBitnet,
  encodeI2s,
  encodeOneBit,
  encodeTq1,
  encodeTq2,
  hfScale,
  PackedError,
  readNpy,
} from '../../model/index.ts';
import { numbersOf, vectors } from './schemes/vectors.ts';
import { golden, tritsOf } from './weights.ts';

/*
 * The packed codes, each held against the sentence that describes it, written a second time and one weight after the other.
 */

describe('TQ2_0', () => {
  test('has weight 128 h + m + 32 n of a block in the bits 2 n of byte 32 h + m', () => {
    fc.assert(
      fc.property(blocksOf(256), ({ trits, scales }) => {
        const bytes = encodeTq2(trits, scales);
        expect(bytes.length).toBe(66 * scales.length);
        for (let i = 0; i < trits.length; i++) {
          const at = i % 256;
          const byte = bytes[Math.floor(i / 256) * 66 + (at >= 128 ? 32 : 0) + (at % 32)]!;
          expect(((byte >> (2 * Math.floor((at % 128) / 32))) & 3) - 1).toBe(trits[i]);
        }
        expect(decodeTq2(bytes)).toEqual({ trits, scales, weightsPerScale: 256 });
      }),
      { numRuns: 20 },
    );
  });

  test('is refused with a code 3 and with a scale that is not finite', () => {
    const bytes = encodeTq2(new Int8Array(512), Float32Array.of(1, 1));
    bytes[66 + 40] = 0b01110101;
    expect(() => decodeTq2(bytes)).toThrow(
      new PackedError('the code 3 in its byte 106; the codes of weights are 0, 1 and 2, for -1, 0 and +1'),
    );
    bytes[66 + 40] = 0;
    bytes[66 + 65] = 0x7c;
    expect(() => decodeTq2(bytes)).toThrow(new PackedError('the scale Infinity in its block 1'));
  });
});

describe('TQ1_0', () => {
  test('has five weights in a byte as a fraction of 256 in base 3', () => {
    fc.assert(
      fc.property(blocksOf(256), ({ trits, scales }) => {
        const bytes = encodeTq1(trits, scales);
        expect(bytes.length).toBe(54 * scales.length);
        for (let i = 0; i < trits.length; i++) {
          const at = i % 256;
          const [byte, digit] =
            at < 160
              ? [at % 32, Math.floor(at / 32)]
              : at < 240
                ? [32 + ((at - 160) % 16), Math.floor((at - 160) / 16)]
                : [48 + ((at - 240) % 4), Math.floor((at - 240) / 4)];
          const fraction = bytes[Math.floor(i / 256) * 54 + byte]! / 256;
          expect((Math.floor(fraction * 3 ** (digit + 1)) % 3) - 1).toBe(trits[i]);
        }
        expect(decodeTq1(bytes)).toEqual({ trits, scales, weightsPerScale: 256 });
      }),
      { numRuns: 20 },
    );
  });

  test('has no wrong bytes: any of them is five trits', () => {
    const bytes = new Uint8Array(54).map((_, i) => i * 5);
    bytes.set([0, 0x3c], 52);
    const { trits } = decodeTq1(bytes);
    expect(trits.every(trit => trit >= -1 && trit <= 1)).toBe(true);
  });
});

describe('I2_S', () => {
  test('has weight j + 32 n of 128 in the bits 6 - 2 n of byte j, and one scale behind all', () => {
    fc.assert(
      fc.property(blocksOf(128), ({ trits, scales: [scale] }) => {
        const bytes = encodeI2s(trits, scale!);
        expect(bytes.length).toBe(trits.length / 4 + 32);
        for (let i = 0; i < trits.length; i++) {
          const byte = bytes[Math.floor(i / 128) * 32 + (i % 32)]!;
          expect(((byte >> (6 - 2 * Math.floor((i % 128) / 32))) & 3) - 1).toBe(trits[i]);
        }
        expect(new DataView(bytes.buffer).getFloat32(trits.length / 4, true)).toBe(scale);
        expect(decodeI2s(bytes)).toEqual({
          trits,
          scales: Float32Array.of(scale!),
          weightsPerScale: trits.length,
        });
      }),
      { numRuns: 20 },
    );
  });

  test('is refused with a code 3', () => {
    const bytes = encodeI2s(new Int8Array(256), 1);
    bytes[33] = 0xff;
    expect(() => decodeI2s(bytes)).toThrow(/the code 3 in its byte 33/);
  });
});

describe("Hugging Face's packed BitNet weights", () => {
  test('have row r + i out / 4 in the bits 2 i of row r, for any shape', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 11 }),
        fc.gen(),
        (quarter, columns, draw) => {
          const trits = Int8Array.from({ length: 4 * quarter * columns }, () =>
            draw(fc.integer, { min: -1, max: 1 }),
          );
          const bytes = encodeHfBitnet(trits);
          expect(bytes.length).toBe(quarter * columns);
          for (let row = 0; row < 4 * quarter; row++)
            for (let column = 0; column < columns; column++) {
              const byte = bytes[(row % quarter) * columns + column]!;
              expect(((byte >> (2 * Math.floor(row / quarter))) & 3) - 1).toBe(trits[row * columns + column]);
            }
          expect(decodeHfBitnet(bytes)).toEqual(trits);
        },
      ),
    );
  });

  test('are the bytes that transformers makes', () => {
    for (const { b158 } of vectors.cases) {
      const bytes = Uint8Array.from(numbersOf(b158.packed));
      expect(encodeHfBitnet(Int8Array.from(numbersOf(b158.trits)))).toEqual(bytes);
      expect([...decodeHfBitnet(bytes)]).toEqual(numbersOf(b158.unpacked));
    }
  });

  test('are divided by weight_scale in bitlinear and multiplied by it in autobitlinear', () => {
    expect(hfScale(4, 'bitlinear')).toBe(0.25);
    expect(hfScale(4, 'autobitlinear')).toBe(4);
  });
});

describe("OneBit's packed signs", () => {
  test('have the first of eight in the lowest bit, 1 for -1', () => {
    expect(encodeOneBit(Int8Array.of(-1, 1, 1, -1, 1, 1, 1, -1))).toEqual(Uint8Array.of(0b10001001));
    expect(decodeOneBit(Uint8Array.of(0b10001001))).toEqual(Int8Array.of(-1, 1, 1, -1, 1, 1, 1, -1));
  });

  test('are the bytes that PyTorch makes', () => {
    for (const { onebit } of vectors.cases) {
      const bytes = Int8Array.from(numbersOf(onebit.packed));
      const signs = Int8Array.from(numbersOf(onebit.signs));
      expect(new Int8Array(encodeOneBit(signs).buffer)).toEqual(bytes);
      expect(decodeOneBit(new Uint8Array(bytes.buffer))).toEqual(signs);
    }
  });

  test('come back as they were', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(-1, 1), { minLength: 64, maxLength: 64 }), signs => {
        expect([...decodeOneBit(encodeOneBit(Int8Array.from(signs)))]).toEqual(signs);
      }),
    );
  });
});

describe('an encoder', () => {
  const two = new Int8Array(256);
  two[200] = 2;
  const minusTwo = new Int8Array(256);
  minusTwo[13] = -2;

  test.each([
    ['TQ1_0', (trits: Int8Array) => encodeTq1(trits, Float32Array.of(1))],
    ['TQ2_0', (trits: Int8Array) => encodeTq2(trits, Float32Array.of(1))],
    ['I2_S', (trits: Int8Array) => encodeI2s(trits, 1)],
    ['Hugging Face', encodeHfBitnet],
  ])('of %s refuses what is no trit', (_, encode) => {
    expect(() => encode(two)).toThrow('the weight 200 is 2; -1, 0 and +1 are packed');
    expect(() => encode(minusTwo)).toThrow('the weight 13 is -2; -1, 0 and +1 are packed');
  });

  test('of OneBit refuses a 0', () => {
    expect(() => encodeOneBit(Int8Array.of(1, 1, 0, 1, 1, 1, 1, 1))).toThrow(
      'the weight 2 is 0; -1 and +1 are signs',
    );
  });

  test('refuses what are no whole blocks', () => {
    expect(() => encodeTq2(new Int8Array(300), Float32Array.of(1))).toThrow(RangeError);
    expect(() => encodeTq1(new Int8Array(256), Float32Array.of(1, 1))).toThrow(RangeError);
    expect(() => encodeI2s(new Int8Array(64), 1)).toThrow(RangeError);
    expect(() => encodeHfBitnet(new Int8Array(6))).toThrow(RangeError);
    expect(() => encodeOneBit(new Int8Array(6))).toThrow(RangeError);
  });
});

describe('floating-point numbers of 16 bits', () => {
  test('are the bits that NumPy makes', () => {
    const floats = readNpy(golden('halves.npy')).data as Float32Array;
    const halves = readNpy(golden('halves-f16.npy')).data as Uint16Array;
    const bytes = encodeFloats('F16', floats);
    const ours = Array.from(halves, (_, i) => bytes[2 * i]! + 256 * bytes[2 * i + 1]!);
    expect(ours).toEqual([...halves]);
  });

  test.each(['F16', 'BF16'] as const)('come back bit by bit from %s, all of them', type => {
    const bytes = new Uint8Array(2 * 65_536);
    for (let bits = 0; bits < 65_536; bits++) bytes.set([bits & 255, bits >> 8], 2 * bits);
    const floats = decodeFloats(type, bytes);
    const again = encodeFloats(type, floats);
    const changed = Array.from({ length: 65_536 }, (_, bits) => bits).filter(
      bits => !Number.isNaN(floats[bits]) && again[2 * bits]! + 256 * again[2 * bits + 1]! !== bits,
    );
    expect(changed).toEqual([]);
  });

  test.each(['F16', 'BF16'] as const)(
    'are rounded to the nearest %s, to even where two are as near',
    type => {
      fc.assert(
        fc.property(fc.float({ min: -60_000, max: 60_000, noNaN: true }), value => {
          const bytes = encodeFloats(type, Float32Array.of(value));
          const bits = bytes[0]! + 256 * bytes[1]!;
          const errorOf = (each: number): number =>
            Math.abs(decodeFloats(type, Uint8Array.of(each & 255, each >> 8))[0]! - value);
          const error = errorOf(bits);
          for (const neighbour of [bits - 1, bits + 1].filter(
            each => (each & 0x7fff) < 0x7c00 && each >= 0,
          )) {
            expect(error <= errorOf(neighbour)).toBe(true);
            if (error === errorOf(neighbour)) expect(bits % 2).toBe(0);
          }
        }),
      );
    },
  );
});

/** Whole blocks with a scale each that an F16 holds exactly. */
function blocksOf(size: number): fc.Arbitrary<{ trits: Int8Array; scales: Float32Array }> {
  return fc.integer({ min: 1, max: 4 }).chain(blocks =>
    fc.record({
      trits: tritsOf(blocks * size),
      scales: fc
        .array(fc.integer({ min: 0, max: 1023 }), { minLength: blocks, maxLength: blocks })
        .map(units => Float32Array.from(units, unit => unit / 256)),
    }),
  );
}
