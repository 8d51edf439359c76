/*
 * Faults of Yosys 0.55 in what `$display` and its like show, mended in the text before Yosys reads it.
 *
 * Yosys computes an argument as an unsigned number, although it shows it as a signed one where it is: of two signed
 * operands the shorter one is filled with zeros, not with its sign. Within `$signed(...)` it computes it well, but then
 * it shows every argument as a signed one. So a call is given its arguments twice, first to be computed and then to tell
 * how they are shown: `$display("%d", a + b)` becomes
 *
 *     $display(MARK, "%d", $signed(a + b), MARK, "%d", a + b)
 *
 * `%m` shows the name of the module, not where the instance is: another mark takes its place. And `%0s` becomes `%1s`,
 * as it would be `%s`.
 * `withPlainFormats` reads both from the netlist.
 */

/** Begins a part of a doubled call. */
export const partMark = '\u0002';
/** Stands for `%m`. */
export const placeMark = '\u0003';

const comment = String.raw`\/\/[^\n]*|\/\*[\s\S]*?\*\/`;
const text = String.raw`"(?:\\[\s\S]|[^"\\])*"`;
const calls = new RegExp(String.raw`${comment}|${text}|\$(?:display|write)[bho]?\b\s*\(`, 'g');
const inCalls = new RegExp(String.raw`${comment}|${text}|[()[\]{},]`, 'g');

/** The Verilog with marks in its calls of `$display` and `$write`, line by line the same. */
export function withMarkedDisplays(verilog: string): string {
  let marked = '';
  let end = 0;
  calls.lastIndex = 0;
  for (let call = calls.exec(verilog); call !== null; call = calls.exec(verilog)) {
    if (!call[0].startsWith('$')) continue;
    const begin = calls.lastIndex;
    const found = argumentsAt(verilog, begin);
    if (found === undefined) continue;
    marked += verilog.slice(end, begin) + markedArguments(found, formalsAt(verilog, begin));
    end = found.reduce((at, argument) => at + argument.length + 1, begin) - 1;
    calls.lastIndex = end;
  }
  return marked + verilog.slice(end);
}

/** The arguments of a call, with all that stands between the commas; undefined where it has no end. */
function argumentsAt(verilog: string, begin: number): string[] | undefined {
  const found: string[] = [];
  let from = begin;
  let depth = 0;
  inCalls.lastIndex = begin;
  for (let sign = inCalls.exec(verilog); sign !== null; sign = inCalls.exec(verilog)) {
    const [what] = sign;
    if ('([{'.includes(what)) depth++;
    else if (')]}'.includes(what) && --depth < 0) return [...found, verilog.slice(from, sign.index)];
    else if (what === ',' && depth === 0) {
      found.push(verilog.slice(from, sign.index));
      from = inCalls.lastIndex;
    }
  }
  return undefined;
}

/** The names that stand for others where a macro is defined at a place. */
function formalsAt(verilog: string, place: number): readonly string[] {
  let begin = verilog.lastIndexOf('\n', place);
  while (begin > 0 && verilog[begin - 1] === '\\') begin = verilog.lastIndexOf('\n', begin - 1);
  const [, list] = /^\s*`define\s+\w+\(([^)]*)\)/.exec(verilog.slice(begin + 1, place)) ?? [];
  return list?.split(',').map(name => name.replace(/=.*/s, '').trim()) ?? [];
}

function markedArguments(found: readonly string[], formals: readonly string[]): string {
  const named = found.map(argument => argument.replaceAll(strings, withMarkedFormats));
  const isExpression = named.map((argument, i) => {
    const bare = argument.replaceAll(stringsAndComments, '').trim();
    return /[-+*/%&|^~!<>?]/.test(bare.replaceAll(macros, '1')) || (i > 0 && formals.includes(bare));
  });
  if (!isExpression.includes(true)) return named.join();
  const mark = `"\\002"`;
  const computed = named.map((argument, i) => (isExpression[i] ? `$signed(${argument})` : argument));
  // On the last line of the call, so that what follows stays where it was.
  const shown = named.map(argument =>
    argument.replaceAll(stringsAndComments, inOneLine).replaceAll('\n', ' '),
  );
  return `${mark},${computed.join()},${mark},${shown.join()}`;
}

/** A macro may be a text or several arguments, so it is no expression by itself. */
const macros = /`\w+(?:\s*\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))?/g;
const strings = new RegExp(`${comment}|(${text})`, 'g');
const stringsAndComments = new RegExp(`${comment}|${text}`, 'g');

function withMarkedFormats(found: string, string?: string): string {
  if (string === undefined) return found;
  return string.replaceAll(/%%|%0?m|%-?0s/gi, percent => {
    if (percent === '%%') return percent;
    // Without the zeros before a text: as in one letter, and more where it has more. Yosys drops the 0.
    return percent.endsWith('m') || percent.endsWith('M') ? '\\003' : percent.replace('0', '1');
  });
}

function inOneLine(found: string): string {
  return found.startsWith('"') ? found : ' ';
}
