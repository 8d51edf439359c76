import type { Diagnostic } from '../../diagnostic/index.ts';
import type * as ir from '../../ir/index.ts';
import { checkDrivers, checkLoops, unusedInputs } from './check.ts';
import type { Circuit } from './component.ts';
import { checkCrossings } from './crossings.ts';
import { lower } from './lower.ts';
import type { Module } from './module.ts';
import type { RecordShape, SignalRecord } from './shape.ts';

/** A circuit that has passed every check: its hierarchy for the Verilog, and flat for everything that runs it. */
export interface Design {
  readonly top: Module;
  /** Every module once, each before the modules that use it; the top comes last. */
  readonly modules: readonly Module[];
  readonly circuit: ir.Circuit;
  /** What is not wrong but deserves a look, such as unused inputs. */
  readonly warnings: readonly Diagnostic[];
}

/**
 * Builds a circuit and checks it.
 * @throws Diagnostic TCT-1005 (no driver), TCT-1006 (combinational loop), TCT-1007 and TCT-1030 (clock domains), and
 * whatever building it refuses.
 */
export function elaborate<I extends RecordShape, O extends SignalRecord>(circuit: Circuit<I, O>): Design {
  const modules = modulesOf(circuit.module);
  modules.forEach(checkDrivers);
  const flat = lower(circuit.module);
  checkLoops(flat, circuit.module);
  checkCrossings(flat);
  return { top: circuit.module, modules, circuit: flat, warnings: modules.flatMap(unusedInputs) };
}

function modulesOf(top: Module): Module[] {
  const ordered = new Set<Module>();
  const visit = (module: Module): void => {
    if (ordered.has(module)) return;
    for (const { module: inner } of module.instances) visit(inner);
    ordered.add(module);
  };
  visit(top);
  return [...ordered];
}
