import type { WriteStream } from 'node:tty';
import type { Colors } from './terminal.ts';

const frames = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏';
const frameMilliseconds = 80;
const hideCursor = '\x1b[?25l';
const showCursor = '\x1b[?25h';
const clearLine = '\r\x1b[2K';

/** Characters of a bar, `[####......]`. */
const barLength = 20;

/**
 * What is going on, on standard error: on a terminal a line that moves, elsewhere one plain line for each phase.
 */
export class Progress {
  readonly #stream: WriteStream;
  readonly #colors: Colors;
  readonly #isTerminal: boolean;
  #phase = '';
  #detail = '';
  #fraction: number | undefined;
  #began = performance.now();
  #frame = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(stream: WriteStream, colors: Colors) {
    this.#stream = stream;
    this.#colors = colors;
    this.#isTerminal = stream.isTTY === true && process.env.TERM !== 'dumb';
  }

  /**
   * @param phase one of a few: each is a line of its own where there is no terminal.
   * @param detail what changes often; only a terminal shows it.
   * @param fraction how much is done, 0 to 1, where that is known.
   */
  update(phase: string, detail = '', fraction?: number): void {
    const isNew = phase !== this.#phase;
    if (isNew) this.#began = performance.now();
    this.#phase = phase;
    this.#detail = detail;
    this.#fraction = fraction;
    if (!this.#isTerminal) {
      if (isNew) this.#stream.write(`${phase}\n`);
      return;
    }
    if (this.#timer === undefined) {
      this.#stream.write(hideCursor);
      this.#timer = setInterval(() => this.#draw(), frameMilliseconds);
      this.#timer.unref();
    }
    if (isNew) this.#draw();
  }

  /** Draws the line anew; for computations that do not let the timer run. */
  tick(): void {
    if (this.#timer !== undefined) this.#draw();
  }

  /** Takes the line away and gives the cursor back. May be called more than once. */
  end(): void {
    if (this.#timer === undefined) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#stream.write(`${clearLine}${showCursor}`);
  }

  #draw(): void {
    const seconds = ((performance.now() - this.#began) / 1000).toFixed(1);
    const frame = frames[this.#frame++ % frames.length]!;
    const bar = this.#fraction === undefined ? '' : ` ${drawBar(this.#fraction)}`;
    const plain = `${frame} ${this.#phase}${bar} ${seconds} s ${this.#detail}`;
    // A line that is broken in two would not be taken away again.
    const room = (this.#stream.columns || 80) - 1;
    this.#stream.write(clearLine + this.#colors.cyan(plain.slice(0, room)));
  }
}

function drawBar(fraction: number): string {
  const full = Math.round(Math.max(0, Math.min(1, fraction)) * barLength);
  return `[${'#'.repeat(full)}${'.'.repeat(barLength - full)}]`;
}
