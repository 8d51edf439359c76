import { delayed, named, type Signal, scope } from '../../../hdl-gen/lang/index.ts';
import type { AdderGraph } from './adder-graph.ts';
import type { Schedule } from './schedule.ts';

/** How the adders of one form are made. Each is told the stage that it works in. */
export interface AdderForm {
  /** left + right, or left - right. */
  add(left: Signal, right: Signal, isDifference: boolean, stage: number): Signal;
  /** -value. */
  negate(value: Signal, stage: number): Signal;
}

/** The outputs of a graph: its adders in their stages, with a register where a value passes from stage to stage. */
export function wireUp(
  { inputs, adders, outputs }: AdderGraph,
  { stages, stageOf }: Schedule,
  x: readonly Signal[],
  form: AdderForm,
): Signal[] {
  /** Each node in the stage that it is made in, and in those after it. */
  const nodes: Signal[][] = x.map(input => [input]);
  const inStage = (node: number, stage: number): Signal => {
    const found = nodes[node]!;
    // An input comes in stage 1, and has no register before it.
    const waits = stage - Math.max(1, stageOf[node]!);
    while (found.length <= waits) {
      found.push(delayed(found.at(-1)!, 1));
      named({ [`${nameOf(node)}_after_${found.length - 1}`]: found.at(-1)! });
    }
    return found[waits]!;
  };
  const nameOf = (node: number): string => (node < inputs ? `x_${node}` : `node_${node - inputs}`);
  for (const [i, { left, right, isDifference }] of adders.entries()) {
    const name = nameOf(inputs + i);
    const stage = stageOf[inputs + i]!;
    const [a, b] = [inStage(left, stage), inStage(right, stage)];
    const value = scope(name, () => form.add(a, b, isDifference, stage));
    named({ [name]: value });
    nodes.push([value]);
  }
  return outputs.map(({ node, isNegative }, row) =>
    isNegative
      ? delayed(
          scope(`negated_${row}`, () => form.negate(inStage(node, stages), stages)),
          1,
        )
      : inStage(node, stages + 1),
  );
}
