import type { NetId } from '../ir/index.ts';
import { type Print, show } from './netlist/index.ts';
import type { Records } from './records.ts';

/** Something that was printed. */
export interface Printed {
  readonly cycle: number;
  /** With the end of its line, if it has one. */
  readonly text: string;
  /** The line of Verilog that prints it, `top.v:12`. */
  readonly source: string;
}

/** Something that is to be printed, and its place among what other prints say. */
export interface Due extends Printed {
  readonly order: number;
}

/** Units of `$time` in a cycle, as in a VCD file. */
const period = 10;

/**
 * The parts of a cycle in which something is printed: first what the falling edge of the cycle before has left, then what
 * comes of new values, then what the edge at the end does.
 */
const parts = { fell: 0, settles: 1, rises: 2 } as const;

type Read = (port: string) => bigint;

/** One print of a circuit that runs: when it is due, and what it says then. */
export class PrintWatch {
  readonly #print: Print;
  readonly #ticks: boolean;
  readonly #enable: string;
  readonly #values: readonly (string | undefined)[];
  readonly #levels: readonly string[];
  /** Of a print that changes trigger: its values in the cycle before, '' where it was not enabled. */
  #before = '';
  /** The levels in the cycle before. */
  #levelsBefore: readonly bigint[];

  /**
   * @param portOf gives the name of an output with the value of a net.
   * @param ticks whether a domain has its edges.
   */
  constructor(print: Print, portOf: (net: NetId) => string, ticks: (domain: number) => boolean) {
    const { when } = print;
    this.#print = print;
    this.#ticks = when.kind === 'edge' && ticks(when.domain);
    this.#enable = portOf(print.enable);
    this.#values = print.values.map(net => (net === undefined ? undefined : portOf(net)));
    this.#levels = when.kind === 'edge' ? when.levels.map(portOf) : [];
    this.#levelsBefore = this.#levels.map(() => 0n);
  }

  /** What it says in the first `count` records, of which the first one is that of cycle `begin`. */
  look(records: Records, begin: number, count: number): Due[] {
    const due: Due[] = [];
    const enable = records.field(this.#enable);
    const { when } = this.#print;
    for (let i = 0; i < count; i++) {
      const isEnabled = records.number(enable, i) === 1;
      const add = (part: keyof typeof parts) =>
        due.push(this.#due(begin + i, part, port => records.get(port, i)));
      if (when.kind === 'change') {
        if (this.#hasChanged(isEnabled, port => records.get(port, i))) add('settles');
      } else if (when.kind === 'start') {
        if (isEnabled && begin + i === 0) add('settles');
      } else if (when.isFalling) {
        if (isEnabled && this.#ticks && begin + i > 0) add('fell');
      } else {
        if (this.#levels.length > 0 && this.#hasRisen(port => records.get(port, i)) && isEnabled)
          add('settles');
        if (isEnabled && this.#ticks) add('rises');
      }
    }
    return due;
  }

  /** What the falling edge before cycle `cycle` prints, of which there are no records. */
  last(cycle: number, read: Read): Due[] {
    const { when } = this.#print;
    const isDue = when.kind === 'edge' && when.isFalling && this.#ticks && read(this.#enable) === 1n;
    return isDue ? [this.#due(cycle, 'fell', read)] : [];
  }

  #hasChanged(isEnabled: boolean, read: Read): boolean {
    const now = isEnabled
      ? `1 ${this.#values.map(port => (port === undefined ? '' : read(port))).join()}`
      : '';
    const isDue = isEnabled && now !== this.#before;
    this.#before = now;
    return isDue;
  }

  #hasRisen(read: Read): boolean {
    const before = this.#levelsBefore;
    this.#levelsBefore = this.#levels.map(read);
    return this.#levelsBefore.some((level, i) => level > before[i]!);
  }

  #due(cycle: number, part: keyof typeof parts, read: Read): Due {
    const time = BigInt(period * cycle + { fell: period / 2, settles: 0, rises: period }[part]);
    const text = this.#print.parts.map((each, i) => {
      if (typeof each === 'string') return each;
      const port = this.#values[i];
      return show(each, port === undefined ? time : read(port));
    });
    return {
      cycle: part === 'fell' ? cycle - 1 : cycle,
      text: text.join(''),
      source: this.#print.source,
      order: 3 * cycle + parts[part],
    };
  }
}
