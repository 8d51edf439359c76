import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Goals, paretoFront } from '../../explore/index.ts';

/** The definition, word by word: no other point is as good in both and better in one. */
function byDefinition(points: readonly Goals[]): boolean[] {
  return points.map(
    point =>
      !points.some(
        other =>
          other.cost <= point.cost &&
          other.benefit >= point.benefit &&
          (other.cost < point.cost || other.benefit > point.benefit),
      ),
  );
}

describe('a Pareto front', () => {
  test('is what nothing beats', () => {
    const points = [
      { cost: 3, benefit: 9 },
      { cost: 2, benefit: 5 },
      { cost: 2, benefit: 4 },
      { cost: 4, benefit: 9 },
      { cost: 1, benefit: 1 },
      { cost: 2, benefit: 5 },
    ];
    expect(paretoFront(points)).toEqual([true, true, false, false, true, true]);
    expect(paretoFront([])).toEqual([]);
  });

  test('is as defined, for any points', () => {
    // Few values, so that many points are equal in one way or both.
    const few = fc.record({ cost: fc.integer({ min: 0, max: 6 }), benefit: fc.integer({ min: 0, max: 6 }) });
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
    const any = fc.record({ cost: finite, benefit: finite });
    for (const point of [few, any])
      fc.assert(
        fc.property(fc.array(point, { maxLength: 40 }), points => {
          expect(paretoFront(points)).toEqual(byDefinition(points));
        }),
      );
  });
});
