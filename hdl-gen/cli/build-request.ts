import type { Device } from '../../synth/index.ts';
import { emitVerilog } from '../emit/index.ts';
import { type BuildDesign, designFor } from './build-design.ts';
import type { Context } from './command.ts';
import { canonicalOptions } from './names.ts';
import type { BuildValues } from './options.ts';
import { goalMHz, type Target } from './target.ts';

/** A design, and what the tools are asked to make of it. */
export interface Prepared {
  readonly chosen: BuildDesign;
  /** The path of the design in the report: it is the top, or within a PLL's. */
  readonly path: string;
  readonly request: {
    /** Verilog by path. */
    readonly files: Readonly<Record<string, string>>;
    readonly top: string;
    readonly device: Device;
    readonly package: string | undefined;
    readonly targetMHz: number;
    readonly timingWeight: number | undefined;
    readonly pcf: string | undefined;
  };
}

/** Makes the design that is asked for, and its Verilog. */
export async function prepare(values: BuildValues, target: Target, context: Context): Promise<Prepared> {
  const chosen = await designFor(values, target, context);
  const madeBy = `${verilogCommand(values, target, chosen)} (Tercet ${context.version})`;
  const verilog = emitVerilog(chosen.design, { madeBy, pll: chosen.clock?.pll?.cell });
  const top = verilog.at(-1)!.name.replace(/\.v$/, '');
  return {
    chosen,
    path: chosen.clock?.pll === undefined ? top : `${top}.clocked`,
    request: {
      files: Object.fromEntries(verilog.map(({ name, text }) => [`verilog/${name}`, text])),
      top,
      device: target.device,
      package: target.package,
      targetMHz: chosen.clock?.MHz ?? values.mhz ?? goalMHz[target.device.yosysDevice],
      timingWeight: values.timingWeight,
      pcf: chosen.pcf,
    },
  };
}

/** The call that builds the same again. */
export function buildCommand(values: BuildValues, target: Target, chosen: BuildDesign): string {
  const command = verilogCommand(values, target, chosen);
  // On a board the clock is a part of the Verilog.
  const clock = values.mhz === undefined || target.board !== undefined ? '' : ` --mhz ${values.mhz}`;
  const seed = command.includes(' --seed ') ? '' : ` --seed ${values.seed}`;
  const weight = values.timingWeight === undefined ? '' : ` --timing-weight ${values.timingWeight}`;
  return `${command}${clock} --seeds ${values.seeds}${seed}${weight}`;
}

/** The call that makes the same Verilog again. */
function verilogCommand(
  values: BuildValues,
  { board, device }: Target,
  { reference, hardwired, memory, options = '' }: BuildDesign,
): string {
  const what =
    hardwired?.options ??
    (memory !== undefined
      ? `${canonicalOptions(memory.values)}${memory.ownOptions}`
      : reference === undefined
        ? `${canonicalOptions(values)}${values.interface === 'stream' ? '' : ` --interface ${values.interface}`}`
        : `--circuit ${reference}${options}`);
  const clock = values.mhz === undefined ? '' : ` --mhz ${values.mhz}`;
  const place = board === undefined ? `--device ${device.name}` : `--board ${board.name}${clock}`;
  // With lanes, rows and the accumulator given, nothing is left to choose.
  const rows = values.rows === 1 ? ' --rows 1' : '';
  const sums = values.accumulator === 'segments' && values.arch !== 'table' ? ' --accumulator segments' : '';
  const fill = values.fill ? `${rows}${sums} --fill` : '';
  // The self-test has operands of its own, which the seed decides.
  const seed = board === undefined || reference !== undefined ? '' : ` --seed ${values.seed}`;
  return `hdl-gen build ${what}${fill} ${place}${seed}`;
}

/** The folder of its files. */
export function buildFolder(values: BuildValues, { name }: BuildDesign): string {
  return values.out ?? `build/${name}`;
}
