import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  devices,
  findDevice,
  findPackage,
  nearestName,
  packageFolder,
  packagePins,
  withFastWrites,
} from '../../synth/index.ts';

describe('devices', () => {
  test('are found by name in the usual spellings', () => {
    expect(findDevice('up5k')).toMatchObject({ lc: 5280, bram: 30, spram: 4, dsp: 8, yosysDevice: 'u' });
    expect(findDevice('iCE40-HX8K').name).toBe('hx8k');
    expect(findDevice('ICE40UP5K').name).toBe('up5k');
  });

  test('an unknown one is answered with the known ones and the nearest', () => {
    expect(() => findDevice('hx8')).toThrow(
      expect.objectContaining({
        code: 'TCT-4001',
        message: expect.stringContaining('lp384, lp1k'),
        help: "did you mean 'hx8k'?",
        exitStatus: 2,
      }),
    );
    expect(() => findDevice('stratix')).toThrow(
      expect.objectContaining({ help: 'name one of the known devices' }),
    );
  });

  test('come in packages with pins, the first being the default', () => {
    for (const device of devices) {
      expect(findPackage(device)).toBe(device.packages[0]);
      for (const name of device.packages) expect(device.pins[name]).toBeGreaterThan(8);
    }
    expect(findPackage(findDevice('hx8k'), 'CB-132')).toBe('cb132');
    expect(() => findPackage(findDevice('up5k'), 'tq144')).toThrow(
      expect.objectContaining({ code: 'TCT-4002' }),
    );
  });

  test('name chip databases that the package has', () => {
    for (const device of devices) {
      const file = join(packageFolder('nextpnr-ice40'), 'share', 'ice40', device.chipDatabase);
      expect(readFileSync(file).length).toBeGreaterThan(1e6);
    }
  });
});

test('the nearest name is only suggested when it is near', () => {
  expect(nearestName('icebraker', ['icestick', 'icebreaker'])).toBe('icebreaker');
  expect(nearestName('zzzzzzzz', ['icestick', 'icebreaker'])).toBeUndefined();
});

test('the installed tools still have the slow write that is replaced (see tool-package.ts)', () => {
  for (const tool of ['yosys', 'nextpnr-ice40'] as const) {
    const bundle = readFileSync(join(packageFolder(tool), 'bundle.js'), 'utf8');
    const replaced = withFastWrites(bundle);
    expect(replaced).toContain('file.room');
    expect(replaced.length - bundle.length).toBeLessThan(700);
  }
});

test('each package has as many pins as nextpnr lets a design use', () => {
  for (const device of devices)
    for (const [name, count] of Object.entries(device.pins))
      expect([device.name, name, packagePins(device, name).size]).toEqual([device.name, name, count]);
});
