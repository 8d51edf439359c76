import type { WriteStream } from 'node:tty';
import { inspect } from 'node:util';
import pc from 'picocolors';
import type { Diagnostic } from '../../diagnostic/index.ts';
import { printOnStandardOutput } from './print.ts';
import { Progress } from './progress.ts';

type Colors = ReturnType<typeof pc.createColors>;

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

  fail(diagnostic: Diagnostic): void {
    this.say(`${this.#errorColors.red('error')} ${diagnostic.format()}`);
    if (process.env.TERCET_DEBUG !== undefined) this.say(inspect(diagnostic.cause ?? diagnostic));
  }

  /** The table that the command ends with: on standard output, unless a document goes there. */
  async result(make: (colors: Colors) => string): Promise<void> {
    if (this.isJson) this.say(make(this.#errorColors));
    else await printOnStandardOutput(`${make(this.#outColors)}\n`);
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
