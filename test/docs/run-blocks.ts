/*
 * Runs the TypeScript blocks of a page, whose files are the arguments, and prints what came out as JSON. A block
 * is treated as `hdl-gen` treats a user's file: what it exports as circuits is built and checked.
 */

import { pathToFileURL } from 'node:url';
import { format } from 'node:util';
import { type Circuit, Diagnostic, elaborate, emitVerilog } from '../../index.ts';

/** What came out of a block. */
export interface Outcome {
  /** What it printed, then warnings and errors. */
  readonly printed: string;
  /** The Verilog of its last circuit, without what is the same everywhere. */
  readonly verilog: string;
}

const print = console.log;
const outcomes: Outcome[] = [];
for (const path of process.argv.slice(2)) outcomes.push(await outcomeOf(path));
print(JSON.stringify(outcomes));

async function outcomeOf(path: string): Promise<Outcome> {
  const lines: string[] = [];
  let verilog = '';
  console.log = (...values: unknown[]) => lines.push(format(...values));
  try {
    for (const circuit of Object.values(await import(pathToFileURL(path).href)).filter(isCircuit)) {
      const design = elaborate(circuit);
      lines.push(...design.warnings.map(warning => `warning ${warning.format()}`));
      verilog = emitVerilog(design)
        .map(({ text }) => plain(text))
        .join('\n');
    }
  } catch (error) {
    if (!(error instanceof Diagnostic)) throw error;
    lines.push(`error ${error.format()}`);
  }
  return { printed: lines.map(line => `${line}\n`).join(''), verilog };
}

function isCircuit(value: unknown): value is Circuit {
  return typeof value === 'function' && 'component' in value;
}

/** Without the comment at the head, the directives about undeclared names, and the lines of TypeScript. */
function plain(verilog: string): string {
  return verilog
    .replace(/^(\/\/.*\n)+/, '')
    .replaceAll(/^`default_nettype \w+\n\n?/gm, '')
    .replaceAll(/\(\* src = "[^"]*" \*\) /g, '')
    .replace(/\n+$/, '\n');
}
