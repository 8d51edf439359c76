import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EnergyDocument } from '../../energy/index.ts';
import type { CoreParameters } from '../../model/core/index.ts';

/** Picojoules, and the band around them. */
export type EnergyBand = { readonly low: number; readonly mid: number; readonly high: number };

const main = fileURLToPath(new URL('../../dist/hdl-gen/cli/main.js', import.meta.url));

/**
 * What the array of a core takes in a cycle in which it works, on an UP5K at 12 MHz: placed, and run with random data by `hdl-gen energy`. The
 * chip's clock and static current are in it, the memories and the link are not.
 */
export function energyOfCycle({ lanes, rows, arch, encoding }: CoreParameters): EnergyBand {
  const folder = mkdtempSync(join(tmpdir(), 'tercet-bench-'));
  try {
    const array = [`--lanes`, lanes, '--rows', rows, '--arch', arch, '--encoding', encoding].map(String);
    const call = ['energy', ...array, '--mhz', '12', '--out', folder, '--json'];
    const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...call], {
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    });
    if (status !== 0) throw new Error(`hdl-gen energy ended with ${status}:\n${stderr}`);
    const { perMac } = JSON.parse(stdout) as EnergyDocument;
    const { low, mid, high } = perMac!.array.energyPjPerMac;
    const macs = perMac!.macsPerCycle;
    return { low: low * macs, mid: mid * macs, high: high * macs };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
