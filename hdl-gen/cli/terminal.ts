import type { WriteStream } from 'node:tty';
import { inspect } from 'node:util';
import pc from 'picocolors';
import type { Diagnostic } from '../../diagnostic/index.ts';
import { printOnStandardOutput } from './print.ts';
import { Progress } from './progress.ts';

type Colors = ReturnType<typeof pc.createColors>;

/** Warnings with one code that are told. */
const fewWarnings = 3;

/**
 * Where the command talks. Standard output is what was asked for: the table that a command ends with, or with `--json`
 * the one document and nothing else. Standard error is all that is said on the way: progress, warnings, errors,
 * hints, and with `--json` the table.
 */
export class Terminal {
  readonly isJson: boolean;
  readonly #error: WriteStream;
  readonly #errorColors: Colors;
  readonly #outColors: Colors;

  constructor(isJson: boolean) {
    this.isJson = isJson;
    this.#error = process.stderr;
    // Talk that nobody hears is no failure of the work.
    this.#error.on('error', () => {});
    const mayColor = pc.isColorSupported && process.env.NO_COLOR === undefined;
    const forced = process.env.FORCE_COLOR !== undefined && process.env.FORCE_COLOR !== '0';
    this.#errorColors = pc.createColors(mayColor && (forced || process.stderr.isTTY === true));
    this.#outColors = pc.createColors(mayColor && (forced || process.stdout.isTTY === true));
  }

  /** A line of talk. */
  say(text: string): void {
    this.#error.write(`${text}\n`);
  }

  warn(diagnostic: Diagnostic): void {
    this.say(`${this.#errorColors.yellow('warning')} ${diagnostic.format()}`);
  }

  /** Many warnings: of those with one code a few. */
  warnAll(diagnostics: readonly Diagnostic[]): void {
    const counts = new Map<string, number>();
    for (const diagnostic of diagnostics) {
      const count = counts.get(diagnostic.code) ?? 0;
      counts.set(diagnostic.code, count + 1);
      if (count < fewWarnings) this.warn(diagnostic);
    }
    for (const [code, count] of counts)
      if (count > fewWarnings)
        this.say(`${this.#errorColors.yellow('warning')} ${code}: ${count - fewWarnings} more such`);
  }

  fail(diagnostic: Diagnostic): void {
    this.say(`${this.#errorColors.red('error')} ${diagnostic.format()}`);
    if (process.env.TERCET_DEBUG !== undefined) this.say(inspect(diagnostic.cause ?? diagnostic));
  }

  /** The table that the command ends with: on standard output, unless a document goes there. */
  async result(make: (colors: Colors) => string): Promise<void> {
    if (this.isJson) this.say(make(this.#errorColors));
    else await printOnStandardOutput(`${make(this.#outColors)}\n`);
  }

  /** Text as it is: on standard output, unless a document goes there. */
  async print(text: string): Promise<void> {
    if (this.isJson) this.#error.write(text);
    else await printOnStandardOutput(text);
  }

  /** What could be done next, as calls. */
  hint(calls: readonly string[]): void {
    this.say(['', this.#errorColors.dim('next:'), ...calls.map(call => `  ${call}`)].join('\n'));
  }

  /** Shows that something goes on; `end` it before anything else is said. */
  progress(): Progress {
    return new Progress(this.#error, this.#errorColors);
  }
}

export type { Colors };
