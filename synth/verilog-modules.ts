import { chooseTop } from './diagnostics.ts';

/** A module of Verilog that Yosys has read. */
interface Module {
  readonly name: string;
  /** The types of its cells. */
  readonly cells: readonly string[];
}

/** @param statistics what Yosys' `stat -json` wrote. */
export function modulesOf(statistics: string): readonly Module[] {
  const { modules } = JSON.parse(statistics) as {
    readonly modules: Record<string, { readonly num_cells_by_type?: Record<string, number> }>;
  };
  return Object.entries(modules).map(([name, { num_cells_by_type: types = {} }]) => ({
    name: name.replace(/^\\/, ''),
    cells: Object.keys(types),
  }));
}

/** The only module that no other has an instance of. @throws Diagnostic TCT-4016 where it is not one. */
export function onlyTopOf(modules: readonly Module[]): string {
  const used = new Set(modules.flatMap(({ cells }) => cells));
  const tops = modules.map(({ name }) => name).filter(name => !used.has(name));
  if (tops.length !== 1) throw chooseTop(tops, modules.length);
  return tops[0]!;
}
