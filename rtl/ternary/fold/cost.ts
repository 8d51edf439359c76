import type { DotProductParameters } from '../parameters.ts';
import { longestChain } from '../pieces.ts';
import { gatePath, type RowPath } from '../row-path.ts';
import type { Schedule } from './schedule.ts';
import { lanesIn, partsOf, type Sum, widthOf } from './sum.ts';

/** For each lane, where adders follow each other without a register: what the tools do not fold. */
const cellsWithoutRegister = 0.7;

/** Cells beyond those of the plan, as nextpnr counts them. */
export function foundByMeasuring({ lanes, pipeline }: DotProductParameters): number {
  return pipeline === 1 ? 0 : Math.round(cellsWithoutRegister * lanes);
}

/** The kinds of paths of a sum, up to the register behind it: one for each part that ends in a register. */
export function sumPaths(
  root: Sum,
  { registered }: Schedule,
  { activationBits, cut }: DotProductParameters,
): readonly RowPath[] {
  const found = new Map<string, RowPath>();
  const chainOf = (sum: Sum): number =>
    sum.kind === 'gated' ? 0 : longestChain(widthOf(lanesIn(sum), activationBits), cut);
  const visit = (sum: Sum): void => {
    if (registered.has(sum) || sum === root) {
      const path = { ...pathTo(sum, registered), chain: chainOf(sum) };
      found.set(JSON.stringify(path), path);
    }
    partsOf(sum).forEach(visit);
  };
  visit(root);
  return [...found.values()];
}

/** Adders without a register between them follow each other bit by bit; the tools put some LUTs between two of them. */
const lutsBetween = 3;

function pathTo(sum: Sum, registered: ReadonlySet<Sum>): Omit<RowPath, 'chain'> {
  if (sum.kind === 'gated') return gatePath;
  const adders = addersTo(sum, registered);
  const from = takesBareLane(sum, registered) ? 'input' : 'register';
  return { from, luts: lutsBetween * (adders - 1) };
}

/** Adders one behind the other up to a register. */
function addersTo(sum: Sum, registered: ReadonlySet<Sum>): number {
  const before = partsOf(sum).filter(part => part.kind !== 'gated' && !registered.has(part));
  return 1 + Math.max(0, ...before.map(part => addersTo(part, registered)));
}

function takesBareLane(sum: Sum, registered: ReadonlySet<Sum>): boolean {
  return (
    sum.kind === 'added' ||
    partsOf(sum).some(part => !registered.has(part) && takesBareLane(part, registered))
  );
}
