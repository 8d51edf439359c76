import type { Diagnostic } from '../../../diagnostic/index.ts';
import { type Activity, activityOf } from '../../../energy/index.ts';
import type { Circuit } from '../../../ir/index.ts';
import type { Records } from '../../../sim/index.ts';
import { type TransitionRun, transitionRun } from '../../../sim/timed/index.ts';
import { type PlacedDesign, type PlacedOnce, parseSdf } from '../../../synth/index.ts';
import type { RecordedInputs } from './recorded.ts';

/** What was counted while a placed circuit ran. */
export interface Played {
  readonly activity: Activity;
  /** Cycles that were counted. */
  readonly cycles: number;
  readonly warnings: readonly Diagnostic[];
}

export interface PlayOptions {
  readonly clockMHz: number;
  /** The first of the recorded cycles that is counted; the default is the first one of all. */
  readonly from?: number;
  /** How many are counted at most. */
  readonly cycles: number;
  readonly seed: number;
  /** Called now and then with the part that is done. */
  readonly onBlock?: (done: number) => Promise<void>;
}

/** Cycles with the reset on, before anything is counted. */
const resetCycles = 4;

/** Cycles between two calls of `onBlock`. */
const block = 500;

/**
 * Plays the inputs of a circuit into its placement behind few pins (`keepAlive`, a flip-flop for each bit): the flip-flops of
 * the wrapper in front of the circuit are taken away, and what they drove has the recorded values. So the circuit runs in
 * its place and with its delays, but with any data.
 */
export async function play(
  { design, placedJson, sdf }: Pick<PlacedOnce, 'design' | 'placedJson' | 'sdf'>,
  circuit: Circuit,
  recorded: RecordedInputs,
  { clockMHz, from = 0, cycles, seed, onBlock }: PlayOptions,
): Promise<Played> {
  const fed = pinsOf(circuit, design).flatMap(pin => {
    // What nothing reads has gone.
    const net = design.netOfName.get(pin.register);
    return net === undefined ? [] : [{ ...pin, net: design.nets[net]!.netName }];
  });
  const run = transitionRun({
    ...{ placedJson, delays: parseSdf(sdf), periodPs: Math.round(1e6 / clockMHz), seed },
    forced: fed.map(({ net }) => net),
  });
  resetRun(run);
  const feedFrom = (start: number) => (inputs: Records, first: number) => {
    for (const { net, input, bit } of fed) {
      const field = inputs.field(net);
      for (let i = 0; i < inputs.cycles; i++)
        inputs.setNumber(field, i, recorded.at(start + first + i, input, bit));
    }
  };
  if (from > 0) run.skip(from, feedFrom(0));
  const end = Math.min(from + cycles, recorded.cycles);
  for (let start = from; start < end; start += block) {
    run.count(Math.min(block, end - start), feedFrom(start));
    await onBlock?.((start - from) / (end - from));
  }
  const transitions = run.transitions();
  return {
    activity: activityOf(design, transitions, clockMHz),
    cycles: transitions.cycles,
    warnings: run.warnings,
  };
}

/** A bit of an input, and the flip-flop of the wrapper that feeds it. */
interface Pin {
  readonly input: string;
  readonly bit: number;
  readonly register: string;
}

/**
 * `keepAlive` gives the bits of the inputs the stages of its chain in their order. It also keeps stages for inputs that can have one value
 * only, which are no inputs of the circuit: so where an input begins is looked up by the name that it has in the netlist.
 */
function pinsOf({ inputs, nets, domains }: Circuit, { netOfName }: PlacedDesign): Pin[] {
  const resets = new Set(domains.map(({ name }) => `${name}_rst`)).add('rst');
  const stageOfNet = new Map<number, number>();
  for (const [name, net] of netOfName) {
    const [, number] = /^chain_(\d+)$/.exec(name) ?? [];
    if (number !== undefined) stageOfNet.set(net, Number(number));
  }
  let stage = 0;
  return inputs
    .filter(({ name }) => !resets.has(name))
    .flatMap(({ name, net }) => {
      for (const alias of [name, `${name}[0]`, `${name.replace(/(_0)+$/, '')}[0]`]) {
        const found = stageOfNet.get(netOfName.get(`core.${alias}`) ?? -1);
        if (found !== undefined) stage = Math.max(stage, found);
      }
      return Array.from({ length: nets[net]!.interval.width }, (_, bit) => ({
        ...{ input: name, bit },
        register: `chain_${stage++}`,
      }));
    });
}

/** A reset for some cycles, and a cycle without it: inputs keep their values. */
function resetRun(run: TransitionRun): void {
  const resets = run.inputs.filter(name => /^(?:\w+_)?rst$/.test(name));
  for (const [cycles, value] of [
    [resetCycles, 1],
    [1, 0],
  ] as const)
    run.skip(cycles, inputs => {
      for (const name of resets) for (let i = 0; i < inputs.cycles; i++) inputs.set(name, i, value);
    });
}
