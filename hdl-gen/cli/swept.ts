/*
 * Several values of an option in one text. Commas stand between them, and of numbers there are ranges:
 *
 *     8,16,32     these
 *     1..4        1, 2, 3, 4
 *     8..32+8     8, 16, 24, 32
 *     8..64x2     8, 16, 32, 64
 */

/** The most values that one text may stand for. */
const most = 10_000;

/** The values of a text, each once; undefined where a range goes nowhere or too far. */
export function sweptValues(text: string): (string | number)[] | undefined {
  const parts = text.split(',').map(part => part.trim());
  const values = parts.map(part => rangeOf(part) ?? [part]);
  if (values.some(({ length }) => length === 0)) return undefined;
  return [...new Set(values.flat())];
}

/** The numbers of a range; undefined where the text is none, empty where it is a range without numbers. */
function rangeOf(text: string): number[] | undefined {
  const found = /^(\d+)\.\.(\d+)(?:([+x])(\d+))?$/.exec(text);
  if (found === null) return /^\d+$/.test(text) ? [Number(text)] : undefined;
  const [from, to, step] = [Number(found[1]), Number(found[2]), Number(found[4] ?? 1)];
  const isProduct = found[3] === 'x';
  if (step < (isProduct ? 2 : 1) || (isProduct && from === 0)) return [];
  const values: number[] = [];
  for (let value = from; value <= to; value = isProduct ? value * step : value + step) {
    values.push(value);
    if (values.length > most) return [];
  }
  return values;
}
