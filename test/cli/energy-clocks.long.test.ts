import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { EnergyDocument } from '../../energy/index.ts';
import { buildBitstream } from '../../synth/index.ts';
import { hdlGen, workspace } from './helpers.ts';

type Files = Readonly<Record<'placed.json' | 'delays.sdf', string>>;

const call = '--placed placed.json --sdf delays.sdf';

function inFolder(files: Files): string {
  const folder = workspace();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

describe('hdl-gen energy of a design with two clocks', () => {
  const verilog = `
    module top(input clk, input fast, output high, output reg [7:0] q);
      reg [15:0] a = 0, b = 0;
      always @(posedge clk) a <= a + 7;
      always @(posedge fast) begin b <= b + 13; q <= b[7:0] ^ b[15:8]; end
      assign high = a[15];
    endmodule`;
  let files: Files;
  beforeAll(async () => {
    const source = { files: { 'top.v': verilog }, top: 'top' };
    const built = await buildBitstream({ ...source, device: 'up5k', targetMHz: 12 });
    files = { 'placed.json': built.placedJson, 'delays.sdf': built.sdf };
  });
  const told = async (options: string) => {
    const ran = await hdlGen(`energy ${call} --cycles 500 --json ${options}`, { cwd: inFolder(files) });
    expect(ran.status).toBe(0);
    return { ...ran, document: JSON.parse(ran.stdout) as EnergyDocument };
  };
  const milliwatts = async (options: string) => (await told(options)).document.powerMw.mid;

  test('says that all are taken to be the same, unless it is told', async () => {
    const one = await told('--mhz 12');
    expect(one.stderr).toMatch(/warning TCT-6118: .*'(clk|fast)', '(clk|fast)' are all taken to have 12 MHz/);
    const two = await told('--mhz 12 --clock-mhz fast=48');
    expect(two.stderr).not.toContain('TCT-6118');
    expect(two.document.otherClocksMHz).toEqual({ fast: 48 });
    expect(two.document.command).toContain('--clock-mhz fast=48');
  });

  test('lets each part take what its own clock makes of it', async () => {
    const both = await milliwatts('--mhz 24');
    expect(await milliwatts('--mhz 12 --clock-mhz fast=24 --clock-mhz clk=24')).toBeCloseTo(both, 8);
    const [rest, fast, slow] = [
      await milliwatts('--mhz 24 --clock-mhz fast=0 --clock-mhz clk=0'),
      await milliwatts('--mhz 24 --clock-mhz clk=0'),
      await milliwatts('--mhz 24 --clock-mhz fast=0'),
    ];
    expect(fast - rest + (slow - rest)).toBeCloseTo(both - rest, 8);
    // The outputs are the fast one's.
    expect(fast - rest).toBeGreaterThan(1.5 * (slow - rest));
    expect((await milliwatts('--mhz 24 --clock-mhz fast=96')) - slow).toBeCloseTo(4 * (fast - rest), 8);
  });

  test('lets a memory show with the clock of its reads what was written with another one', async () => {
    const memory = `
      module top(input clk, input wr, input on, output reg [7:0] q);
        reg [15:0] words [0:255];
        reg [7:0] from = 0, to = 0;
        reg [15:0] read;
        always @(posedge wr) begin to <= to + 1; if (on) words[to] <= {to, ~to}; end
        always @(posedge clk) begin from <= from + 3; read <= words[from]; q <= read[15:8] ^ read[7:0]; end
      endmodule`;
    const source = { files: { 'top.v': memory }, top: 'top' };
    const built = await buildBitstream({ ...source, device: 'up5k', targetMHz: 12 });
    const cwd = inFolder({ 'placed.json': built.placedJson, 'delays.sdf': built.sdf });
    const at = async (megahertz: number): Promise<number> => {
      const options = `--cycles 500 --set on=1 --mhz 12 --clock-mhz wr=${megahertz}`;
      const { stdout } = await hdlGen(`energy ${call} --json ${options}`, { cwd });
      return (JSON.parse(stdout) as EnergyDocument).powerMw.mid;
    };
    const [rest, once, twice] = [await at(0), await at(48), await at(96)];
    expect(twice - rest).toBeCloseTo(2 * (once - rest), 8);
  });

  test.each([
    ['--clock-mhz fast', 'TCT-6038', 'NAME=MHZ'],
    ['--clock-mhz fast=1e9', 'TCT-6038', 'NAME=MHZ'],
    ['--clock-mhz fsat=12', 'TCT-6039', "'fast'"],
    ['--clock-mhz fast=12 --clock-mhz fast=24', 'TCT-6006', 'contradict'],
  ])('refuses %s', async (options, code, says) => {
    const { status, stderr } = await hdlGen(`energy ${call} ${options}`, { cwd: inFolder(files) });
    expect(stderr).toContain(code);
    expect(stderr).toContain(says);
    expect(status).toBe(2);
  });
});
