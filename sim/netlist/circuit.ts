import type { Diagnostic } from '../../diagnostic/index.ts';
import type { Circuit } from '../../ir/index.ts';
import { CircuitBuilder } from './builder.ts';
import { type CellReader, NetlistCell, type Surroundings } from './cell.ts';
import { requireForm } from './cell-form.ts';
import { cellReaders } from './cells/index.ts';
import { Clocks } from './clocks.ts';
import { unknownCells } from './diagnostics.ts';
import { InitialValues } from './initial-values.ts';
import { type NetlistBit, type NetlistModule, readModule } from './json.ts';
import { NetNames } from './names.ts';
import { Pads } from './pads.ts';
import { type PortParts, Ports } from './ports.ts';
import { inOrder, type Print } from './print.ts';
import { nameSignals } from './signals.ts';
import { Sources } from './sources.ts';
import { Warnings } from './warnings.ts';
import { type BitPlace, Wires } from './wires.ts';

export interface NetlistOptions {
  /** The top module; without it the one that is marked as such, or the only one. */
  readonly top?: string | undefined;
  /** Ports that become several ports, or have values other than unsigned numbers. */
  readonly ports?: PortParts | undefined;
  /** Readers of types of cells, before those that are known. */
  readonly cells?: Readonly<Record<string, CellReader>> | undefined;
  /** What becomes of a net that something reads and nothing drives: refused (the default), or 0 with a warning. */
  readonly undriven?: 'refused' | 'zero' | undefined;
  /** The Verilog that the netlist was made of, by the paths that it names: messages quote it. */
  readonly sources?: Readonly<Record<string, string>> | undefined;
}

/** A netlist as a circuit. */
export interface NetlistCircuit {
  readonly circuit: Circuit;
  /** Each is told once: unknown bits that read 0, and what of a cell is not simulated. */
  readonly warnings: readonly Diagnostic[];
  /** What `$display` and its like in Verilog would print, in its order: `PrintingSimulation` runs them. */
  readonly prints: readonly Print[];
  /**
   * Where in the circuit a net of the netlist is, by its number there. Undefined for clocks, which have no value in a
   * circuit, and for inputs that nothing reads.
   */
  readonly placeOf: (bit: NetlistBit) => BitPlace | undefined;
}

/**
 * Reads a flat netlist, in the JSON of Yosys or nextpnr, as a circuit: `createSimulation(circuit)` runs it.
 *
 * Ports are unsigned numbers, or signed ones where the netlist says so. Clocks are no ports but domains; a design
 * with both edges of a clock has a domain for each.
 *
 * @throws Diagnostic TCT-3201 to TCT-3212 for a netlist that cannot be simulated.
 */
export function netlistCircuit(json: string, options: NetlistOptions = {}): NetlistCircuit {
  const module = readModule(json, options.top);
  const warnings = new Warnings();
  const builder = new CircuitBuilder();
  const wires = new Wires(builder, new NetNames(module), warnings, options.undriven === 'zero');
  const clocks = new Clocks(builder, wires);
  const pads = new Pads(module, builder, wires);
  const ports = new Ports(module, options.ports ?? {}, builder, wires, clocks, warnings);
  const initial = new InitialValues(module);
  const sources = new Sources(options.sources ?? {});
  const cells = cellsOf(module, options.cells ?? {}, {
    ...{ builder, wires, clocks, pads, initial, warnings, sources },
  });

  for (const { cell, reader } of cells) requireForm(cell, reader.form ?? {});
  for (const { cell, reader } of cells) reader.join?.(cell);
  for (const { cell, reader } of cells) {
    const { outputs = [] } = reader;
    cell.declare(typeof outputs === 'function' ? outputs(cell) : outputs);
  }
  ports.offer();
  pads.offer();
  for (const { cell, reader } of cells) {
    builder.maker = cell;
    reader.read?.(cell);
  }
  for (const { cell, reader } of cells) {
    builder.maker = cell;
    reader.watch?.(cell);
  }
  builder.maker = { name: module.name, source: '' };
  clocks.takeAbsorbed();
  ports.finish();
  pads.finish();
  clocks.finish();
  nameSignals(module, builder, wires);
  return {
    circuit: builder.circuit(module.name),
    warnings: warnings.list,
    prints: inOrder(builder.prints),
    placeOf: bit => wires.placeOf(bit),
  };
}

/** @throws Diagnostic TCT-3204 for types of cells that nobody can read. */
function cellsOf(
  { cells }: NetlistModule,
  own: Readonly<Record<string, CellReader>>,
  surroundings: Surroundings,
): { readonly cell: NetlistCell; readonly reader: CellReader }[] {
  const known: Readonly<Record<string, CellReader>> = { ...cellReaders, ...own };
  const unknown = new Map<string, { name: string; type: string; source: string; count: number }>();
  const found: { cell: NetlistCell; reader: CellReader }[] = [];
  for (const [name, data] of Object.entries(cells)) {
    const cell = new NetlistCell(name, data, surroundings);
    const reader = Object.hasOwn(known, data.type) ? known[data.type] : undefined;
    if (reader !== undefined) found.push({ cell, reader });
    else {
      const { type, source } = cell;
      const first = unknown.get(type) ?? { name, type, source, count: 0 };
      unknown.set(type, { ...first, count: first.count + 1 });
    }
  }
  if (unknown.size > 0) throw unknownCells([...unknown.values()]);
  return found;
}
