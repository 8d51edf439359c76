import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { leastSquares, predicted } from '../../energy/index.ts';

const factor = () => fc.double({ min: 0.3, max: 3, noNaN: true });

describe('least squares with priors', () => {
  test('find the values that made the observations', () => {
    fc.assert(
      fc.property(fc.array(factor(), { minLength: 1, maxLength: 6 }), fc.nat(1000), (truth, known) => {
        const observations = [...truth.keys(), ...truth.keys()].map((i, row) => {
          const amounts = truth.map((_, j) => (i === j ? 100 : row % 3));
          const measured = amounts.reduce((sum, amount, j) => sum + amount * truth[j]!, known);
          return { measured, deviation: 0.001, known, amounts };
        });
        const { values } = leastSquares(
          observations,
          truth.map(() => ({ prior: 1, factor: 2 })),
        );
        for (const [i, value] of values.entries()) expect(value).toBeCloseTo(truth[i]!, 4);
        for (const each of observations) expect(predicted(each, values)).toBeCloseTo(each.measured, 2);
      }),
    );
  });

  test('stay at the prior where nothing is observed, with its uncertainty', () => {
    const { values, factors } = leastSquares(
      [{ measured: 30, deviation: 0.1, known: 0, amounts: [10, 0] }],
      [
        { prior: 1, factor: 2 },
        { prior: 5, factor: 1.7 },
      ],
    );
    expect(values[0]).toBeCloseTo(3, 2);
    expect(values[1]).toBeCloseTo(5, 9);
    expect(factors[0]).toBeLessThan(1.01);
    expect(factors[1]).toBeCloseTo(1.7, 9);
  });

  test('weigh an observation by its deviation, against the prior', () => {
    const with_ = (deviation: number) =>
      leastSquares([{ measured: 20, deviation, known: 0, amounts: [10] }], [{ prior: 1, factor: 1.5 }])
        .values[0]!;
    expect(with_(0.01)).toBeCloseTo(2, 3);
    expect(with_(1e6)).toBeCloseTo(1, 3);
    expect(with_(3)).toBeGreaterThan(with_(10));
  });

  test('never give a negative value', () => {
    const { values } = leastSquares(
      [{ measured: -50, deviation: 1, known: 0, amounts: [10] }],
      [{ prior: 1, factor: 2 }],
    );
    expect(values[0]).toBeGreaterThan(0);
  });
});
