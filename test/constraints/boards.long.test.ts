import { beforeAll, describe, expect, test } from 'vitest';
import { type Board, boards, pllSettings, writePcf } from '../../constraints/index.ts';
import { requireBitstream } from '../../flash/index.ts';
import {
  findDevice,
  findPackage,
  pack,
  placeAndRoute,
  type Synthesis,
  synthesise,
} from '../../synth/index.ts';

/* nextpnr places something on every board: pins, packages and PLLs are as the board says. */
describe('every board', () => {
  let blink: Synthesis;
  let echo: Synthesis;
  /** Where its settings are is of no matter for a place. */
  const fast: { pad?: Synthesis; core?: Synthesis } = {};

  beforeAll(async () => {
    // One synthesis serves all boards with the same parts: the cells are the same, only the delays that ABC9 minds differ.
    const make = (top: string, ports: string, more: string): Promise<Synthesis> => {
      const text = `module ${top}(input clk, output led${ports});
        reg [21:0] count = 0;
        always @(posedge clk) count <= count + 1;
        assign led = count[21];${more}
      endmodule`;
      return synthesise({ files: { [`${top}.v`]: text }, top, device: findDevice('hx1k') });
    };
    blink = await make('blink', '', '');
    echo = await make('echo', ', input rx, output tx', ' assign tx = rx;');
  });

  const sizes: Readonly<Record<string, number>> = { up5k: 104090, hx1k: 32220, hx8k: 135100, lp8k: 135100 };

  test.each(boards.map(board => [board.name, board] as const))(
    '%s: a blinking light becomes a bitstream',
    async (_, board) => {
      const device = findDevice(board.device);
      const placed = await placeAndRoute({
        netlistJson: (board.uart === undefined ? blink : echo).netlistJson,
        device,
        package: findPackage(device, board.package),
        targetMHz: board.clock.MHz,
        seed: 1,
        pcf: writePcf(board, wiringOf(board)),
      });
      expect(placed.log).toContain("constrained 'clk' to bel");
      expect(placed.log).toContain("constrained 'led' to bel");
      if (board.uart !== undefined) expect(placed.log).toContain("constrained 'tx' to bel");
      expect(placed.fmaxMHz).toBeGreaterThan(board.clock.MHz);
      const { bitstream } = await pack(placed.asc);
      expect(bitstream.length).toBe(sizes[board.device]);
      requireBitstream(bitstream, 'blink.bin', board);
    },
  );

  test.each(boards.map(board => [board.name, board] as const))(
    '%s: its PLL makes a clock from the pin',
    async (_, board) => {
      const device = findDevice(board.device);
      const wanted = board.clock.MHz === 48 ? 24 : 48;
      const { divr, divf, divq, filterRange } = pllSettings(device, board.clock.MHz, wanted);
      const isPad = board.clock.pll === 'pad';
      const text = `module fast(input clk, output led);
        wire quick, locked;
        SB_PLL40_${isPad ? 'PAD' : 'CORE'} #(.FEEDBACK_PATH("SIMPLE"), .DIVR(${divr}), .DIVF(${divf}),
          .DIVQ(${divq}), .FILTER_RANGE(${filterRange})) pll (.${isPad ? 'PACKAGEPIN' : 'REFERENCECLK'}(clk),
          .PLLOUTGLOBAL(quick), .LOCK(locked), .RESETB(1'b1), .BYPASS(1'b0));
        reg [21:0] count = 0;
        always @(posedge quick) if (locked) count <= count + 1;
        assign led = count[21];
      endmodule`;
      fast[isPad ? 'pad' : 'core'] ??= await synthesise({ files: { 'fast.v': text }, top: 'fast', device });
      const placed = await placeAndRoute({
        netlistJson: fast[isPad ? 'pad' : 'core']!.netlistJson,
        device,
        package: findPackage(device, board.package),
        targetMHz: wanted,
        seed: 1,
        pcf: writePcf(board, { clk: 'clock', led: 'led0' }),
      });
      expect(placed.log).toMatch(/constrained PLL 'pll' to/);
      expect(placed.fmaxMHz).toBeGreaterThan(wanted);
    },
  );
});

function wiringOf(board: Board): Record<string, string> {
  return { clk: 'clock', led: 'led0', ...(board.uart === undefined ? {} : { rx: 'rx', tx: 'tx' }) };
}
