import { binary } from './binary.ts';
import { cannotCount } from './diagnostics.ts';
import { type ArrayCircuit, type ArrayLayout, type Family, paddingWeight } from './family.ts';
import { foldedTree } from './folded-tree.ts';
import type { Arch, ArrayParameters } from './parameters.ts';
import { requirePairs, sparse } from './sparse.ts';
import { tree } from './tree.ts';

/** All families. A new one is a file with a `Family`, a name in `archs` and a line here. */
export const families: Readonly<Record<Arch, Family>> = { tree, 'tree-folded': foldedTree, binary, sparse };

/** The family of an array. */
export function familyOf({ arch = 'tree' }: { readonly arch?: Arch | undefined }): Family {
  return families[arch];
}

/**
 * The array of some parameters.
 * @throws Diagnostic TCT-7503 for a number of lanes that is refused, TCT-7504 for sums that a DSP block cannot hold,
 *   TCT-7505 where weights -1 should be counted and cannot.
 */
export function ternaryArray(parameters: ArrayParameters): ArrayCircuit {
  const { arch = 'tree', negations } = parameters;
  const family = familyOf(parameters);
  if (negations === 'counted' && !family.countsNegations) throw cannotCount(arch);
  return family.array(parameters);
}

/** When the inputs of an array are due, and its result is there. */
export function arrayLayout(parameters: ArrayParameters): ArrayLayout {
  return familyOf(parameters).layout(parameters);
}

/**
 * A row of weights as its array takes it: the codes of each beat, and the constant of the whole row.
 * @param row for the message, where the row is refused.
 * @throws Diagnostic TCT-7502 for two weights of a pair that are not 0, where the family takes only one.
 */
export function encodeRow(
  weights: readonly number[],
  parameters: ArrayParameters,
  row = 0,
): { readonly codes: readonly (readonly number[])[]; readonly constant: number } {
  const { lanes } = parameters;
  const family = familyOf(parameters);
  if (family.weights === 'sparse') requirePairs(weights, row);
  const beats = Array.from({ length: Math.ceil(weights.length / lanes) }, (_, beat) => {
    const part = weights.slice(beat * lanes, (beat + 1) * lanes);
    while (part.length < lanes) part.push(paddingWeight(family));
    return family.encode(part, parameters);
  });
  return {
    codes: beats.map(({ codes }) => codes),
    constant: beats.reduce((sum, { constant }) => sum + constant, 0),
  };
}
