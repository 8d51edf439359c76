import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bit, int, memory, range, rom, uint } from '../../hdl-gen/lang/index.ts';
import { both, circuit } from '../support/both.ts';

const address = range(0, 4);

describe('a memory', () => {
  const plain = circuit({ at: address, value: int(8), write: bit, from: address, read: bit }, inputs => {
    const words = memory(int(8), { depth: 5, initial: [10, -11, 12, -13, 14] });
    words.write(inputs.at, inputs.value, { enable: inputs.write });
    return { data: words.read(inputs.from, { enable: inputs.read }) };
  });

  test('starts with its contents and shows a word one edge after its address', () => {
    expect(
      both(plain, run =>
        [0, 1, 2, 3, 4].map(from => run.set({ from, read: 1, write: 0 }).step().get('data')),
      ),
    ).toEqual([10n, -11n, 12n, -13n, 14n]);
  });

  test('shows the old word where it is written at the same edge', () => {
    expect(
      both(plain, run => {
        run.set({ at: 2, value: 77, write: 1, from: 2, read: 1 }).step();
        return [run.get('data'), run.set({ write: 0 }).step().get('data')];
      }),
    ).toEqual([12n, 77n]);
  });

  test('keeps what it shows while it is not read', () => {
    expect(
      both(plain, run => {
        run.set({ from: 1, read: 1, write: 0 }).step();
        return run.set({ from: 3, read: 0 }).step(3).get('data');
      }),
    ).toBe(-11n);
  });

  test('behaves like an array, whatever is written and read', () => {
    const beat = fc.record({
      at: fc.integer({ min: 0, max: 4 }),
      value: fc.integer({ min: -128, max: 127 }),
      write: fc.boolean(),
      from: fc.integer({ min: 0, max: 4 }),
      read: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(beat, { minLength: 1, maxLength: 30 }), beats => {
        const words = [10, -11, 12, -13, 14];
        let shown: number | undefined;
        const expected = beats.map(({ at, value, write, from, read }) => {
          if (read) shown = words[from];
          if (write) words[at] = value;
          return shown;
        });
        const seen = both(plain, run =>
          beats.map(({ at, value, write, from, read }) =>
            run
              .set({ at, value, write: Number(write), from, read: Number(read) })
              .step()
              .get('data'),
          ),
        );
        // Before the first read the data are whatever the seed says.
        expect(seen.filter((_, i) => expected[i] !== undefined)).toEqual(
          expected.filter(value => value !== undefined).map(BigInt),
        );
      }),
      { seed: 3, numRuns: 40 },
    );
  });

  test('of records writes only the fields whose mask is 1; the order of keys does not matter', () => {
    const top = circuit({ low: uint(4), high: int(5), mask: bit, from: address }, inputs => {
      const words = memory(
        { low: uint(4), high: int(5) },
        { depth: 5, initial: Array.from({ length: 5 }, (_, i) => ({ high: -i, low: i })) },
      );
      words.write(2, { high: inputs.high, low: inputs.low }, { mask: { low: inputs.mask } });
      const { low, high } = words.read(inputs.from);
      return { gotLow: low, gotHigh: high };
    });
    expect(
      both(top, run => {
        const read = (from: number) => [run.set({ from }).step().get('gotLow'), run.get('gotHigh')];
        const unwritten = read(3);
        run.set({ low: 9, high: 10, mask: 0 }).step();
        const masked = read(2);
        run.set({ low: 9, high: 10, mask: 1 }).step();
        return [unwritten, masked, read(2)];
      }),
    ).toEqual([
      [3n, -3n],
      [2n, 10n],
      [9n, 10n],
    ]);
  });

  test('masks a record within the word as a whole', () => {
    const top = circuit({ x: uint(4), mask: bit }, ({ x, mask }) => {
      const words = memory(
        { point: { x: uint(4), y: uint(4) } },
        { depth: 1, initial: [{ point: { x: 1, y: 2 } }] },
      );
      words.write(0, { point: { x, y: x } }, { mask: { point: mask } });
      const { point } = words.read(0);
      return { a: point.x, b: point.y };
    });
    expect(
      both(top, run => {
        const two = (mask: number) => [run.set({ x: 7, mask }).step(2).get('a'), run.get('b')];
        return [two(0), two(1)];
      }),
    ).toEqual([
      [1n, 2n],
      [7n, 7n],
    ]);
  });

  test('lets the later of two writes to one word win', () => {
    const top = circuit({ a: uint(8), b: uint(8), second: bit }, ({ a, b, second }) => {
      const words = memory(uint(8), { depth: 2 });
      words.write(1, a);
      words.write(1, b, { enable: second });
      return { data: words.read(1) };
    });
    expect(
      both(top, run => [
        run.set({ a: 1, b: 2, second: 1 }).step(2).get('data'),
        run.set({ second: 0 }).step(2).get('data'),
      ]),
    ).toEqual([2n, 1n]);
  });

  test('may have one word', () => {
    const top = circuit({ x: uint(8) }, ({ x }) => {
      const words = memory(uint(8), { depth: 1 });
      words.write(0, x);
      return { data: words.read(0) };
    });
    expect(both(top, run => run.set({ x: 99 }).step(2).get('data'))).toBe(99n);
  });

  test('without contents starts with words that depend on the seed, so that nobody can rely on them', () => {
    const top = circuit({ from: range(0, 31), write: bit }, ({ from, write }) => {
      const words = memory(uint(8), { depth: 32 });
      words.write(from, 0, { enable: write });
      return { data: words.read(from) };
    });
    const found = both(top, run =>
      Array.from({ length: 32 }, (_, from) => run.set({ from, write: 0 }).step().get('data')),
    );
    expect(new Set(found).size).toBeGreaterThan(16);
  });
});

describe('a ROM', () => {
  test('holds what it was given, of any interval', () => {
    const squares = Array.from({ length: 12 }, (_, i) => BigInt(i - 6) ** 3n);
    const top = circuit({ from: range(0, 11) }, ({ from }) => ({
      data: rom(range(-216, 125), squares, 'cubes').read(from),
    }));
    expect(both(top, run => squares.map((_, from) => run.set({ from }).step().get('data')))).toEqual(squares);
  });
});
