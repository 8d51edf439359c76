import { describe, expect, test } from 'vitest';
import { type MeasuredBy, measureAll, type Plan, TimeLeft } from '../../explore/index.ts';

/** Measures by squaring; a table stands for what is kept from run to run. */
class Squares implements MeasuredBy<number, number> {
  readonly kept = new Map<number, number>();
  readonly measured: number[] = [];
  running = 0;
  most = 0;
  /** Called before a number is measured; what it throws stands for Ctrl-C. */
  before: (n: number) => void = () => {};

  async recall(n: number): Promise<number | undefined> {
    return this.kept.get(n);
  }

  async measure(n: number): Promise<number> {
    this.before(n);
    this.most = Math.max(this.most, ++this.running);
    await new Promise(resolve => setTimeout(resolve, n % 3));
    this.running--;
    this.measured.push(n);
    this.kept.set(n, n * n);
    return n * n;
  }

  seconds(n: number): number {
    return n;
  }
}

describe('many configurations', () => {
  test('are measured side by side, and told in their own order', async () => {
    const squares = new Squares();
    const seen = new Map<number, number>();
    const results = await measureAll([5, 3, 8, 1], squares, {
      jobs: 2,
      onResult: (result, index) => seen.set(index, result),
    });
    expect(results).toEqual([25, 9, 64, 1]);
    expect([squares.most, squares.running]).toEqual([2, 0]);
    expect([...seen].sort()).toEqual([...results.entries()].sort());
  });

  test('go on where a run was broken off, and say what is left', async () => {
    const squares = new Squares();
    const configurations = [1, 2, 3, 4, 5, 6];
    squares.before = n => {
      if (n === 4) throw new Error('stopped');
    };
    await expect(measureAll(configurations, squares, { jobs: 1 })).rejects.toThrow('stopped');
    expect(squares.measured).toEqual([1, 2, 3]);

    squares.before = () => {};
    let plan: Plan | undefined;
    const progress: number[] = [];
    const results = await measureAll(configurations, squares, {
      jobs: 1,
      onPlan: told => {
        plan = told;
      },
      onProgress: done => progress.push(done),
    });
    expect(plan).toEqual({ all: 6, known: 3, secondsLeft: 4 + 5 + 6 });
    expect(squares.measured).toEqual([1, 2, 3, 4, 5, 6]);
    expect(progress).toEqual([3, 4, 4, 5, 5, 6]);
    expect(results).toEqual([1, 4, 9, 16, 25, 36]);
  });

  test('need nobody where all is known', async () => {
    const squares = new Squares();
    squares.kept.set(7, 49);
    squares.before = () => {
      throw new Error('not needed');
    };
    expect(await measureAll([7, 7], squares, { jobs: 4 })).toEqual([49, 49]);
  });
});

describe('the time left', () => {
  test('is what the estimates say, until something has been done', () => {
    const time = new TimeLeft([10, 10, 40], 2);
    expect(time.left(0)).toBe(40);
    time.begin(0, 0);
    time.begin(1, 0);
    expect(time.left(5)).toBe(40);
    // Ten seconds were expected and five were needed, so the last one is expected to need twenty.
    time.finish(0, 5);
    expect(time.left(5)).toBe(20);
    time.begin(2, 5);
    time.finish(1, 5);
    expect(time.left(15)).toBe(10);
    time.finish(2, 30);
    expect(time.left(30)).toBe(0);
  });
});
