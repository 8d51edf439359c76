/*
 * Truth tables as formulas of few operations, for the fast code of `lut`. Bit i of a table is the result where the
 * variables, the first one lowest, are i.
 */

/** A formula over the variables of a table. */
export type Formula =
  | { readonly kind: 'constant'; readonly value: 0 | 1 }
  | { readonly kind: 'variable'; readonly index: number }
  | { readonly kind: 'not'; readonly of: Formula }
  | { readonly kind: 'and' | 'or' | 'xor'; readonly left: Formula; readonly right: Formula };

interface Found {
  readonly formula: Formula;
  /** Operations. */
  readonly cost: number;
}

/** The variables' own tables, of four variables. */
const variables = [0xaaaa, 0xcccc, 0xf0f0, 0xff00];
const all = 0xffff;
const known = new Map<number, Found>();

/** A formula for a table of `count` variables, at most 4. */
export function formulaOf(table: number, count: number): Formula {
  let wide = table;
  for (let bits = 2 ** count; bits < 16; bits *= 2) wide |= wide << bits;
  return find(wide & all).formula;
}

/**
 * The cheapest of the ways to divide a function by one of its variables: f = v ? high : low, where special cases need
 * fewer operations, and f = low ^ (v & (low ^ high)). It finds the sums and carries of adders, and is not far from the
 * best elsewhere.
 */
function find(table: number): Found {
  const before = known.get(table);
  if (before !== undefined) return before;
  if (table === 0 || table === all)
    return { formula: { kind: 'constant', value: table === 0 ? 0 : 1 }, cost: 0 };
  let best: Found | undefined;
  const offer = (formula: Formula, cost: number) => {
    if (best === undefined || cost < best.cost) best = { formula, cost };
  };
  variables.forEach((mask, index) => {
    if (table === mask) offer({ kind: 'variable', index }, 0);
    if (table === (~mask & all)) offer(not({ kind: 'variable', index }), 1);
  });
  if (best === undefined)
    // From the last variable, which is an adder's carry in logic cells: so its sum computes a ^ b, as the carry does.
    [...variables.entries()].toReversed().forEach(([index, mask]) => {
      const shift = 2 ** index;
      const high = (table & mask) | ((table & mask) >> shift);
      const low = (table & ~mask & all) | ((table & ~mask & all) << shift);
      if (high === low) return;
      divide({ kind: 'variable', index }, high, low, offer);
    });
  known.set(table, best!);
  return best!;
}

function divide(
  variable: Formula,
  high: number,
  low: number,
  offer: (formula: Formula, cost: number) => void,
): void {
  const both = (kind: 'and' | 'or' | 'xor', left: Formula, { formula, cost }: Found, more: number) =>
    offer({ kind, left, right: formula }, cost + more);
  if (high === (~low & all)) both('xor', variable, find(low), 1);
  else if (low === 0) both('and', variable, find(high), 1);
  else if (high === all) both('or', variable, find(low), 1);
  else if (high === 0) both('and', not(variable), find(low), 2);
  else if (low === all) both('or', not(variable), find(high), 2);
  else divideFully(variable, high, low, both);
}

function divideFully(
  variable: Formula,
  high: number,
  low: number,
  both: (kind: 'and' | 'or' | 'xor', left: Formula, right: Found, more: number) => void,
): void {
  const [whenHigh, whenLow, differ] = [find(high), find(low), find(high ^ low)];
  const and = (left: Formula, right: Formula): Formula => ({ kind: 'and', left, right });
  both('xor', and(variable, differ.formula), whenLow, differ.cost + 2);
  both('xor', and(not(variable), differ.formula), whenHigh, differ.cost + 3);
  if ((low & ~high) === 0) both('or', and(variable, whenHigh.formula), whenLow, whenHigh.cost + 2);
  if ((high & ~low) === 0) both('or', and(not(variable), whenLow.formula), whenHigh, whenLow.cost + 3);
  // Where one half has ones wherever the other has, what it adds is enough.
  if ((low & ~high) === 0)
    both('and', { kind: 'or', left: variable, right: whenLow.formula }, whenHigh, whenLow.cost + 2);
}

function not(of: Formula): Formula {
  return { kind: 'not', of };
}
