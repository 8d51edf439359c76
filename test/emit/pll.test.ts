import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emitVerilog, type PllCell } from '../../hdl-gen/emit/index.ts';
import { bit, component, elaborate, int, registered } from '../../hdl-gen/lang/index.ts';
import { hasIcarus, missing } from '../support/tools.ts';

/* A design whose clock comes from a PLL: what is written around it, played by Icarus with a PLL that is four times as fast as its pin. */

const parameters = { DIVR: 0, DIVF: 63, DIVQ: 4, FILTER_RANGE: 1 };
const cell: PllCell = { cell: 'SB_PLL40_CORE', parameters, lockPort: 'pll_locked' };

/** Two edges of the clock from `x` to `y`; `pll_clk` is a name of its own. */
const late = component('late', {
  inputs: { x: int(5), pll_locked: bit },
  build: ({ x, pll_locked }) => ({ y: registered(registered(x)), pll_clk: registered(pll_locked) }),
});

const model = `module SB_PLL40_CORE #(parameter FEEDBACK_PATH = "", DIVR = 9, DIVF = 9, DIVQ = 9, FILTER_RANGE = 9)
  (input wire REFERENCECLK, input wire RESETB, input wire BYPASS, output reg PLLOUTGLOBAL, output wire LOCK);
  initial PLLOUTGLOBAL = 0;
  always @(posedge REFERENCECLK) repeat (4) begin PLLOUTGLOBAL = 1; #5 PLLOUTGLOBAL = 0; #4; end
  assign LOCK = RESETB & ~BYPASS & (FEEDBACK_PATH == "SIMPLE") & (DIVR == 0) & (DIVF == 63) & (DIVQ == 4) & (FILTER_RANGE == 1);
endmodule
module bench;
  reg clk = 0; reg signed [4:0] x = 0; wire signed [4:0] y; wire lock;
  late_pll dut (.clk(clk), .x(x), .y(y), .pll_clk(lock));
  always #20 clk = ~clk;
  initial begin
    #100 x = -7;
    #20 $display("%0d %b", y, lock);
    $finish;
  end
endmodule`;

describe('a design whose clock comes from a PLL', () => {
  it('has a top around it, with the clock of the pin and without the port for the lock', () => {
    const files = emitVerilog(elaborate(late), { pll: cell });
    expect(files.map(({ name }) => name)).toEqual(['late.v', 'late_pll.v']);
    const text = files[1]!.text.replaceAll(/\(\*.*?\*\) /g, '');
    expect(text).toContain('.REFERENCECLK(clk),\n    .PLLOUTGLOBAL(pll_clk_),\n    .LOCK(locked),');
    expect(text).not.toMatch(/input wire pll_locked/);
  });

  it.skipIf(!hasIcarus)(`runs with the clock of the PLL${missing(hasIcarus, 'Icarus Verilog')}`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'tercet-pll-'));
    try {
      const files = [...emitVerilog(elaborate(late), { pll: cell }), { name: 'bench.v', text: model }];
      for (const { name, text } of files) writeFileSync(join(folder, name), text);
      const names = files.map(({ name }) => name);
      const played = (program: string, ...args: string[]): string => {
        const { stdout, stderr } = spawnSync(program, args, { cwd: folder, encoding: 'utf8' });
        return stderr + stdout;
      };
      expect(played('iverilog', '-g2005', '-Wall', '-s', 'bench', '-o', 'bench', ...names)).toBe('');
      expect(played('vvp', '-n', 'bench')).toMatch(/^-7 1$/m);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
