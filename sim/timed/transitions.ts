import type { Diagnostic } from '../../diagnostic/index.ts';
import { TransitionCounter } from './counter.ts';
import type { Delays } from './delays.ts';
import { notSettled } from './diagnostics.ts';
import { readPlaced } from './read.ts';
import { type Drive, Sources } from './sources.ts';
import { settledAfterPs, type TimedNet } from './timed-netlist.ts';

export interface TransitionsRequest {
  /** What nextpnr's `--write` wrote. */
  readonly placedJson: string;
  /** What its `--sdf` wrote. */
  readonly delays: Delays;
  /** The period of the clock in ps. All clocks have an edge in each cycle. */
  readonly periodPs: number;
  /** Sources that become inputs: see `SourcesOptions`. */
  readonly forced?: readonly string[] | undefined;
  /** Decides what hardware leaves open at power-up. Default 0. */
  readonly seed?: number | undefined;
}

/** How often a net changed. */
export interface NetTransitions extends TimedNet {
  /** How often it had another value at the end of a cycle than at its begin. */
  readonly functional: number;
  /** All its changes: those beyond `functional` are glitches. */
  readonly all: number;
  /** At the end of how many cycles it was 1. */
  readonly ones: number;
}

/** Runs a placed netlist with its delays, and counts. */
export interface TransitionRun {
  /** The inputs of the netlist and what is forced, by which `Drive` names them. */
  readonly inputs: readonly string[];
  readonly warnings: readonly Diagnostic[];
  /** The moment by which all nets have settled, in ps from the edge, in the worst case. */
  readonly settledPs: number;
  /**
   * Runs some cycles without counting: what comes before the part that matters, such as a reset. They take no longer
   * than in the engine, as nothing has a delay in them.
   */
  skip(cycles: number, drive?: Drive): void;
  /** Runs some cycles and counts what changes from each cycle to the next. */
  count(cycles: number, drive?: Drive): void;
  /** What was counted so far, over how many edges. */
  transitions(): { readonly cycles: number; readonly nets: readonly NetTransitions[] };
}

/** Cycles that are run at once. */
const portion = 1000;

/** @throws Diagnostic as `readPlaced`; TCT-3504 for a period that cannot be; TCT-3505 for a wrong name in `forced`. */
export function transitionRun(request: TransitionsRequest): TransitionRun {
  const { placedJson, delays, periodPs } = request;
  const placed = readPlaced(placedJson, delays);
  const { netlist } = placed;
  const sources = new Sources(placed, request);
  const counter = new TransitionCounter(netlist, { periodPs });
  const settledPs = settledAfterPs(netlist, periodPs);
  let ran = 0;

  function run(cycles: number, drive: Drive, use: (values: Uint8Array) => void): void {
    for (let done = 0; done < cycles; done += portion) {
      const values = sources.next(Math.min(portion, cycles - done), (inputs, first) =>
        drive(inputs, first - ran),
      );
      use(values);
    }
    ran += cycles;
  }

  return {
    inputs: sources.circuit.inputs.map(({ name }) => name),
    warnings: [...placed.placed.warnings, ...(settledPs > periodPs ? [notSettled(settledPs, periodPs)] : [])],
    settledPs,
    skip: (cycles, drive = idle) =>
      run(cycles, drive, values => counter.begin(values.subarray(values.length - netlist.sources.length))),
    count: (cycles, drive = idle) => run(cycles, drive, values => counter.run(values)),
    transitions: () => ({
      cycles: counter.cycles,
      nets: netlist.nets.map((net, i) => ({
        ...net,
        functional: counter.functional[i]!,
        all: counter.all[i]!,
        ones: counter.onesOf(i),
      })),
    }),
  };
}

const idle: Drive = () => {};
