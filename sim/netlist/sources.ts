/** Where in the Verilog something comes from, which Yosys tells as `top.v:12.3-12.9`, or several with `|` between. */

/** The first line of a place, `top.v:12`; '' for ''. */
export function lineOf(place: string): string {
  return place.split('|')[0]!.replace(/^(.*:\d+)\.\d+(-\d+\.\d+)?$/, '$1');
}

/** The texts of the Verilog, where they are known. */
export class Sources {
  readonly #texts: Readonly<Record<string, string>>;

  /** @param texts by path, as the netlist has it. */
  constructor(texts: Readonly<Record<string, string>>) {
    this.#texts = texts;
  }

  /** What stands at a place, in one line; '' where that is not known. */
  between(place: string): string {
    const found = /^([^|]*):(\d+)\.(\d+)-(\d+)\.(\d+)/.exec(place);
    const text = found === null ? undefined : this.#texts[found[1]!];
    if (text === undefined) return '';
    const [line, column, lastLine, lastColumn] = found!.slice(2).map(Number);
    const lines = text.split('\n').slice(line! - 1, lastLine);
    // The last line is cut first: it may be the first one too.
    lines.push(lines.pop()?.slice(0, lastColumn! - 1) ?? '');
    lines[0] = lines[0]!.slice(column! - 1);
    return lines.join(' ').replaceAll(/\s+/g, ' ').replace(/ ?;$/, '').trim();
  }
}
