import { type AdderGraph, depthsOf } from './adder-graph.ts';

/*
 * In which stage of the pipeline each adder works. A value that is read in a later stage than it is made in waits in
 * registers, which cost as much as an adder. So each adder moves, as long as that saves registers, between the earliest
 * stage that its operands allow and the latest one that its readers allow.
 */

/** The stages of a graph. */
export interface Schedule {
  /** Stages, each with registers behind it: edges from the inputs to the outputs. */
  readonly stages: number;
  /** The stage of each node, from 1; the inputs are 0, and come without a register. */
  readonly stageOf: readonly number[];
}

/** Rounds over all adders: each one moves a little, and few rounds change anything. */
const rounds = 8;

/**
 * @param levels of adders in one stage, from 1.
 * @param bits of each node: what a register for it costs.
 */
export function scheduleStages(graph: AdderGraph, levels: number, bits: readonly number[]): Schedule {
  const { inputs, adders, outputs } = graph;
  const depths = depthsOf(graph);
  const stages = Math.max(1, Math.ceil(Math.max(...depths) / levels));
  const end = stages * levels + 1;
  const stageAt = (level: number): number => Math.ceil(level / levels);
  /** The level of each node: an adder is at least one above its operands. */
  const levelOf = depths;
  const readers = depths.map((): number[] => []);
  for (const [i, { left, right }] of adders.entries())
    for (const operand of new Set([left, right])) readers[operand]!.push(inputs + i);
  const isOutput = new Set(outputs.map(({ node }) => node));

  /** Bits of the registers from a node to its last reader; an input comes in stage 1 without one. */
  const waits = (node: number): number => {
    const last = Math.max(
      isOutput.has(node) ? stages : 0,
      ...readers[node]!.map(reader => stageAt(levelOf[reader]!)),
    );
    const made = node < inputs ? 1 : stageAt(levelOf[node]!);
    return bits[node]! * Math.max(0, last - made);
  };
  const move = (node: number): boolean => {
    const { left, right } = adders[node - inputs]!;
    const first = 1 + Math.max(levelOf[left]!, levelOf[right]!);
    const last = Math.min(end, ...readers[node]!.map(reader => levelOf[reader]!)) - 1;
    const cost = (): number => waits(node) + waits(left) + waits(right);
    const before = levelOf[node]!;
    let best = before;
    let least = cost();
    for (let level = first; level <= last; level++) {
      levelOf[node] = level;
      const now = cost();
      if (now < least) [best, least] = [level, now];
    }
    levelOf[node] = best;
    return best !== before;
  };
  for (let round = 0; round < rounds; round++) {
    let hasMoved = false;
    // Backwards first: what is made early is moved towards its readers.
    for (let i = adders.length - 1; i >= 0; i--) hasMoved = move(inputs + i) || hasMoved;
    for (let i = 0; i < adders.length; i++) hasMoved = move(inputs + i) || hasMoved;
    if (!hasMoved) break;
  }
  return { stages, stageOf: levelOf.map((level, node) => (node < inputs ? 0 : stageAt(level))) };
}
