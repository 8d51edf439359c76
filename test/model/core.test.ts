import { describe, expect, it } from 'vitest';
import { packActivations, packWeights, resultCount, unpackResults } from '../../model/core/index.ts';
import { imageLayout, stepsAfter } from '../../protocol/index.ts';
import { type CoreParameters, coreGeometry } from '../../rtl/core/index.ts';

/*
 * Matrices and vectors as the words of a core: small images by hand, and everything that does not fit. That the core
 * understands them is tested in test/rtl/core.
 */

/** A plain tree of two lanes: nothing is due later than anything else. */
const plain: CoreParameters = {
  arch: 'tree',
  lanes: 2,
  rows: 1,
  batch: 1,
  activationBits: 8,
  activationRegister: false,
  weightRegister: false,
  hostRegisters: false,
  drain: 'turns',
  rowGroups: 1,
  pipeline: 1,
  encoding: '2bit',
  store: 'bram',
  weightWords: 64,
  activationDepth: 16,
  resultDepth: 32,
  initialValues: 8,
  initBits: 8,
  maxK: 16,
  outputStage: false,
};

describe('the image of a matrix', () => {
  it('has a word for each beat, lane 0 lowest, and what the weights take in the initial values', () => {
    const { words, initial, shape } = packWeights(
      [
        [1, -1, 0, 1],
        [-1, -1, 1, 0],
      ],
      plain,
      { bias: [5, -6] },
    );
    // Codes: +1 is 1, -1 is 3, and 0 is 0, or 2 behind a -1. Two bits each.
    expect(words.slice(0, 4).map(({ data }) => data)).toEqual([0b1101, 0b0100, 0b1111, 0b1001]);
    expect(words.map(({ offset }) => offset)).toEqual(words.map((_, i) => i));
    // A weight -1 makes ~x, so each of them needs a one, and so does a 0 with its sign.
    expect(initial).toEqual([5 + 1, -6 + 3]);
    expect(shape).toEqual({ m: 2, k: 4, columnsPerBlock: 4, beatsPerBlock: 2, blocks: 1, tiles: 2 });
  });

  it('does not let zeros keep a sign where the initial value cannot hold what they count then', () => {
    const row = [-1, -1, 0, 0];
    const packed = (bias: number) => {
      const { words, initial } = packWeights([row], { ...plain, initBits: 4 }, { bias: [bias] });
      return { codes: words.slice(0, 2).map(({ data }) => data), initial };
    };
    expect(packed(3)).toEqual({ codes: [0b1111, 0b1010], initial: [7] });
    expect(packed(5)).toEqual({ codes: [0b1111, 0b0000], initial: [7] });
    expect(() => packed(6)).toThrow(expect.objectContaining({ code: expect.stringMatching(/^TCT-73/) }));
  });

  it('begins where it is asked to', () => {
    const { words } = packWeights([[1, 1]], plain, { base: 7 });
    expect(words[0]).toEqual({ offset: 7, data: 0b0101 });
  });

  it('has five weights in a byte', () => {
    const { words } = packWeights([[1, 0, 0, 0, 0, 0, 0, 0, 0, 1]], {
      ...plain,
      lanes: 10,
      encoding: '5in8',
    });
    // +1 in the first place of the first byte, and in the last place of the second one, whose digit is bit 7.
    expect(words[0]!.data).toBe(0b10000000_00000001);
  });

  it('lets a row begin a beat later than the one before it, with the beat that has its turn then', () => {
    const two = { ...plain, rows: 2 };
    const { words } = packWeights(
      [
        [1, 1, 0, 0, 0, 0],
        [0, 0, 0, 0, 1, 1],
      ],
      two,
    );
    const row = (i: number): number[] => words.slice(0, 5).map(({ data }) => (data >> (4 * i)) & 15);
    expect(row(0)).toEqual([0b0101, 0, 0, 0, 0]);
    // Its beats 1 and 2 come in the steps 1 and 2, its beat 0 in step 3.
    expect(row(1)).toEqual([0, 0, 0b0101, 0, 0]);
  });

  it('fills a block up to as many beats as there are rows', () => {
    expect(packWeights([[1, 1]], { ...plain, rows: 3 }).shape).toMatchObject({ beatsPerBlock: 3, tiles: 1 });
  });

  it.each([
    { what: 'more words than the store has', m: 8, k: 16, code: 'TCT-7301', change: {} },
    { what: 'more rows than initial values', m: 9, k: 2, code: 'TCT-7302', change: {} },
    { what: 'a bias that is too large', m: 1, k: 2, code: 'TCT-7303', change: {}, bias: [128] },
    { what: 'more columns than a sum can hold', m: 1, k: 17, code: 'TCT-7304', change: {} },
    {
      what: 'a broken pair',
      m: 1,
      k: 2,
      code: 'TCT-7502',
      change: { arch: 'sparse', encoding: '1of2' } as const,
    },
  ])('is refused for $what', ({ m, k, code, change, bias }) => {
    const matrix = Array.from({ length: m }, () => Array<number>(k).fill(1));
    expect(() => packWeights(matrix, { ...plain, ...change }, { bias: bias ?? [] })).toThrow(
      expect.objectContaining({ code }),
    );
  });
});

describe('the image of vectors', () => {
  const { shape } = packWeights([[1, 1, 1, 1]], plain);

  it('has the lanes of a beat in a word; as all are due a cycle late, beats are turned by one', () => {
    expect(coreGeometry(plain).image.turns).toEqual([1, 1]);
    expect(packActivations([[1, 2, 3, -1]], 0, plain, shape)).toEqual([
      { offset: 0, data: 0xff03 },
      { offset: 1, data: 0x0201 },
    ]);
  });

  it('lies in the half that is asked for', () => {
    expect(packActivations([[1, 2, 3, 4]], 1, plain, shape)[0]!.offset).toBe(8);
  });

  it('is refused for more beats than half of the buffer has, and for more vectors than the batch', () => {
    const long = packWeights([Array<number>(16).fill(0)], { ...plain, activationDepth: 8 }).shape;
    expect(() => packActivations([], 0, { ...plain, activationDepth: 8 }, long)).toThrow(
      expect.objectContaining({ code: 'TCT-7305' }),
    );
    expect(() => packActivations([[1], [2]], 0, plain, shape)).toThrow(
      expect.objectContaining({ code: 'TCT-7306' }),
    );
  });
});

describe('results', () => {
  it('come by block, tile, row and vector', () => {
    const core = { ...plain, rows: 2, batch: 2 };
    const shape = { m: 3, k: 4, columnsPerBlock: 2, beatsPerBlock: 2, blocks: 2, tiles: 2 };
    expect(resultCount(core, shape)).toBe(16);
    const words = Array.from({ length: 16 }, (_, i) => (i === 5 ? 0xffff_ffff : i));
    expect(unpackResults(words, core, shape)).toEqual([
      [
        [0, 2, 4],
        [8, 10, 12],
      ],
      [
        [1, 3, -1],
        [9, 11, 13],
      ],
    ]);
  });
});

describe('the layout', () => {
  it('reads a word in the cycle in which most of its codes are due', () => {
    const geometry = {
      lanes: 4,
      rows: 1,
      rowSteps: 1,
      rowTimes: [0],
      batch: 4,
      wordBits: 2,
      packing: 'bits',
      activationTimes: [0, 1, 2, 3],
      activationRegisters: 0,
      weightRegisters: 0,
    } as const;
    const codeTimes = [[0], [1], [5], [6]];
    const { wordsPerStep, phases, codes, lastTake } = imageLayout({ ...geometry, codeTimes });
    expect(wordsPerStep).toBe(2);
    expect(phases).toEqual([0, 1]);
    expect(codes.map(({ code, word, place, shift, waits }) => [code, word, place, shift, waits[0]])).toEqual([
      [0, 0, 0, 0, 0],
      [1, 0, 1, 0, 1],
      [2, 1, 0, 1, 0],
      [3, 1, 1, 1, 1],
    ]);
    expect(lastTake).toBe(1);
  });

  it('leaves time after a block for whatever is last', () => {
    for (const [rows, batch] of [
      [1, 1],
      [4, 1],
      [2, 8],
    ] as const) {
      const { image } = coreGeometry({ ...plain, arch: 'tree-folded', lanes: 8, rows, batch });
      expect(stepsAfter(image)).toBeGreaterThanOrEqual(rows);
      expect(stepsAfter(image) * batch).toBeGreaterThanOrEqual((rows - 1) * batch + Math.max(...image.turns));
    }
  });
});
