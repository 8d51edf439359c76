import { named, registered, type Signal } from '../../../hdl-gen/lang/index.ts';
import type { Folding } from './folding.ts';
import type { Schedule } from './schedule.ts';
import { lanesIn, type Sum } from './sum.ts';

/** What a sum is made from. */
export interface Operands {
  readonly x: readonly Signal[];
  readonly w: readonly Signal[];
}

/** The circuit of a sum. The register behind the whole sum is for whoever takes it. */
export function buildSum(
  root: Sum,
  folding: Folding,
  { registered: ends }: Schedule,
  { x, w }: Operands,
): Signal {
  const build = (sum: Sum): Signal => {
    const total = unregistered(sum);
    if (sum === root) return total;
    return named({ [nameOf(sum)]: ends.has(sum) ? registered(total) : total })[nameOf(sum)]!;
  };
  const unregistered = (sum: Sum): Signal => {
    switch (sum.kind) {
      case 'gated':
        return folding.gate(x[sum.lane]!, w[sum.lane]!);
      case 'added':
        return folding.add(build(sum.to), x[sum.lane]!, w[sum.lane]!);
      case 'joined': {
        const [a, b] = sum.parts;
        return folding.join(build(a), build(b), a.kind === 'added' ? w[a.lane]! : undefined);
      }
    }
  };
  return build(root);
}

/** `gated_5`, or `lanes_0_to_6`. The lanes of a sum are neighbours. */
function nameOf(sum: Sum): string {
  const first = firstLane(sum);
  return sum.kind === 'gated' ? `gated_${first}` : `lanes_${first}_to_${first + lanesIn(sum) - 1}`;
}

function firstLane(sum: Sum): number {
  return sum.kind === 'joined' ? firstLane(sum.parts[0]) : sum.lane;
}
