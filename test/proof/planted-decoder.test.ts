import { afterEach, expect, test, vi } from 'vitest';
import { checkDecoder } from '../../proof/index.ts';

/* A fault in what a weight code means is found by plain arithmetic. */
const fault = vi.hoisted(() => ({ ofCode: false, ofGate: false }));

vi.mock('../../rtl/ternary/index.ts', async importOriginal => {
  const right = await importOriginal<typeof import('../../rtl/ternary/index.ts')>();
  return {
    ...right,
    /** One entry of the table is wrong: -1 has the code that the packer does not use. */
    encodeTrit: (trit: number) => (fault.ofCode && trit === -1 ? 2 : right.encodeTrit(trit)),
    /** The sign of the code is not looked at. */
    laneGate: (...[x, w]: Parameters<typeof right.laneGate>) =>
      fault.ofGate ? x.and(w.bit(0).mask()) : right.laneGate(x, w),
  };
});

afterEach(() => {
  Object.assign(fault, { ofCode: false, ofGate: false });
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
