/*
 * Statements that wait, such as those of a test bench: `always #5 clk = ~clk;`. Yosys passes over all delays in silence.
 * In `q <= #1 d` and `assign #1 y = a` that is what a simulation from cycle to cycle wants; where a statement begins with
 * a delay, it changes what the design does.
 */
import type { Diagnostic } from '../diagnostic/index.ts';
import { delaysIgnored } from './diagnostics.ts';
import type { FileSet } from './tool.ts';

const passedOver = String.raw`\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:\\[\s\S]|[^"\\])*"`;
const begins = String.raw`(?:[;)]|\b(?:always|initial|begin|end|else|fork|forever)\b)(?:\s*:\s*\w+)?`;
const delays = new RegExp(
  String.raw`${passedOver}|(?<=${begins}\s*)#\s*(?:[\d.]+\w*|\x60?[A-Za-z_]\w*|\([^()]*\))`,
  'g',
);

/** One warning (TCT-4103) for each file that has such statements. */
export function delayWarnings(files: FileSet, sources: readonly string[]): Diagnostic[] {
  return sources.flatMap(path => {
    const content = files[path];
    if (typeof content !== 'string') return [];
    const found = [...content.matchAll(delays)].filter(([text]) => text.startsWith('#'));
    if (found.length === 0) return [];
    const { 0: text, index } = found[0]!;
    const line = content.slice(0, index).split('\n').length;
    return [delaysIgnored(text, `${path}:${line}`, found.length - 1)];
  });
}
