import { verilogRefused } from './diagnostics.ts';
import { partMark, placeMark } from './display-calls.ts';

const printCell =
  /^ {8}"((?:\\.|[^"\\])*)": \{\s*"hide_name": \d+,\s*"type": "\$print",\s*"parameters": \{[\s\S]*?"FORMAT": "((?:\\.|[^"\\])*)"[\s\S]*?"attributes": \{([\s\S]*?)\}/gm;

/**
 * The netlist of Verilog that `withMarkedDisplays` has gone through, in Yosys' JSON, with the formats that were meant. The
 * values at the port ARGS that the second part of a doubled call has brought stay behind, unused.
 *
 * @throws Diagnostic TCT-4014 for a call with fewer arguments than its format shows.
 */
export function withPlainFormats(json: string, top: string): string {
  const marks = [partMark, placeMark].map(written);
  if (!marks.some(mark => json.includes(mark))) return json;
  return json.replaceAll(printCell, (cell: string, name: string, format: string, attributes: string) => {
    const parts = format.split(marks[0]!);
    if (parts.length !== 1 && (parts.length !== 3 || parts[0] !== ''))
      throw verilogRefused(
        ['a format shows more values than its call has'],
        /"src": "([^"|]*?:\d+)/.exec(attributes)?.[1],
      );
    // Braces of a format are doubled.
    const place = pathOf(JSON.parse(`"${name}"`) as string, top).replaceAll(/[{}]/g, '$&$&');
    const plain = parts.at(-1)!.replaceAll(marks[1]!, written(place));
    return cell.replace(`"FORMAT": "${format}"`, () => `"FORMAT": "${plain}"`);
  });
}

/** A text as the JSON has it. */
function written(sign: string): string {
  return JSON.stringify(sign).slice(1, -1);
}

/** Where the instance is that a cell was in before it was flattened, from the top on. */
function pathOf(cell: string, top: string): string {
  const inside = /^\$flatten(.*)\.\$/.exec(cell)?.[1];
  return inside === undefined ? top : `${top}.${inside.replaceAll('\\', '')}`;
}
