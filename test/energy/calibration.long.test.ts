import { expect, test } from 'vitest';
import { coefficientsOf as knownOf } from '../../energy/index.ts';
import { coefficientsOf } from '../../scripts/calibrate/coefficients.ts';
import { errorOf, increments, verdicts } from '../../scripts/calibrate/leave-out.ts';
import { calibrate } from '../../scripts/calibrate/model.ts';
import { rebuild } from '../../scripts/calibrate/rebuild.ts';
import { readRows, usualTable } from '../../scripts/calibrate/rows.ts';
import { findDevice } from '../../synth/index.ts';

/* The coefficients that the project has are those of a fit of today, and what was asked of the fit holds. */

test('the measured designs, built and counted anew, give the coefficients of energy/calibrated.ts', async () => {
  const rows = await rebuild(readRows(usualTable), 'up5k', () => {});
  const fitted = calibrate(rows);
  expect(coefficientsOf('up5k', fitted)).toEqual(knownOf(findDevice('up5k')));

  const errors = verdicts(rows, fitted).map(row => Math.abs(errorOf(row)));
  errors.sort((a, b) => a - b);
  expect(errors[errors.length >> 1]).toBeLessThan(0.1);
  expect(errors.at(-1)).toBeLessThan(0.2);
  for (const more of increments(rows, fitted))
    if (!more.name.includes('DSP')) expect(Math.abs(errorOf(more)), more.name).toBeLessThan(0.3);
});
