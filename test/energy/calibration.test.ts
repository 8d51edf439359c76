import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import {
  type CoefficientName,
  coefficientUnits,
  coefficientsOf as knownOf,
  priors,
  type Use,
} from '../../energy/index.ts';
import { coefficientsOf } from '../../scripts/calibrate/coefficients.ts';
import { calibrate, groups, type Measured, predict } from '../../scripts/calibrate/model.ts';
import { readRows, usualTable } from '../../scripts/calibrate/rows.ts';
import { fromDevice, fromPriors } from '../../scripts/calibrate/start.ts';
import { findDevice } from '../../synth/index.ts';

/*
 * The calibration without Yosys and nextpnr: what is read, and what is made of a fit. That the coefficients predict a measured
 * design is in test/cli/energy.test.ts.
 */

test('the measured designs have their parameters, and the modules that they use', () => {
  const rows = readRows(usualTable);
  expect(rows).toHaveLength(13);
  const wide = rows.find(({ name }) => name === '28x8-bit counter')!;
  expect(wide.files['counter.v']).toContain('parameter BITS = 224');
  expect(Object.keys(wide.files)).toEqual(['all_pins.v', 'counter.v']);
  expect(wide).toMatchObject({ top: 'counter', clockMHz: 12, coreUa: 641.3 });
});

test.each([
  ['name,file\n', "should begin with 'name,file,top,parameters,clock_mhz,core_ua'"],
  ['name,file,top,parameters,clock_mhz,core_ua\na,b\n', 'has 2 columns in place of 6'],
  ['name,file,top,parameters,clock_mhz,core_ua\na,b.v,b,,12,much\n', 'has no clock or no current'],
])('a table that is none is refused: %j', (text, says) => {
  const folder = mkdtempSync(join(tmpdir(), 'tercet-calibration-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'my.csv');
  writeFileSync(path, text);
  expect(() => readRows(path)).toThrow(says);
});

/** A row of which each use is of 1 unit at its prior, times a factor, in uA. */
function rowOf(name: string, amounts: Partial<Record<CoefficientName, number>>, truth: number): Measured {
  const uses = Object.entries(amounts).map(([coefficient, amount]): Use => {
    const of = coefficient as CoefficientName;
    const isCurrent = coefficientUnits[of] === 'uA';
    return { module: 'top', kind: 'static', coefficient: of, amount: isCurrent ? amount : amount * 1e6 };
  });
  const row = { name, coreUa: 1, lc: 1, uses };
  const atPriors = predict(row, {
    values: groups.map(() => 1),
    factors: groups.map(() => 1),
    start: fromPriors,
  });
  return { ...row, coreUa: truth * atPriors };
}

test('what the rows tell is fitted, and what they do not tell stays a guess with its prior', () => {
  const rows = [
    rowOf('the chip', { static: 1 }, 1.2),
    rowOf('with a clock', { static: 1, globalNetwork: 50 }, 1.2),
  ];
  const { table, device } = coefficientsOf('lp1k', calibrate(rows));
  expect(device).toBe('lp1k');
  expect(table.static).toMatchObject({ origin: 'measured' });
  expect(table.static.mid / priors.table.static.mid).toBeCloseTo(1.2, 1);
  expect(table.globalNetwork).toMatchObject({ origin: 'fitted' });
  expect(table.globalNetwork.mid / priors.table.globalNetwork.mid).toBeCloseTo(1.2, 1);
  for (const name of ['span4', 'dspInput', 'spramAccess', 'hfosc'] as const) {
    expect(table[name].origin).toBe('guessed');
    expect(table[name].mid / priors.table[name].mid).toBeCloseTo(1, 3);
  }
  for (const { low, mid, high } of Object.values(table)) {
    expect(low).toBeLessThan(mid);
    expect(mid).toBeLessThan(high);
  }
});

test("a chip of one's own keeps what is known of its device where no row tells it", () => {
  const rows = [
    rowOf('the chip', { static: 1 }, 1.2),
    rowOf('with a clock', { static: 1, globalNetwork: 50 }, 1.2),
  ];
  const known = knownOf(findDevice('up5k'));
  const own = coefficientsOf('up5k', calibrate(rows, fromDevice('up5k')), 'fitted to 2 rows of my.csv');
  for (const name of ['span4', 'dspInput', 'hfosc'] as const) {
    expect(own.table[name].mid / known.table[name].mid).toBeCloseTo(1, 3);
    expect(own.table[name].origin).toBe(known.table[name].origin);
  }
  expect(own.table.static).toMatchObject({ origin: 'measured', source: 'fitted to 2 rows of my.csv' });
  expect(own).toMatchObject({ isMeasured: true, volts: known.volts });
  // With no row that tells anything it is not measured.
  expect(coefficientsOf('hx8k', calibrate([], fromDevice('hx8k'))).isMeasured).toBe(false);
  // Energies grow with the square of the supply, currents do not.
  const higher = fromDevice('up5k', 2 * known.volts);
  expect(higher.table.span4.mid).toBeCloseTo(4 * known.table.span4.mid);
  expect(higher.table.static.mid).toBe(known.table.static.mid);
});

test('a design that is not beside its table is ours, or is missed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tercet-calibration-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'my.csv');
  const table = (file: string): string =>
    `name,file,top,parameters,clock_mhz,core_ua\nmine,${file},counter,BITS=40,12,700\n`;
  writeFileSync(path, table('counter.v'));
  const [row] = readRows(path);
  expect(row!.files['counter.v']).toContain('parameter BITS = 40');
  writeFileSync(path, table('nowhere.v'));
  expect(() => readRows(path)).toThrow("there is no 'nowhere.v' beside it");
});
