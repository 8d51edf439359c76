import { findBoard, pllSettings, writePcf } from '../../constraints/index.ts';
import { emitVerilog } from '../../hdl-gen/emit/index.ts';
import { elaborate } from '../../hdl-gen/lang/index.ts';
import { boardCore, defaultCore, lockPort } from '../../rtl/top/index.ts';
import { cellsWithin, findDevice, measure, recall } from '../../synth/index.ts';

/** What a whole board takes, by parts, and how fast it is. */
export interface MeasuredBoard {
  readonly fmaxMHz: number;
  /** How many of the seeds reach the clock that is asked for. */
  readonly met: number;
  readonly allCells: number;
  /** The array without the registers of its weights, and these: they are cells of the decoder as well. */
  readonly array: number;
  readonly weightRegisters: number;
  /** What only shows that the board is alive, and holds the reset. */
  readonly lights: number;
}

/** The iCEBreaker of `hdl-gen build --circuit matmul --mhz`, pins, PLL and all. */
export async function measureBoard(askedMHz: number, seeds: readonly number[]): Promise<MeasuredBoard> {
  const board = findBoard('icebreaker');
  const device = findDevice(board.device);
  const core = defaultCore(device);
  const { divr, divf, divq, filterRange, MHz } = pllSettings(device, board.clock.MHz, askedMHz);
  const { leds } = board;
  const design = elaborate(
    boardCore({ core, clockHz: Math.round(MHz * 1e6), baud: 1_000_000, leds, pll: true }),
  );
  const verilog = emitVerilog(design, {
    pll: {
      cell: 'SB_PLL40_PAD',
      parameters: { DIVR: divr, DIVF: divf, DIVQ: divq, FILTER_RANGE: filterRange },
      lockPort,
    },
  });
  const top = verilog.at(-1)!.name.replace('.v', '');
  const request = {
    files: Object.fromEntries(verilog.map(({ name, text }) => [name, text])),
    ...{ top, device, targetMHz: MHz, seeds },
    pcf: writePcf(board, { clk: 'clock', rx: 'rx', tx: 'tx', led: leds.map((_, i) => `led${i}`) }),
  };
  const found = (await recall(request)) ?? (await measure(request));
  if (!found.fits) throw new Error('the board does not fit its device');
  const { resources, fmaxMHz } = found;
  return {
    fmaxMHz: fmaxMHz ?? 0,
    met: found.seeds.filter(({ fmaxMHz }) => fmaxMHz !== null && fmaxMHz >= MHz).length,
    allCells: resources.lc.used,
    array: cellsWithin(resources, 'array'),
    weightRegisters: 2 * core.lanes,
    lights: resources.byModule[`${top}.clocked`]?.lc ?? 0,
  };
}
