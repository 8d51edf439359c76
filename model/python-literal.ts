/**
 * A reader of the small part of Python's literal syntax that .npy headers are written in: strings, integers,
 * True, False, None, tuples, lists and dicts. Nothing is evaluated.
 *
 * Tuples and lists both become arrays; a dict becomes a Map. An integer beyond 2^53 is a bigint, so that an absurd
 * shape can be told exactly. The `L` that Python 2 wrote after long integers is accepted.
 */

export type PythonLiteral =
  | string
  | number
  | bigint
  | boolean
  | null
  | PythonLiteral[]
  | Map<PythonLiteral, PythonLiteral>;

/** Why a text is not a literal, as a phrase that fits after "malformed: ". */
export class LiteralError extends Error {}

// Real headers nest three deep; a hostile one must not overflow the stack.
const maxDepth = 32;

const token = /\s*(?:(['"])((?:\\.|(?!\1)[^\\])*)\1|([+-]?\d+)L?|(True|False|None)\b|([()[\]{},:]))/suy;
const words = new Map<string, boolean | null>([
  ['True', true],
  ['False', false],
  ['None', null],
]);

/**
 * Reads one literal that fills the whole text, white space aside.
 *
 * @throws LiteralError where the text is something else
 */
export function parsePythonLiteral(text: string): PythonLiteral {
  let at = 0;

  function next(): RegExpExecArray | undefined {
    token.lastIndex = at;
    const match = token.exec(text) ?? undefined;
    if (match !== undefined) at = token.lastIndex;
    return match;
  }

  function accept(punctuation: string): boolean {
    const before = at;
    if (next()?.[5] === punctuation) return true;
    at = before;
    return false;
  }

  function expect(punctuation: string): void {
    if (!accept(punctuation)) throw new LiteralError(`'${punctuation}' expected ${place()}`);
  }

  function place(): string {
    const rest = text.slice(at).trim();
    return rest === '' ? 'at its end' : `before ${JSON.stringify(rest.slice(0, 20))}`;
  }

  /** Items up to `close`, with commas between them and perhaps one after the last; says how many commas. */
  function items<T>(close: string, item: () => T): { list: T[]; commas: number } {
    const list: T[] = [];
    let commas = 0;
    while (!accept(close)) {
      list.push(item());
      if (accept(',')) commas++;
      else {
        expect(close);
        break;
      }
    }
    return { list, commas };
  }

  function value(depth: number): PythonLiteral {
    if (depth > maxDepth) throw new LiteralError(`nested more than ${maxDepth} deep`);
    const start = at;
    const match = next();
    const [, , string, integer, word, punctuation] = match ?? [];
    if (string !== undefined) return string.replace(/\\(.)/gsu, '$1');
    if (integer !== undefined) {
      const small = Number(integer);
      return Number.isSafeInteger(small) ? small : BigInt(integer);
    }
    if (word !== undefined) return words.get(word)!;
    const inner = (): PythonLiteral => value(depth + 1);
    if (punctuation === '[') return items(']', inner).list;
    if (punctuation === '(') {
      const { list, commas } = items(')', inner);
      // Python: (3) is three, (3,) is a tuple.
      return list.length === 1 && commas === 0 ? list[0]! : list;
    }
    if (punctuation === '{') {
      const pairs = items('}', (): [PythonLiteral, PythonLiteral] => {
        const key = inner();
        expect(':');
        return [key, inner()];
      });
      return new Map(pairs.list);
    }
    at = start;
    throw new LiteralError(`a value expected ${place()}`);
  }

  const result = value(0);
  if (text.slice(at).trim() !== '') throw new LiteralError(`nothing more expected ${place()}`);
  return result;
}
