import { binary } from './binary.ts';
import { cannotCount } from './diagnostics.ts';
import { type ArrayCircuit, type ArrayLayout, type Family, paddingWeight } from './family.ts';
import { foldedTree } from './folded-tree.ts';
import { type Arch, type ArrayParameters, initInterval, mostTerms } from './parameters.ts';
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

/** A row of weights as its array takes it. */
export interface EncodedRow {
  /** The codes of each beat. */
  readonly codes: readonly (readonly number[])[];
  /** What the initial value has to add for the whole row. */
  readonly constant: number;
}

/**
 * A row of weights as its array takes it. The codes of a beat are chosen so that little changes behind the beat before: that
 * saves energy, and may make the constant larger. Where the initial value cannot hold it then, and where weights are packed as
 * trits (`5in8`), each beat has the codes of its trits.
 *
 * @param row for the message, where the row is refused.
 * @param holds whether the initial value can hold a constant; without it what `initBits` tells.
 * @throws Diagnostic TCT-7502 for two weights of a pair that are not 0, where the family takes only one.
 */
export function encodeRow(
  weights: readonly number[],
  parameters: ArrayParameters,
  row = 0,
  holds: (constant: number) => boolean = constant => holdsConstant(constant, parameters),
): EncodedRow {
  const family = familyOf(parameters);
  if (family.weights === 'sparse') requirePairs(weights, row);
  const quiet = encodeBeats(weights, parameters, family, parameters.encoding !== '5in8');
  return holds(quiet.constant) ? quiet : encodeBeats(weights, parameters, family, false);
}

/** Without an initial value whoever takes the sums adds the constant. */
function holdsConstant(constant: number, parameters: ArrayParameters): boolean {
  return parameters.initBits === 0 || initInterval(parameters).contains(BigInt(constant));
}

function encodeBeats(
  weights: readonly number[],
  parameters: ArrayParameters,
  family: Family,
  isQuiet: boolean,
): EncodedRow {
  const { lanes } = parameters;
  // Where a sum has room for them, what fills up a beat is like all other weights.
  const hasRoom = Math.ceil(weights.length / lanes) * lanes <= mostTerms(parameters);
  const codes: (readonly number[])[] = [];
  let constant = 0;
  for (let column = 0; column < weights.length; column += lanes) {
    const beat = weights.slice(column, column + lanes);
    if (hasRoom) while (beat.length < lanes) beat.push(paddingWeight(family));
    const encoded = family.encode(beat, parameters, isQuiet ? codes.at(-1) : undefined);
    codes.push(encoded.codes);
    constant += encoded.constant;
  }
  return { codes, constant };
}
