import type { WriteStream } from 'node:tty';
import { inspect } from 'node:util';
import pc from 'picocolors';
import type { Diagnostic } from '../../diagnostic/index.ts';
import { printOnStandardOutput } from './print.ts';
import { Progress } from './progress.ts';

type Colors = ReturnType<typeof pc.createColors>;

/**
 * Where the command talks: data go to standard output, everything else to standard error. With `--json` nothing but
 * the one document goes to standard output.
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

  /** A table for a person, on standard error. */
  summary(make: (colors: Colors) => string): void {
    this.say(make(this.#errorColors));
  }

  /** A table that is what the user asked for: on standard output, unless a document goes there. */
  async result(make: (colors: Colors) => string): Promise<void> {
    if (this.isJson) this.summary(make);
    else await printOnStandardOutput(`${make(this.#outColors)}\n`);
  }

  /** Shows that something goes on; `end` it before anything else is said. */
  progress(): Progress {
    return new Progress(this.#error, this.#errorColors);
  }
}

export type { Colors };
