import type { Claim, Testimony } from './opinion.ts';

/** One that was heard, and what it said. */
export interface Witness {
  readonly name: string;
  readonly said: Testimony;
}

/** How one of them fared. */
export interface Score {
  readonly name: string;
  /** Cycles that it made. */
  readonly cycles: number;
  /** Values of outputs that were held against those of others. */
  readonly values: number;
  /** Those of them that differ from what is taken for right. */
  readonly mismatches: number;
}

/** The first output, in the first cycle, about which they do not agree. */
export interface Difference {
  readonly cycle: number;
  /** Its place in `circuit.outputs`. */
  readonly output: number;
  /** Who says what; the value that is taken for right comes first. */
  readonly sides: readonly Side[];
}

/** Those that say the same. */
export interface Side {
  readonly claim: bigint | 'x';
  readonly names: readonly string[];
}

/** What a comparison found. */
export interface Comparison {
  readonly scores: readonly Score[];
  readonly first: Difference | undefined;
}

/**
 * Holds every output in every cycle against each other. Where they differ, right is what `reference` says; where it
 * says nothing or is not among them, what most say, and of equally many those that stand first in the list.
 */
export function compareWitnesses(witnesses: readonly Witness[], outputs: number): Comparison {
  const cycles = Math.max(0, ...witnesses.map(({ said }) => said.cycles));
  const values = witnesses.map(() => 0);
  const mismatches = witnesses.map(() => 0);
  let first: Difference | undefined;
  for (let cycle = 0; cycle < cycles; cycle++) {
    for (let output = 0; output < outputs; output++) {
      const claims = witnesses.map(({ said }) =>
        cycle < said.cycles ? said.claim(output, cycle) : undefined,
      );
      const heard = claims.filter(claim => claim !== undefined);
      if (heard.length < 2) continue;
      claims.forEach((claim, i) => {
        if (claim !== undefined) values[i]!++;
      });
      if (heard.every(claim => claim === heard[0])) continue;
      const sides = sidesOf(witnesses, claims);
      const right = sides[0]!.claim;
      claims.forEach((claim, i) => {
        if (claim !== undefined && claim !== right) mismatches[i]!++;
      });
      first ??= { cycle, output, sides };
    }
  }
  const scores = witnesses.map(({ name, said }, i) => ({
    name,
    cycles: said.cycles,
    values: values[i]!,
    mismatches: mismatches[i]!,
  }));
  return { scores, first };
}

function sidesOf(witnesses: readonly Witness[], claims: readonly Claim[]): Side[] {
  const sides = new Map<bigint | 'x', string[]>();
  claims.forEach((claim, i) => {
    if (claim === undefined) return;
    const names = sides.get(claim) ?? [];
    names.push(witnesses[i]!.name);
    sides.set(claim, names);
  });
  const weight = ({ names }: Side) => (names.includes('reference') ? witnesses.length : names.length);
  // A stable sort: of equal weight, the side of the first in the list stays first.
  return [...sides].map(([claim, names]) => ({ claim, names })).sort((a, b) => weight(b) - weight(a));
}
