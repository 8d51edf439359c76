import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesIn, hdlGen, workspace } from './helpers.ts';

/** A folder with these files. */
function project(files: Readonly<Record<string, string>>): string {
  const cwd = workspace();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, name)), { recursive: true });
    writeFileSync(join(cwd, name), text);
  }
  return cwd;
}

const blink = `
module blink #(parameter STEP = 1) (input clk, input rst_n, input signed [7:0] a, output reg [3:0] count = 0);
  initial $display("step %0d", STEP);
  always @(posedge clk)
    if (!rst_n) count <= 0;
    else begin
      count <= count + STEP;
      if (count == 2) $display("a %d, count %b at %0t", a, count, $time);
      if (count >= LAST) $finish; // not at once: "$finish"
    end
endmodule
`.replace('LAST', '`LAST');

describe('hdl-gen sim --verilog', () => {
  test('runs a design to its $finish, and shows what it displays', async () => {
    const cwd = project({ 'blink.v': blink });
    const call = 'sim --verilog blink.v -DLAST=6 -P STEP=2 --set a=-5 --reset-cycles 2 --vcd w.vcd --out run';
    const { status, stdout } = await hdlGen(call, { cwd });
    expect(`\n${stdout}`).toMatchInlineSnapshot(`
      "
      step 2
      a   -5, count 0010 at 40

        verilog  blink of blink.v
        clocks   clk
        resets   rst_n = 0 for the first 2 cycles
        inputs   a = -5
        cycles   5
        stopped  by $finish in cycle 5, at blink.v:9
        outputs  count = 6 in the last cycle
        trace    w.vcd
        files    run/
      "
    `);
    expect([status, filesIn(cwd)]).toEqual([0, ['blink.v', 'run/sim.json', 'w.vcd']]);
    expect(readFileSync(join(cwd, 'w.vcd'), 'utf8')).toMatch(/\$var wire 8 . a \$end\n(.*\n)*#60\n$/);
    expect(JSON.parse(readFileSync(join(cwd, 'run/sim.json'), 'utf8'))).toMatchObject({
      schema: 'tercet.sim/1',
      top: 'blink',
      cycles: 5,
      clocks: ['clk'],
      resets: [{ name: 'rst_n', activeLow: true, cycles: 2 }],
      stopped: { by: '$finish', cycle: 5, at: 'blink.v:9' },
      outputs: { count: 6 },
    });
  });

  test('finds what is included and what fills a memory, from any folder', async () => {
    const cwd = project({
      'rtl/top.v': `\`include "../include/width.vh"
module top #(parameter FILE = "words.hex") (input clk, input [1:0] a, output reg [\`WIDTH-1:0] q);
  reg [\`WIDTH-1:0] words [0:3];
  initial $readmemh(FILE, words);
  always @(posedge clk) q <= words[a];
  other other (.clk(clk));
endmodule`,
      'rtl/my other.v': 'module other (input clk);\n`include "more.vh"\nendmodule',
      'include/width.vh': '`define WIDTH 12',
      'include/more.vh': 'always @(posedge clk) $display("more");',
      'rtl/words.hex': '0a1 0a2 0a3 0a4',
      'below/none': '',
    });
    const sources = ['rtl/top.v', 'rtl/my other.v'];
    const options = ['--cycles', '2', '--set', 'a=2', '--json'];
    const call = (up: string) => [
      ...['sim', '--verilog', ...sources.map(path => `${up}${path}`), '--top', 'top'],
      ...['-I', `${up}include`, ...options],
    ];
    for (const [folder, up] of [['.', ''] as const, ['below', '../'] as const]) {
      const { status, stdout } = await hdlGen(call(up), { cwd: join(cwd, folder) });
      expect([status, JSON.parse(stdout)]).toMatchObject([
        0,
        { outputs: { q: 0xa3 }, printed: 'more\nmore\n' },
      ]);
    }
  });

  test('stops where an assertion is broken, and fails', async () => {
    const cwd = project({
      'a.sv': `module a (input clk, input rst, output reg [3:0] n = 0);
  always @(posedge clk) n <= n + 1;
  always @(posedge clk) begin
    $write("%0d ", n);
    if (n == 2) $error("two at %m");
    assert (n < 5);
    cover (n == 1);
  end
endmodule`,
    });
    const { status, stdout, stderr } = await hdlGen('sim --verilog a.sv', { cwd });
    expect(stdout).toMatch(/^0 1 2 ERROR: a.sv:5: two at .*\n3 4 5 /);
    expect(stdout).toMatch(
      /cycles {3}5\n {2}outputs {2}n = 5 in the last cycle\n {2}covered {2}1 times: cover \(n == 1\)/,
    );
    expect(stderr).toMatch(
      /error TCT-6040: the design has reported 1 error; the first in cycle 2: two at .*\n {2}at a.sv:5/,
    );
    expect(stderr).toMatch(/error TCT-3004: assertion broken in cycle 5: assert \(n < 5\)\n {2}at a.sv:6/);
    expect(status).toBe(1);
  });

  test('several clocks tick together, or those that are named', async () => {
    const cwd = project({
      'two.v': `module two (input a_clk, input b_clk, input en, input d, output reg [3:0] a, output reg [3:0] b, output reg l);
  always @(posedge a_clk) a <= a + 1;
  always @(posedge b_clk) b <= b + 2;
  always @* if (en) l = d;
endmodule`,
    });
    const outputs = async (options: string) => {
      const call = `sim --verilog two.v --cycles 5 --set en=1 --set d=1 --json ${options}`;
      return JSON.parse((await hdlGen(call, { cwd })).stdout).outputs;
    };
    expect(await outputs('')).toEqual({ a: 4, b: 8, l: 1 });
    expect(await outputs('--clock b_clk --engine oracle')).toEqual({ a: 0, b: 8, l: 1 });
  });

  const files = {
    'good.v':
      'module good (input clk, input [1:0] en, output reg q);\n  always @(posedge clk) q <= en[0];\nendmodule',
    'bad.v': 'module bad (input x, output y);\n  assign y = x +;\nendmodule',
  };
  test.each([
    ['none.v', 2, /^error TCT-6031: 'none.v' cannot be read/m],
    [
      'bad.v',
      2,
      /^error TCT-4014: Yosys cannot read the Verilog: syntax error, unexpected ';'\n {2}at bad.v:2\n/m,
    ],
    [
      'good.v --set enn=1',
      2,
      /^error TCT-6039: '--set' names 'enn', .*; it has 'en'\n {2}help: did you mean 'en'/m,
    ],
    ['good.v --clock ck', 2, /^error TCT-6039: '--clock' names 'ck', .*no such clock; it has 'clk'/m],
    ['good.v -P W', 2, /^error TCT-6038: '--parameter' takes NAME=VALUE, not 'W'/m],
    ['good.v --circuit a.ts', 2, /^error TCT-6006: '--circuit' and '--verilog' contradict each other/m],
  ])('refuses, with a place and a way out: %s', async (call, exitStatus, message) => {
    const cwd = project(files);
    const { status, stdout, stderr } = await hdlGen(`sim --verilog ${call}`, { cwd });
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain('    at ');
    expect([status, stdout, readdirSync(cwd)]).toEqual([exitStatus, '', Object.keys(files).sort()]);
  });

  test('options of Verilog need Verilog', async () => {
    const { status, stderr } = await hdlGen('sim --top a', { cwd: workspace() });
    expect([status, stderr]).toEqual([
      2,
      expect.stringMatching(/^error TCT-6037: '--top' is about '--verilog'/),
    ]);
  });
});
