import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { EnergyDocument } from '../../energy/index.ts';
import { hdlGen, workspace } from './helpers.ts';

/* What a core with its memories takes while a host multiplies with it, and while nobody asks for anything. */

const shape = '--lanes 5 -m 20 -k 50 --device up5k --mhz 12 --cycles 200';

async function told(cwd: string, options: string): Promise<EnergyDocument> {
  const { status, stderr } = await hdlGen(`energy ${shape} ${options} --out told`, { cwd });
  expect([status, stderr.includes('error')], stderr).toEqual([0, false]);
  return JSON.parse(readFileSync(join(cwd, 'told', 'energy.json'), 'utf8'));
}

describe('hdl-gen energy --interface', () => {
  test('tells of a core what its array, its memories and its rest take, as often as it is asked', async () => {
    const cwd = workspace();
    const { command, perMac, atRest, byKind, byModule, powerMw, activity } = await told(
      cwd,
      '--interface wishbone',
    );
    const { macsPerCycle, array, core, product } = perMac!;
    expect(product).toEqual({ m: 20, k: 50 });
    // Ten beats a row; the host reads and writes while the core works.
    expect(macsPerCycle).toBeGreaterThan(2);
    expect(macsPerCycle).toBeLessThan(5);
    expect(activity.cycles).toBeGreaterThanOrEqual(200);
    expect(core.energyPjPerMac.mid).toBeGreaterThan(array.energyPjPerMac.mid);
    expect(byKind.memory.powerMw.mid).toBeGreaterThan(0);
    expect(Object.keys(byModule).some(name => name.endsWith('.core.slave'))).toBe(true);
    // At rest the clock and the static current are left.
    expect(atRest!.powerMw.mid).toBeLessThan(powerMw.mid);
    expect(atRest!.powerMw.mid).toBeGreaterThan(byKind.clock.powerMw.mid);
    expect(atRest!.byKind.memory).toBeUndefined();
    const [, again] = /^hdl-gen energy (.*)$/.exec(command)!;
    const { stdout } = await hdlGen(`energy ${again} --json`, { cwd });
    expect(JSON.parse(stdout)).toMatchObject({ command, perMac, atRest, powerMw });
  });

  test('tells that behind a slow wire a product is mostly waiting', async () => {
    const cwd = workspace();
    const { perMac, atRest, powerMw, subject } = await told(cwd, '--interface uart --baud 1000000');
    expect(subject).toContain('behind a UART at 1,000,000 baud');
    expect(perMac!.macsPerCycle).toBeLessThan(0.2);
    expect(powerMw.mid / atRest!.powerMw.mid).toBeLessThan(1.3);
    expect(perMac!.core.energyPjPerMac.mid).toBeGreaterThan(1000);
  });
});
