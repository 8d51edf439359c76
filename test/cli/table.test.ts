import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { encodeNpy } from '../../model/index.ts';
import { hasIcarus, missing } from '../support/tools.ts';
import { hdlGen, workspace } from './helpers.ts';

const small = '--arch table --lanes 7 --activation-bits 4 --max-m 6 --max-k 40 --init-bits 8';

describe('hdl-gen --arch table', () => {
  test('writes streams for activations and for weights, and says what it is', async () => {
    const cwd = workspace();
    const { status, stdout } = await hdlGen(`${small} --json`, { cwd });
    const { config, ports, top, vectors, out, files } = JSON.parse(stdout);
    expect(status).toBe(0);
    expect(top).toBe('table_stream');
    expect(config).toMatchObject({ arch: 'table', weights: 'ternary', encoding: '5in8s', lanes: 7, maxM: 6 });
    expect(ports).toContainEqual(expect.objectContaining({ name: 'load_x', elements: 2, elementBits: 4 }));
    expect(ports).toContainEqual(expect.objectContaining({ name: 'in_w', elements: 2, elementBits: 8 }));
    expect(vectors).toMatchObject({ beats: 4 * 3 * 2, sums: 4 * 2 });
    expect(files).toContain('vectors/load_x.hex');
    expect(readFileSync(join(cwd, out, 'vectors/control.hex'), 'utf8')).toMatch(
      /^\/\/ in_first \(bit 2\), in_last \(bit 1\) and in_swap \(bit 0\) of each beat\n4\n5\n/,
    );
  });

  test.skipIf(!hasIcarus)(
    `its testbench passes in Icarus Verilog${missing(hasIcarus, 'iverilog')}`,
    async () => {
      const cwd = workspace();
      const { stdout } = await hdlGen(`${small} --json`, { cwd });
      const core = join(cwd, JSON.parse(stdout).out);
      execFileSync('sh', ['-c', 'iverilog -g2005 -Wall -o t.vvp testbench.v verilog/*.v'], { cwd: core });
      expect(execFileSync('vvp', ['t.vvp'], { cwd: core, encoding: 'utf8' })).toMatch(/\nPASS\n$/);
    },
  );

  test('tells beforehand that there are too few block RAMs, and what would fit', async () => {
    const cwd = workspace();
    const told = await hdlGen('--arch table --lanes 400 --device hx8k --out core', { cwd });
    expect(told.stderr).toMatch(
      /^warning TCT-6101: the array does not fit 'hx8k': it needs about 83 block RAMs \(an estimate\), and the device has 32\n {2}help: about 145 lanes in 1 row would fit/,
    );
    const built = await hdlGen('build --arch table --lanes 5 --max-m 16384', { cwd });
    expect(built.stderr).toMatch(
      /^error TCT-6025: .*block RAMs, and the device has 30\n.*\n {2}help: not even one table would fit beside the sums: take a smaller --max-m; or/,
    );
    expect([built.status, readdirSync(cwd)]).toEqual([1, ['core']]);
  });

  test.each(['', '--stalls', '--rows 3', '--k 5 --n 2 --engine oracle'])(
    'sim is exact with %s',
    async options => {
      const { status, stdout } = await hdlGen(`sim ${small} ${options}`, { cwd: workspace() });
      expect(stdout).toContain('all equal');
      expect(status).toBe(0);
    },
  );

  test('takes weights from a file, and refuses more rows than it keeps sums for', async () => {
    const cwd = workspace();
    const data = Int8Array.from([0, 1, -1, 0, 1, 1, -1, -1]);
    writeFileSync(join(cwd, 'w.npy'), encodeNpy({ dtype: 'int8', shape: [4, 2], data }));
    const taken = await hdlGen(`sim ${small} --weights w.npy`, { cwd });
    expect(taken.status).toBe(0);
    const refused = await hdlGen('sim --arch table --max-m 3 --weights w.npy', { cwd });
    expect(refused.status).toBe(2);
    expect(refused.stderr).toMatch(/error TCT-6080: .* 4 rows.*\n +help: raise it: --max-m 4/);
  });

  test('its netlist gives exact products', async () => {
    const { status, stdout } = await hdlGen(`cosim ${small} --cycles 1500 --with netlist --json`, {
      cwd: workspace(),
    });
    expect(JSON.parse(stdout).opinions).toMatchObject(
      ['reference', 'engine', 'netlist'].map(name => ({ name, mismatches: 0 })),
    );
    expect(status).toBe(0);
  });

  test('has no self-test for a board, and says what to do', async () => {
    const { status, stderr } = await hdlGen('build --arch table --board icebreaker', { cwd: workspace() });
    expect(status).toBe(2);
    expect(stderr).toMatch(/error TCT-6006: '--board' and '--arch table'.*\n +help: .* --device up5k/);
  });
});
