import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hdlGen, workspace } from './helpers.ts';

/** A matrix [1,4] of int8 as a .npy file. */
function npy(weights: readonly [number, number, number, number]): Buffer {
  const header = `${"{'descr': '|i1', 'fortran_order': False, 'shape': (1, 4), }".padEnd(117)}\n`;
  const begin = Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, header.length, 0]);
  return Buffer.concat([begin, Buffer.from(header), Buffer.from(Int8Array.from(weights).buffer)]);
}

describe('hdl-gen --arch', () => {
  test.each(['tree-folded', 'binary'])('%s: its netlist gives exact products', async arch => {
    const size = '--lanes 3 --activation-bits 4 --max-k 16 --init-bits 8 --cycles 200';
    const { status, stdout } = await hdlGen(`cosim --arch ${arch} ${size} --with netlist --json`, {
      cwd: workspace(),
    });
    const { config, opinions } = JSON.parse(stdout);
    expect(config).toMatchObject({ arch, lanes: 3 });
    expect(opinions).toMatchObject([
      { name: 'reference', mismatches: 0 },
      { name: 'engine', mismatches: 0 },
      { name: 'netlist', mismatches: 0 },
    ]);
    expect(status).toBe(0);
  });

  test('binary: the manifest tells the kind of weights, and a code has one bit', async () => {
    const { status, stdout } = await hdlGen('--arch binary --lanes 4 --json', { cwd: workspace() });
    const { config, ports } = JSON.parse(stdout);
    expect(config).toMatchObject({ arch: 'binary', weights: 'binary' });
    expect(ports).toContainEqual(expect.objectContaining({ name: 'in_w', elementBits: 1 }));
    expect(status).toBe(0);
  });

  test('binary: takes weights -1 and +1 from a file, and refuses a weight 0', async () => {
    const cwd = workspace();
    writeFileSync(join(cwd, 'signs.npy'), npy([1, -1, -1, 1]));
    writeFileSync(join(cwd, 'trits.npy'), npy([1, -1, 0, 1]));
    const taken = await hdlGen('sim --arch binary --lanes 4 --weights signs.npy', { cwd });
    expect(taken.status).toBe(0);
    const refused = await hdlGen('sim --arch binary --lanes 4 --weights trits.npy', { cwd });
    expect(refused.status).toBe(2);
    expect(refused.stderr).toContain('TCT-6050: trits.npy: the weight in row 0, column 2 is 0');
  });
});
