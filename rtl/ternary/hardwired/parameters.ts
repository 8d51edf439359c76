import { Interval, int } from '../../../hdl-gen/lang/index.ts';
import type { AdderGraph } from './adder-graph.ts';
import { type Schedule, scheduleStages } from './schedule.ts';

/** What a matrix in logic looks like. */
export type HardwiredParameters = {
  /** The adders, as `planAdders` gives them. */
  readonly graph: AdderGraph;
  /** Bits of an activation, which is a two's complement number. */
  readonly activationBits: number;
  /** Levels of adders from one register to the next, from 1. */
  readonly pipeline: number;
};

/** When a result is there, and what a matrix costs; all of it known before anything is built. */
export interface HardwiredFigures {
  /** Edges from an input to the sums of the same vector; in the serial form from each bit to the same bit. */
  readonly latency: number;
  /** Cycles that a vector takes in the serial form: the bits of the widest sum. The parallel form takes one. */
  readonly serialCycles: number;
  /** Adders, shared ones counted once, and negations of outputs. */
  readonly adders: number;
  /** Bits of all these adders together: what they cost in the parallel form. */
  readonly adderBits: number;
}

/** What each node can be. */
export function nodeIntervals({
  graph: { inputs, adders },
  activationBits,
}: HardwiredParameters): Interval[] {
  const intervals = Array<Interval>(inputs).fill(int(activationBits));
  for (const { left, right, isDifference } of adders) {
    const [a, b] = [intervals[left]!, intervals[right]!];
    intervals.push(
      isDifference ? new Interval(a.min - b.max, a.max - b.min) : new Interval(a.min + b.min, a.max + b.max),
    );
  }
  return intervals;
}

/** The stages of the parallel form, in which a wide value waits dearly. */
export function parallelSchedule(parameters: HardwiredParameters): Schedule {
  const bits = nodeIntervals(parameters).map(({ width }) => width);
  return scheduleStages(parameters.graph, parameters.pipeline, bits);
}

/** The stages of the serial form, in which every value waits in one bit for each stage. */
export function serialSchedule({ graph, pipeline }: HardwiredParameters): Schedule {
  return scheduleStages(graph, pipeline, Array(graph.inputs + graph.adders.length).fill(1));
}

/** Latency and cost of a matrix. */
export function hardwiredFigures(parameters: HardwiredParameters): HardwiredFigures {
  const { inputs, outputs } = parameters.graph;
  const intervals = nodeIntervals(parameters);
  const sums = outputs.map(({ node, isNegative }) =>
    isNegative ? negated(intervals[node]!) : intervals[node]!,
  );
  const adders = [...intervals.slice(inputs), ...sums.filter((_, row) => outputs[row]!.isNegative)];
  return {
    latency: serialSchedule(parameters).stages,
    serialCycles: Math.max(...sums.map(({ width }) => width)),
    adders: adders.length,
    adderBits: adders.reduce((sum, { width }) => sum + width, 0),
  };
}

function negated({ min, max }: Interval): Interval {
  return new Interval(-max, -min);
}
