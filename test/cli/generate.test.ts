import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hasIcarus, missing } from '../support/tools.ts';
import { filesIn, hdlGen, workspace } from './helpers.ts';

describe('hdl-gen with options alone', () => {
  test('writes Verilog, vectors, a testbench and a manifest, and says so', async () => {
    const cwd = workspace();
    const { status, stdout, stderr } = await hdlGen('--lanes 16 --rows 2', { cwd });
    expect(status).toBe(0);
    // How far the estimate is off is for test/synth and the bench.
    const told = stdout.replaceAll(/about \S+ logic cells \(\d+ %\) and \d+ MHz/g, 'about …');
    expect(`\n${told}`).toMatchInlineSnapshot(`
      "
        array           16 lanes x 2 rows, 8-bit activations
        MACs per cycle  32
        accumulator     21 bits, sums of up to 4,096 products
        latency         8 cycles from the last beat to its sum
        on hx8k         about …, estimated
        on up5k         about …, estimated
        Verilog         3 modules in build/ternary_16x2_int8/verilog, top ternary_stream
        test vectors    24 beats in build/ternary_16x2_int8/vectors, played by build/ternary_16x2_int8/testbench.v
        for designs     FuseSoC, cocotb, LiteX and build/ternary_16x2_int8/instance.vh: see docs/embedding.md
        manifest        build/ternary_16x2_int8/manifest.json
      "
    `);
    expect(`\n${stderr}`).toMatchInlineSnapshot(`
      "

      next:
        hdl-gen sim --lanes 16 --rows 2
        hdl-gen build --lanes 16 --rows 2 --device hx8k
      "
    `);
    expect(filesIn(cwd)).toEqual(
      [
        'instance.vh',
        'litex_ternary_stream.py',
        'manifest.json',
        'ternary_stream.core',
        'test_ternary_stream.py',
        'testbench.v',
        ...['control', 'init', 'w', 'x', 'y'].map(name => `vectors/${name}.hex`),
        'vectors/product.json',
        ...['array', 'dot_product', 'stream'].map(name => `verilog/ternary_${name}.v`),
      ]
        .map(name => `build/ternary_16x2_int8/${name}`)
        .sort(),
    );
  });

  test('needs no option, and its header names the command but no date and no place', async () => {
    const cwd = workspace();
    expect((await hdlGen('', { cwd })).status).toBe(0);
    const text = readFileSync(join(cwd, 'build/ternary_64x1_int8/verilog/ternary_stream.v'), 'utf8');
    expect(text.split('\n')[0]).toMatch(
      /^\/\/ ternary_stream, made by hdl-gen --lanes 64 \(Tercet \d+\.\d+\.\d+\) from/,
    );
    expect(text).not.toContain(cwd);
  });

  test('prints the manifest with --json, and nothing else', async () => {
    const cwd = workspace();
    const { status, stdout } = await hdlGen('--lanes 5 --activation-bits 4 --json --out core', { cwd });
    expect(status).toBe(0);
    const { out, ...manifest } = JSON.parse(stdout);
    expect(out).toBe('core');
    expect(manifest).toEqual(JSON.parse(readFileSync(join(cwd, 'core/manifest.json'), 'utf8')));
    expect(manifest).toMatchObject({
      schema: 'tercet.manifest/1',
      command: 'hdl-gen --lanes 5 --activation-bits 4 --seed 1',
      config: { lanes: 5, rows: 1, activationBits: 4, weights: 'ternary', seed: 1 },
      top: 'ternary_stream',
      latencyCycles: 7,
      macsPerCycle: 5,
    });
    expect(manifest.ports).toContainEqual({
      name: 'in_x',
      direction: 'input',
      bits: 20,
      elements: 5,
      elementBits: 4,
      min: -8,
      max: 7,
      meaning: '5 activations of 4 bits, lane 0 lowest',
    });
    expect(manifest.ports.map((port: { name: string }) => port.name)).toEqual(
      'clk rst in_valid in_first in_last in_x in_w in_init out_ready in_ready out_valid out_y'.split(' '),
    );
    expect([...manifest.files, 'manifest.json'].sort()).toEqual(filesIn(join(cwd, 'core')));
  });

  test('gives the same bytes for the same input, and other vectors for another seed', async () => {
    const cwd = workspace();
    await hdlGen('--lanes 12 --out a', { cwd });
    await hdlGen('--out b --lanes 12 --rows 1', { cwd });
    await hdlGen('--lanes 12 --out c --seed 2', { cwd });
    const read = (folder: string, name: string) => readFileSync(join(cwd, folder, name), 'utf8');
    for (const name of filesIn(join(cwd, 'a'))) expect(read('b', name), name).toBe(read('a', name));
    expect(read('c', 'verilog/ternary_stream.v')).toBe(read('a', 'verilog/ternary_stream.v'));
    expect(read('c', 'vectors/x.hex')).not.toBe(read('a', 'vectors/x.hex'));
  });

  test('says how much of a device the array will take, and what would fit', async () => {
    const { stdout, stderr } = await hdlGen('--lanes 64 --board icebreaker', { cwd: workspace() });
    expect(stdout).toMatch(/on up5k +about [\d,]+ logic cells \(\d+ %\) and \d+ MHz, estimated/);
    expect(stdout).not.toContain('hx8k');
    expect(stderr).not.toContain('warning');
    const large = await hdlGen('--lanes 200 --rows 2 --device hx1k', { cwd: workspace() });
    expect(large.stderr).toMatch(
      /^warning TCT-6101: the array does not fit 'hx1k': it needs about \d+ logic cells \(an estimate\), and the device has 1280\n {2}help: about \d+ lanes in 2 rows would fit/,
    );
    expect(large.status).toBe(0);
  });

  test('says where the accumulators are made for more than was asked for', async () => {
    const { status, stdout, stderr } = await hdlGen('--lanes 6 --max-k 5', { cwd: workspace() });
    expect(stderr).toMatch(
      /^warning TCT-6102: '--max-k 5' is less than the 6 products of one beat: the accumulators are made for 6\n/,
    );
    expect([status, stdout]).toEqual([0, expect.stringContaining('sums of up to 6 products')]);
  });

  test
    .skipIf(!hasIcarus)
    .each([
      '--lanes 1',
      '--lanes 7 --rows 3 --activation-bits 5 --pipeline 2',
      '--lanes 4 --activation-bits 1 --init-bits 0 --max-k 9',
      '--lanes 16 --activation-bits 16 --max-k 1000000 --init-bits 3',
    ])(
    `writes a testbench that passes in Icarus without a warning: %s${missing(hasIcarus, 'Icarus')}`,
    async options => {
      const cwd = workspace();
      await hdlGen([...options.split(' '), '--out', 'core'], { cwd });
      const core = join(cwd, 'core');
      const sources = filesIn(core).filter(name => name.endsWith('.v'));
      const compiled = spawnSync('iverilog', ['-g2005', '-Wall', '-o', 'testbench.vvp', ...sources], {
        cwd: core,
      });
      expect([compiled.status, compiled.stderr.toString()]).toEqual([0, '']);
      const lines = execFileSync('vvp', ['testbench.vvp'], { cwd: core }).toString().trimEnd().split('\n');
      expect(lines.at(-1)).toBe('PASS');
      expect(lines).toHaveLength(3);
    },
  );

  test.skipIf(!hasIcarus)(
    `writes a testbench that fails where a sum is wrong${missing(hasIcarus, 'Icarus')}`,
    async () => {
      const cwd = workspace();
      await hdlGen('--lanes 4 --out core', { cwd });
      const core = join(cwd, 'core');
      const y = readFileSync(join(core, 'vectors/y.hex'), 'utf8').trimEnd();
      const wrong = y.replace(/.$/, digit => (digit === '0' ? '1' : '0'));
      writeFileSync(join(core, 'vectors/y.hex'), wrong);
      execFileSync(
        'iverilog',
        ['-g2005', '-o', 't.vvp', ...filesIn(core).filter(name => name.endsWith('.v'))],
        { cwd: core },
      );
      const lines = execFileSync('vvp', ['t.vvp'], { cwd: core }).toString().trimEnd().split('\n');
      expect(lines.at(-1)).toBe('FAIL');
    },
  );
});
