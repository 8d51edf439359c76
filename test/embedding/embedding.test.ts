import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesIn, hdlGen, packageFolder, workspace } from '../cli/helpers.ts';
import { hasPythonTools, runPythonTool, toolPython } from '../support/python-tools.ts';
import { hasIcarus, missing } from '../support/tools.ts';
import { broken, dotProduct, foldedDotProduct, generated, played, small } from './generated.ts';

/*
 * What lies beside the Verilog for other people's designs, each with the tool that it is for. What the testbenches find in broken
 * cores is in broken-cores.long.test.ts.
 */

const skipped = missing(hasIcarus, 'Icarus Verilog');
const withTools = hasIcarus && hasPythonTools;
const skippedTools = withTools ? '' : ` (skipped: ${toolPython} with FuseSoC, cocotb and LiteX is not there)`;

describe.skipIf(!hasIcarus)('the testbench', () => {
  test.each([
    ...Object.values(small),
    '--lanes 7 --activation-bits 5 --init-bits 0 --interface axi --arch tree-folded',
    '--lanes 4 --interface axi --encoding 5in8',
    '--lanes 4 --interface wishbone --arch binary',
    '--lanes 3 --interface wishbone --batch 3 --weight-words 64 --activation-depth 16 --result-depth 8 --initial-values 4',
    '--lanes 16 --accumulator dsp',
  ])(`passes in Icarus without a warning: %s${skipped}`, async options => {
    const { status, warnings, lines } = played(await generated(options));
    expect(warnings).toBe('');
    expect([status, lines.at(-1)]).toEqual([0, 'PASS']);
    expect(lines).toHaveLength(3);
  });

  test(`of a design with the example of docs/embedding.md is compiled${skipped}`, async () => {
    const page = readFileSync(join(packageFolder, 'docs', 'embedding.md'), 'utf8');
    const example = /```verilog\n(.*?)```/s.exec(page)![1]!;
    const folder = await generated('--lanes 16');
    writeFileSync(join(folder, 'classifier.v'), example);
    const sources = ['classifier.v', ...filesIn(folder).filter(name => name.startsWith('verilog/'))];
    const args = ['-g2005', '-Wall', '-tnull', '-s', 'classifier', ...sources];
    const { status, stderr } = spawnSync('iverilog', args, { cwd: folder });
    expect([status, stderr.toString()]).toEqual([0, '']);
  });

  test(`and the template of an instance fit the ports${skipped}`, async () => {
    for (const options of Object.values(small)) {
      const folder = await generated(options);
      writeFileSync(
        join(folder, 'user.v'),
        'module user (input wire clk, input wire rst);\n`include "instance.vh"\nendmodule\n',
      );
      const sources = ['user.v', ...filesIn(folder).filter(name => name.startsWith('verilog/'))];
      const args = ['-g2005', '-Wall', '-tnull', '-s', 'user', ...sources];
      const { status, stderr } = spawnSync('iverilog', args, { cwd: folder });
      expect([status, stderr.toString()]).toEqual([0, '']);
    }
  });
});

describe.skipIf(!withTools)('the tools of other people', () => {
  test(`FuseSoC runs the testbench, lints, and fails where it does${skippedTools}`, async () => {
    const folder = await generated(small.axi);
    const name = /^name: (.*)$/m.exec(readFileSync(join(folder, 'ternary_axi.core'), 'utf8'))![1]!;
    const fusesoc = (target: string) =>
      runPythonTool('fusesoc', ['--cores-root', '.', 'run', `--target=${target}`, name], folder);
    const good = fusesoc('sim');
    expect([good.status, /^PASS$/m.test(good.text)], good.text).toEqual([0, true]);
    const linted = fusesoc('lint');
    expect([linted.status, linted.text.includes('%Warning')], linted.text).toEqual([0, false]);
    broken(folder, dotProduct, / \+ /, ' - ');
    expect(fusesoc('sim').status).not.toBe(0);
  });

  test(`cocotb plays tables, and fails where a core is broken${skippedTools}`, async () => {
    const folder = await generated(small.table);
    const module = filesIn(folder).find(name => /^test_.*\.py$/.test(name))!;
    const good = runPythonTool('python', [module], folder);
    expect([good.status, good.text.includes('2 tests, 0 failed')], good.text).toEqual([0, true]);
    for (const kind of ['uart', 'spi'] as const) {
      const folder = await generated(small[kind]);
      const { status, text } = runPythonTool('python', [`test_ternary_${kind}.py`], folder);
      expect([status, text.includes('2 tests, 0 failed')], text).toEqual([0, true]);
    }
    for (const kind of ['stream', 'wishbone'] as const) {
      const other = await generated(small[kind]);
      broken(other, kind === 'stream' ? dotProduct : foldedDotProduct, / \+ /, ' - ');
      expect(runPythonTool('python', [`test_ternary_${kind}.py`], other).status).toBe(1);
    }
  });

  test(`LiteX makes a SoC whose Verilog fits the core${skippedTools}`, async () => {
    for (const options of [small.table, small.wishbone]) {
      const folder = await generated(options);
      const module = filesIn(folder).find(name => /^litex_.*\.py$/.test(name))!;
      const made = runPythonTool('python', [module], folder);
      expect(made.status, made.text).toBe(0);
      const sources = filesIn(folder).filter(name => name.startsWith('verilog/'));
      const soc = 'build_litex/gateware/example.v';
      expect(readFileSync(join(folder, soc), 'utf8')).toContain(module.slice('litex_'.length, -'.py'.length));
      const { status, stderr } = spawnSync('iverilog', ['-g2005', '-tnull', soc, ...sources], {
        cwd: folder,
      });
      expect([status, stderr.toString()]).toEqual([0, '']);
    }
  });
});

describe('--interface', () => {
  test.each([
    ['--interface axi --arch table', 'TCT-6006'],
    ['--interface wishbone --arch table', 'TCT-6006'],
    ['--interface axi --arch hardwired', 'TCT-6006'],
    ['--interface wishbone --negations counted', 'TCT-6006'],
    ['--interface wishbone --accumulator dsp', 'TCT-6006'],
    ['--interface uart --accumulator chain', 'TCT-6006'],
    ['--interface wishbone --init-bits 0', 'TCT-6006'],
    ['--interface pci', 'TCT-6002'],
    ['--weight-words 256', 'TCT-6037'],
    ['--interface axi --batch 2', 'TCT-6037'],
    ['--interface spi --baud 115200', 'TCT-6037'],
    ['--interface wishbone --mhz 48', 'TCT-6037'],
    ['--interface uart --baud 4000000', 'TCT-7401'],
    ['--interface uart --store spram --device hx8k', 'TCT-6093'],
    ['--interface spi --lanes 64 --weight-words 32768', 'TCT-6094'],
    ['--interface spi --weight-words 8192 --device hx1k', 'TCT-6095'],
    ['--interface spi --weight-words 1000', 'TCT-7201'],
    ['build --interface wishbone --board icebreaker', 'TCT-6006'],
    ['build --interface spi --circuit matmul --board icebreaker', 'TCT-6006'],
    ['build --interface axi --arch table', 'TCT-6006'],
    ['build --weight-words 64', 'TCT-6037'],
    ['build --interface spi --baud 115200', 'TCT-6037'],
    ['build --board icebreaker --lanes 4 --baud 115200', 'TCT-6037'],
    ['build --board icebreaker --output-stage', 'TCT-6037'],
    ['build --circuit matmul --board icebreaker --arch binary', 'TCT-6006'],
    ['flash --circuit matmul --max-k 64 --dry-run', 'TCT-6006'],
    ['build --interface uart --weight-words 8192 --device hx1k', 'TCT-6095'],
    ['--interface wishbone --store spram --weight-words 256', 'TCT-7201'],
    ['--interface wishbone --activation-bits 16 --max-k 16000000', 'TCT-7201'],
  ])('is refused where nothing can be made of it: %s', async (options, code) => {
    const cwd = workspace();
    const { status, stderr } = await hdlGen(options, { cwd });
    expect([status, stderr]).toEqual([2, expect.stringContaining(`error ${code}: `)]);
    expect(filesIn(cwd)).toEqual([]);
  });

  test('tells where the memories have no room, and has its rate and its clock in its name', async () => {
    const cwd = workspace();
    const { stdout } = await hdlGen('--interface uart --rows 4 --batch 4 --baud 115200 --mhz 7.3728', {
      cwd,
    });
    expect(stdout).toMatch(/ on hx8k +no room: it has 32 block RAMs\n/);
    expect(filesIn(cwd)[0]).toMatch(/_uart_baud115200_mhz7p3728\//);
  });

  test('tells every port in the manifest, and where the windows of a bus are', async () => {
    for (const options of Object.values(small)) {
      const folder = await generated(options);
      const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
      for (const { name, meaning } of manifest.ports)
        expect([name, meaning]).toEqual([name, expect.any(String)]);
      expect([...manifest.files, 'manifest.json'].sort()).toEqual(filesIn(folder));
      if (manifest.schema !== 'tercet.core/1') continue;
      expect(manifest.files).toEqual(expect.arrayContaining(['tercet_registers.h', 'registers.md']));
      expect(manifest.windows).toContainEqual({ name: 'registers', firstWord: 0, words: 16 });
      expect(manifest.config).toMatchObject({ arch: 'tree-folded', encoding: '5in8', lanes: 3, rows: 2 });
    }
  });
});
