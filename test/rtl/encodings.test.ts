import { describe, expect, test } from 'vitest';
import { emitVerilog } from '../../hdl-gen/emit/index.ts';
import { elaborate } from '../../hdl-gen/lang/index.ts';
import { type EncodingName, encodings, packRows, weightDecoder } from '../../rtl/ternary/index.ts';
import { simulate } from '../../sim/index.ts';
import { findDevice, synthesise } from '../../synth/index.ts';

/*
 * How weights are kept in words: every word and every group of weights, against tables that were written down elsewhere
 * or by hand.
 */

/**
 * The bytes of five trits as the public tables of ASTC have them (`integer_of_trits`), the first trit changing fastest: 27
 * bytes for the first three trits, and what the fourth and fifth add to them; where both of these are 2, 27 other bytes.
 */
const astc = {
  three: [0, 1, 2, 4, 5, 6, 8, 9, 10, 16, 17, 18, 20, 21, 22, 24, 25, 26, 3, 7, 15, 19, 23, 27, 12, 13, 14],
  added: [0, 32, 64, 128, 160, 192, 96, 224],
  rest: [
    28, 29, 30, 60, 61, 62, 92, 93, 94, 156, 157, 158, 188, 189, 190, 220, 221, 222, 31, 63, 127, 159, 191,
    255, 252, 253, 254,
  ],
};
const bytes = [...astc.added.flatMap(added => astc.three.map(byte => byte + added)), ...astc.rest];

/** Group `i` of five weights, as the table counts them: digits 0, 1, 2 for 0, +1, -1. */
function groupOf(i: number): number[] {
  return [1, 3, 9, 27, 81].map(power => [0, 1, -1][Math.floor(i / power) % 3]!);
}

/** What the decoder's circuit gives for a word. */
function decoderOf(encoding: EncodingName): (word: number) => number[] {
  const decoder = simulate(weightDecoder({ encoding }));
  return word => {
    decoder.set({ word });
    return decoder.get('w').map(Number);
  };
}

/** The lane's code of a weight. */
const codes = new Map([
  [0, 0],
  [1, 1],
  [-1, 3],
]);

describe('5in8', () => {
  test('is the trit block of ASTC, for every five weights', () => {
    expect(bytes.map((_, i) => encodings['5in8'].pack(groupOf(i)))).toEqual(bytes);
    expect(new Set(bytes).size).toBe(243);
  });

  test('is taken apart again, by the function and by the circuit', () => {
    const decode = decoderOf('5in8');
    for (const [i, byte] of bytes.entries()) {
      expect(encodings['5in8'].unpack(byte)).toEqual(groupOf(i));
      expect(decode(byte)).toEqual(groupOf(i).map(weight => codes.get(weight)));
    }
  });

  test('gives weights in the bytes that are never made too, the same in both', () => {
    const decode = decoderOf('5in8');
    const others = Array.from({ length: 256 }, (_, byte) => byte).filter(byte => !bytes.includes(byte));
    expect(others).toHaveLength(13);
    for (const byte of others)
      expect(decode(byte)).toEqual(encodings['5in8'].unpack(byte).map(weight => codes.get(weight)));
  });

  test('has 2, 4, 5 and 7 bits for one to four weights', () => {
    const largest = (count: number): number => Math.max(...bytes.slice(0, 3 ** count));
    expect([1, 2, 3, 4].map(largest)).toEqual([2, 10, 27, 91]);
  });

  test('has a decoder of at most 16 LUT4', async () => {
    const design = elaborate(weightDecoder({ encoding: '5in8' }));
    const { cells } = await synthesise({
      files: Object.fromEntries(emitVerilog(design).map(({ name, text }) => [name, text])),
      top: design.top.component,
      device: findDevice('hx8k'),
    });
    expect(Object.keys(cells)).toEqual(['SB_LUT4']);
    expect(cells.SB_LUT4).toBeLessThanOrEqual(16);
  });
});

describe('1of2', () => {
  test.each([
    { word: 1, weights: [0, 0], lanes: [0, 0] },
    { word: 0, weights: [1, 0], lanes: [1, 0] },
    { word: 2, weights: [-1, 0], lanes: [3, 0] },
    { word: 4, weights: [0, 1], lanes: [0, 1] },
    { word: 6, weights: [0, -1], lanes: [0, 3] },
  ])('keeps $weights in the word $word', ({ word, weights, lanes }) => {
    expect(encodings['1of2'].pack(weights)).toBe(word);
    expect(encodings['1of2'].unpack(word)).toEqual(weights);
    expect(decoderOf('1of2')(word)).toEqual(lanes);
  });

  test('takes every other word for two zeros', () => {
    for (const word of [3, 5, 7]) {
      expect(encodings['1of2'].unpack(word)).toEqual([0, 0]);
      expect(decoderOf('1of2')(word)).toEqual([0, 0]);
    }
  });
});

describe('packed rows', () => {
  test('are filled up with zeros to whole words', () => {
    const rows = [
      [1, 0, -1],
      [0, 0, 1],
    ];
    expect(packRows(rows, '2bit')).toEqual([
      [1, 0, 3],
      [0, 0, 1],
    ]);
    expect(packRows(rows, '5in8')).toEqual([[bytes[1 + 2 * 9]], [bytes[9]]]);
    expect(packRows(rows, '1of2')).toEqual([
      [0, 2],
      [1, 0],
    ]);
  });

  test.each(Object.keys(encodings) as EncodingName[])('of %s hold ternary weights only', name => {
    expect(() =>
      packRows(
        [
          [0, 0],
          [1, 0, 0, 2],
        ],
        name,
      ),
    ).toThrow(/^the weight at row 1, column 3 is 2; only -1, 0 and 1 are ternary weights/);
  });

  test('say which two weights break the rule of 1of2, and what to do', () => {
    const rows = [
      [0, 1],
      [0, 0, 0, -1, 1, -1],
    ];
    expect(() => packRows(rows, '1of2')).toThrow(
      expect.objectContaining({
        code: 'TCT-7502',
        message: 'the weights at row 1, columns 4 and 5 are both not 0; at most one of each pair may be',
        help: expect.stringMatching(/^train again .* or take '--arch tree'/),
      }),
    );
  });
});
