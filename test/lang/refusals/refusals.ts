import { readFileSync } from 'node:fs';
import { Diagnostic } from '../../../diagnostic/index.ts';
import { bit, component, int, named, type Signal, uint } from '../../../hdl-gen/lang/index.ts';

/*
 * Every refusal of the language, word for word, a file for each subject. The place is told as `HERE` where it is the
 * line of the test's file that is marked so by a comment `// here`, which each case has on the line that is wrong.
 */

/** How the messages of one file of tests are told. */
export function refusalsOf(file: string): {
  /** What the language says of a program. */
  readonly refusal: (program: () => unknown) => string;
  /** A message, the marked lines of the file told as HERE. */
  readonly shown: (diagnostic: Diagnostic) => string;
} {
  // The lines that end in the comment, or have it alone on the next line.
  const marked = new Set(
    readFileSync(new URL(file), 'utf8')
      .split('\n')
      .flatMap((line, i) => (line.trim() === '// here' ? [i] : line.endsWith('// here') ? [i + 1] : [])),
  );
  const shown = (diagnostic: Diagnostic): string =>
    diagnostic
      .format()
      .replaceAll(/test\/lang\/refusals\/[\w.-]+\.ts:(\d+)/g, (_, line) =>
        marked.has(Number(line)) ? 'HERE' : 'another line',
      );
  const refusal = (program: () => unknown): string => {
    try {
      program();
    } catch (error) {
      if (error instanceof Diagnostic) return shown(error);
      throw error;
    }
    throw new Error('nothing was refused');
  };
  return { refusal, shown };
}

/** Builds a component around a few lines that use the inputs `a` [0, 255], `b` [-128, 127], `c` and `d` (bits). */
export function build(
  lines: (inputs: { a: Signal; b: Signal; c: Signal; d: Signal }) => unknown,
  name = 'test',
): void {
  const inputs = { a: uint(8), b: int(8), c: bit, d: bit };
  component(name, {
    inputs,
    build(signals) {
      lines(signals);
      return { ...named({ sum: signals.a.add(signals.b) }) };
    },
  }).module;
}
