/*
 * A fault of Yosys 0.55 in the labels of `case`, mended in the text before Yosys reads it.
 *
 * All labels of a `case` are as wide as the widest of them and of what is compared, and signed only where all are
 * (IEEE 1364-2005, 9.5). Yosys computes a label of constants at its own width and widens the result: `-2'sd1` beside
 * unsigned labels of 4 bits becomes 3, where it is 15. In `a ? b : c` it computes the branches at the width of both, so
 * a label becomes a branch, and the other branch, which is never taken, has the other labels:
 *
 *     case (x)  -2'sd1: …  4'd2: …  endcase
 *     case (x)  (1'b1 ? -2'sd1 : (x) | (4'd2)): …  4'd2: …  endcase
 *
 * Only labels with an operator are changed.
 */

const tokens =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|\(\*(?!\s*\))[\s\S]*?\*\)|"(?:\\[\s\S]|[^"\\])*"|`?[A-Za-z_$][\w$]*|\\\S+|\d*\s*'[sS]?[bodhBODH]\s*[\w?]+|\d[\w.]*|[=!]==?|[<>]=|\S/g;

interface Token {
  readonly text: string;
  readonly at: number;
  readonly end: number;
}

/** A label, from its first to its last token. */
type Label = readonly Token[];

const directive = /^`(?:ifdef|ifndef|elsif|else|endif|define|undef|include|timescale|default_nettype|line)\b/;
const ends: Readonly<Record<string, string>> = {
  begin: 'end',
  fork: 'join',
  case: 'endcase',
  casez: 'endcase',
  casex: 'endcase',
};
const operator = /^[-+~*/%<>&|^]$/;
/** What no label has: something was not understood. */
const foreign = /^(?:[;=]|begin|end|case[xz]?|endcase|default|if|else|for|assign|always|initial|)$/;

/** The Verilog with labels that Yosys computes well, line by line the same. */
export function withWideLabels(verilog: string): string {
  if (!/\bcase[xz]?\b/.test(verilog)) return verilog;
  const found: Token[] = [];
  for (const { 0: text, index: at } of verilog.matchAll(tokens))
    if (!/^(?:\/\/|\/\*|\(\*|\\$)/.test(text)) found.push({ text, at, end: at + text.length });
  const insertions = new Map<number, string>();
  found.forEach(({ text }, i) => {
    if (/^case[xz]?$/.test(text)) mendCase(found, i, insertions);
  });
  if (insertions.size === 0) return verilog;
  let mended = '';
  let from = 0;
  for (const at of [...insertions.keys()].sort((a, b) => a - b)) {
    mended += verilog.slice(from, at) + insertions.get(at)!;
    from = at;
  }
  return mended + verilog.slice(from);
}

/** Adds what makes a branch of each label with an operator, of the `case` at a place. */
function mendCase(all: readonly Token[], place: number, insertions: Map<number, string>): void {
  const reader = new Reader(all, place + 1);
  const selector = reader.inParentheses();
  const labels = selector === undefined ? undefined : reader.labels();
  if (selector === undefined || labels === undefined) return;
  for (const label of labels) {
    if (!label.some(({ text }) => operator.test(text))) continue;
    const others = [selector, ...labels.filter(each => each !== label)].map(each => `(${inOneLine(each)})`);
    insertions.set(label[0]!.at, "(1'b1 ? ");
    insertions.set(label.at(-1)!.end, ` : ${others.join(' | ')})`);
  }
}

function inOneLine(label: Label): string {
  return label
    .map(({ text, end }, i) => (label[i + 1] === undefined || label[i + 1]!.at === end ? text : `${text} `))
    .join('');
}

/** Goes along the statements of a `case`; what it does not understand it leaves as it is. */
class Reader {
  #at: number;
  readonly #all: readonly Token[];

  constructor(all: readonly Token[], at: number) {
    this.#all = all;
    this.#at = at;
  }

  get #text(): string {
    return this.#all[this.#at]?.text ?? '';
  }

  /** Passes over a token where it is the next one. */
  #take(text: string): boolean {
    if (this.#text !== text) return false;
    this.#at++;
    return true;
  }

  /** What stands in parentheses; undefined where none begin. */
  inParentheses(): Label | undefined {
    if (this.#text !== '(') return undefined;
    const begin = this.#at + 1;
    this.#balanced();
    const inside = this.#all.slice(begin, this.#at - 1);
    return inside.length === 0 ? undefined : inside;
  }

  /** The labels up to `endcase`; undefined where directives or errors make them uncertain. */
  labels(): Label[] | undefined {
    const labels: Label[] = [];
    while (this.#text !== 'endcase') {
      if (this.#take('default')) this.#take(':');
      else {
        const found = this.#labelsOfItem();
        if (found === undefined) return undefined;
        labels.push(...found);
      }
      if (!this.#passStatement()) return undefined;
    }
    return labels;
  }

  #labelsOfItem(): Label[] | undefined {
    const labels: Label[] = [];
    let begin = this.#at;
    for (let choices = 0; ; ) {
      const text = this.#text;
      if (foreign.test(text) || directive.test(text)) return undefined;
      if ('([{'.includes(text)) {
        this.#balanced();
        continue;
      }
      if (text.startsWith('`')) {
        this.#at++;
        if (this.#text === '(') this.#balanced();
        // Otherwise the macro may be a whole item.
        if (/^[\w`({'"]/.test(this.#text)) return undefined;
        continue;
      }
      if (text === '?') choices++;
      const isEnd = text === ':' && choices === 0;
      if (text === ':' && choices > 0) choices--;
      if (isEnd || text === ',') {
        if (this.#at === begin) return undefined;
        labels.push(this.#all.slice(begin, this.#at));
        begin = this.#at + 1;
      }
      this.#at++;
      if (isEnd) return labels;
    }
  }

  /** @returns false where it has no end, or a directive stands in it. */
  #passStatement(): boolean {
    const text = this.#text;
    if (text === '' || directive.test(text)) return false;
    if (text in ends) return this.#passBlock(text);
    if (/^(?:always(?:_\w+)?|initial)$/.test(text)) {
      this.#at++;
      return this.#passStatement();
    }
    if (text === '@' || text === '#') {
      this.#at += 2;
      if (this.#all[this.#at - 1]!.text === '(') {
        this.#at--;
        this.#balanced();
      }
      return this.#passStatement();
    }
    if (/^(?:if|for|while|repeat|wait|unique|unique0|priority|forever)$/.test(text)) {
      this.#at++;
      if (this.#text === '(') this.#balanced();
      if (!this.#passStatement()) return false;
      return text !== 'if' || !this.#take('else') || this.#passStatement();
    }
    while (this.#text !== ';') {
      if (this.#text === '' || this.#text === 'endcase' || directive.test(this.#text)) return false;
      this.#at++;
    }
    this.#at++;
    return true;
  }

  /** Nested blocks of the same kind are passed over. */
  #passBlock(begin: string): boolean {
    const waiting: string[] = [ends[begin]!];
    while (waiting.length > 0) {
      this.#at++;
      const text = this.#text;
      if (text === '') return false;
      if (text === waiting.at(-1)) waiting.pop();
      else if (text in ends) waiting.push(ends[text]!);
    }
    this.#at++;
    if (this.#text === ':' && begin !== 'case') this.#at += 2;
    return true;
  }

  /** From an opening bracket to behind the one that closes it. */
  #balanced(): void {
    let depth = 0;
    do {
      const text = this.#text;
      if (text === '') return;
      if ('([{'.includes(text)) depth++;
      if (')]}'.includes(text)) depth--;
      this.#at++;
    } while (depth > 0);
  }
}
