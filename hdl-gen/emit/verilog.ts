import { type Design, Interval, type Module } from '../lang/index.ts';
import { moduleDeclaration } from './module.ts';
import { moduleNames } from './names.ts';
import { type PllCell, pllTop } from './pll-top.ts';
import { printModule } from './print.ts';

/** One Verilog file: a module of the same name. */
export interface VerilogFile {
  /** `<module>.v` */
  readonly name: string;
  readonly text: string;
}

/** What the header says, beside what the design knows itself. */
export interface EmitOptions {
  /** The command or program that made the file, with its version: `hdl-gen --lanes 64 (Tercet 0.1.0)`. */
  readonly madeBy?: string | undefined;
  /** The PLL that makes the clock of the design: then the top is a module around it. */
  readonly pll?: PllCell | undefined;
}

/**
 * The Verilog of a design: one file for each module, the top last. The same design gives the same bytes. It is
 * Verilog-2005, without a warning from `iverilog -g2005 -Wall` and `verilator --lint-only -Wall`.
 */
export function emitVerilog(
  design: Design,
  { madeBy = 'Tercet', pll }: EmitOptions = {},
): readonly VerilogFile[] {
  const names = moduleNames(design.modules);
  const nameOf = (module: Module): string => names.get(module)!;
  const headOf = (name: string, { source }: Module): string[] => [
    `${name}, made by ${madeBy} from ${source}.`,
    'Do not edit: change the source and make it again.',
  ];
  const modules = design.modules
    .filter(module => module.foreign === undefined)
    .map(module => {
      const header = [...headOf(nameOf(module), module), ...parameterLines(module)];
      return { name: `${nameOf(module)}.v`, text: printModule(moduleDeclaration(module, nameOf, header)) };
    });
  if (pll === undefined) return modules;
  const top = nameOf(design.top);
  const around = pllTop(design, pll, top, headOf(`${top}_pll`, design.top));
  return [...modules, { name: `${around.name}.v`, text: printModule(around) }];
}

/** Characters that the head of a file has for one parameter. */
const mostCharacters = 400;

function parameterLines(module: Module): string[] {
  const given = Object.entries(module.parameters);
  if (given.length === 0) return [];
  return [
    '',
    ...given.map(([key, value]) => {
      const told = readable(key, value);
      return `${key}: ${brief(typeof told === 'object' ? JSON.stringify(told, readable) : String(told))}`;
    }),
  ];
}

/** A parameter may be a whole matrix: its begin tells enough. */
function brief(text: string): string {
  return text.length <= mostCharacters
    ? text
    : `${text.slice(0, mostCharacters)} … (${text.length} characters)`;
}

/** What JSON cannot say, or only at length. */
function readable(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' || value instanceof Interval ? `${value}` : value;
}
