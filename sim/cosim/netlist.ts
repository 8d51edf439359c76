import type { Diagnostic } from '../../diagnostic/index.ts';
import { netlistCircuit } from '../netlist/index.ts';
import { createSimulation } from '../simulation.ts';
import type { Bench, BenchPort } from './bench.ts';
import type { Opinion } from './opinion.ts';
import { simulationOpinion } from './simulated.ts';

/** A netlist's opinion, and what its reader warns of. */
export interface NetlistOpinion extends Opinion {
  readonly warnings: readonly Diagnostic[];
}

/**
 * The opinion of a synthesised netlist of a bench's top module, in the JSON of Yosys or nextpnr.
 * @throws Diagnostic TCT-3201 to TCT-3211 for a netlist that cannot be simulated.
 */
export function netlistOpinion(
  { top, inputs, outputs }: Bench,
  json: string,
  { seed = 0 }: { readonly seed?: number } = {},
): NetlistOpinion {
  const parts = ({ name, interval, elements }: BenchPort) =>
    [name, elements.map(element => ({ name: element, interval }))] as const;
  const { circuit, warnings } = netlistCircuit(json, {
    top,
    ports: Object.fromEntries([...inputs, ...outputs].map(parts)),
  });
  return { ...simulationOpinion('netlist', () => createSimulation(circuit, { seed })), warnings };
}
