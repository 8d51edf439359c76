import { afterEach, expect, test, vi } from 'vitest';
import { checkDecoder, checkEncoding } from '../../proof/index.ts';

/* A fault in what a weight code means is found by plain arithmetic. */
const fault = vi.hoisted(() => ({ ofCode: false, ofGate: false, ofDecoder: false, ofPacker: false }));

vi.mock('../../rtl/ternary/index.ts', async importOriginal => {
  const right = await importOriginal<typeof import('../../rtl/ternary/index.ts')>();
  return {
    ...right,
    /** One entry of the table is wrong: -1 has the code that the packer does not use. */
    encodeTrit: (trit: number) => (fault.ofCode && trit === -1 ? 2 : right.encodeTrit(trit)),
    /** The sign of the code is not looked at. */
    laneGate: (...[x, w]: Parameters<typeof right.laneGate>) =>
      fault.ofGate ? x.and(w.bit(0).mask()) : right.laneGate(x, w),
    encodings: {
      ...right.encodings,
      '5in8': {
        ...right.encodings['5in8'],
        /** The one byte for five times -1 is taken for that of another group. */
        unpack: (word: number) =>
          right.encodings['5in8'].unpack(fault.ofDecoder && word === 254 ? 253 : word),
        /** The last weight is left out. */
        pack: (weights: readonly number[]) =>
          right.encodings['5in8'].pack(fault.ofPacker ? [...weights.slice(0, 4), 0] : weights),
      },
    },
  };
});

afterEach(() => {
  Object.assign(fault, { ofCode: false, ofGate: false, ofDecoder: false, ofPacker: false });
});

test('without a fault every weight code is right', () => {
  expect(checkDecoder(3)).toMatchObject({ status: 'proved' });
});

test('a wrong entry in the table of codes is refuted', () => {
  fault.ofCode = true;
  expect(checkDecoder(3)).toEqual({
    status: 'refuted',
    how: 'the code of -1 is that of another weight',
  });
});

test('a gate that does not look at the sign of a code is refuted, with the code', () => {
  fault.ofGate = true;
  expect(checkDecoder(3)).toMatchObject({
    status: 'refuted',
    how: expect.stringMatching(/^code 2 times -4 gives 1/),
  });
});

test('without a fault every word is right', () => {
  expect(checkEncoding('5in8')).toEqual({
    status: 'proved',
    how: 'all 256 words and 243 groups of weights',
  });
});

test('a decoder that disagrees about one word of 256 is refuted, with the word', () => {
  fault.ofDecoder = true;
  expect(checkEncoding('5in8')).toEqual({
    status: 'refuted',
    how: expect.stringMatching(/^the word 254 is decoded to/),
  });
});

test('a packer that loses a weight is refuted, with the weights', () => {
  fault.ofPacker = true;
  expect(checkEncoding('5in8')).toEqual({
    status: 'refuted',
    how: 'the word for 0 0 0 0 1 stands for 0 0 0 0 0',
  });
});
