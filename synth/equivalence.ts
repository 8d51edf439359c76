/** Whether two designs do the same: Verilog against Verilog, or against a netlist of iCE40 cells. */
import { type Netlist, parseNetlist } from './netlist.ts';
import type { OnProgress } from './progress.ts';
import { ask, type SatAnswer, type SatTrace } from './sat.ts';
import { moduleName, readCommands, sourceFiles } from './sources.ts';
import type { FileSet } from './tool.ts';
import { ice40ModelsOf } from './tool-package.ts';
import type { Synthesis } from './yosys.ts';

/** One of the two. */
export interface EquivalenceSide {
  /** Verilog: all of it, or what is around the netlist. */
  readonly files: FileSet;
  /** A netlist in the JSON of Yosys, whose cells get Yosys' own models. */
  readonly netlistJson?: string | undefined;
}

/** What is to be shown equal. Both have the same top, with the same ports. */
export interface EquivalenceRequest {
  readonly top: string;
  readonly gold: EquivalenceSide;
  readonly gate: EquivalenceSide;
  /**
   * Inner signals, by their names from the top on, which are the same too: with enough of these the induction needs to
   * look one cycle ahead only. They are proved like the outputs.
   */
  readonly pairs: readonly (readonly [gold: string, gate: string])[];
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Cycles from power-up in which a difference of the outputs is looked for where there is no proof. */
  readonly cycles: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: OnProgress | undefined;
}

/** Cycles that the induction may look ahead. */
const inductionSteps = 2;

/**
 * Proves that both sides give the same outputs for ever, whatever their inputs are, or finds inputs for which they do
 * not. Where there is no proof, the outputs are compared over some cycles from power-up, for all inputs. A trace has the
 * inputs, and the outputs of either side as `gold_name` and `gate_name`.
 * @throws Diagnostic TCT-4003, TCT-4008 and TCT-4009 as `runYosys`, TCT-4010 and TCT-4011 for what cannot be read.
 */
export async function proveEquivalence(request: EquivalenceRequest): Promise<SatAnswer> {
  const { pairs, inputs, outputs, cycles, signal, onProgress } = request;
  const question = {
    commands: [
      ...sideCommands(request, 'gold'),
      ...sideCommands(request, 'gate'),
      'design -copy-from gold -as gold gold',
      'design -copy-from gate -as gate gate',
      'miter -equiv -flatten -make_outputs gold gate miter',
      'hierarchy -top miter',
      'opt_clean',
    ],
    files: { ...sideFiles(request.gold, 'gold'), ...sideFiles(request.gate, 'gate') },
    module: 'miter',
    shown: [
      ...inputs.map(name => `in_${name}`),
      ...outputs.flatMap(name => [`gold_${name}`, `gate_${name}`]),
    ],
    signal,
    onProgress,
  };
  const same = '-prove trigger 0';
  const all = [same, ...pairs.map(([gold, gate]) => `-prove \\gold.${gold} \\gate.${gate}`)];
  const proof = await ask({ ...question, claims: all, steps: inductionSteps, byInduction: true });
  if (proof.kind === 'proved') return proof;
  const search = await ask({ ...question, claims: [same], steps: cycles, byInduction: false });
  return search.kind === 'refuted' ? { kind: 'refuted', trace: withoutMarks(search.trace) } : search;
}

/** Inputs under their own names: the miter puts `in_` before them. */
function withoutMarks(trace: SatTrace): SatTrace {
  return trace.map(values =>
    Object.fromEntries(Object.entries(values).map(([name, bits]) => [name.replace(/^in_/, ''), bits])),
  );
}

type SideName = 'gold' | 'gate';

function sideFiles({ files, netlistJson }: EquivalenceSide, side: SideName): FileSet {
  const named = Object.entries(files).map(([path, text]) => [`${side}/${path}`, text] as const);
  if (netlistJson === undefined) return sourceFiles(Object.fromEntries(named));
  return {
    ...sourceFiles(Object.fromEntries(named)),
    [`${side}/netlist.json`]: netlistJson,
    [`${side}/models.v`]: ice40ModelsOf(cellTypes(netlistJson)),
  };
}

function sideCommands(request: EquivalenceRequest, side: SideName): string[] {
  const { files, netlistJson } = request[side];
  const named = Object.fromEntries(Object.entries(files).map(([path, text]) => [`${side}/${path}`, text]));
  const top = moduleName(request.top);
  return [
    ...(netlistJson === undefined ? [] : [`read_json ${side}/netlist.json`, `read_verilog ${side}/models.v`]),
    ...readCommands(named),
    `hierarchy -check -top ${top}`,
    'proc',
    'flatten',
    // The models of DSP blocks have asynchronous resets, which SAT does not know.
    'async2sync',
    'opt_clean',
    `rename ${top} ${side}`,
    `design -stash ${side}`,
  ];
}

function cellTypes(netlistJson: string): string[] {
  const { modules } = parseNetlist(netlistJson, 'Yosys');
  return Object.values(modules).flatMap(({ cells }) => Object.values(cells).map(({ type }) => type));
}

/**
 * The registers of a design that are in its netlist under the same names, and have all their bits from flip-flops
 * there.
 */
export function sharedRegisters({ netlist, hierarchy }: Synthesis, top: string): string[] {
  const module = netlist.modules[top];
  if (module === undefined) return [];
  const kept = Object.values(module.cells).filter(({ type }) => type.startsWith('SB_DFF'));
  const bits = new Set(kept.flatMap(({ connections }) => connections.Q ?? []));
  const named = new Set(namesWithin(hierarchy, top, ''));
  return Object.entries(module.netnames)
    .filter(([name, net]) => named.has(name) && net.bits.every(bit => bits.has(bit)))
    .map(([name]) => name);
}

function namesWithin(hierarchy: Netlist, top: string, path: string): string[] {
  const { modules } = hierarchy;
  const { netnames = {}, cells = {} } = modules[top] ?? {};
  const own = Object.entries(netnames).filter(
    ([name, { hide_name }]) => hide_name === 0 && /^\w+$/.test(name),
  );
  return [
    ...own.map(([name]) => path + name),
    ...Object.entries(cells).flatMap(([name, { type }]) =>
      type in modules ? namesWithin(hierarchy, type, `${path}${name}.`) : [],
    ),
  ];
}
