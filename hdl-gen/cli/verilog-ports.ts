import type { Records, Simulation } from '../../sim/index.ts';
import { nearestName } from '../../synth/index.ts';
import { noSuchPort, notOfForm } from './diagnostics.ts';
import type { SimValues } from './options.ts';
import { Random } from './random.ts';

/** A reset input and the level at which it resets. */
export interface Reset {
  readonly name: string;
  readonly isLow: boolean;
}

type Circuit = Simulation['circuit'];

/**
 * Inputs of one bit that are called as resets are: `rst`, `rst_n`, `aresetn`, `i_reset` … With an `n` before or behind
 * they reset at 0.
 */
const resetName =
  /^(?:\w+?_)??(?<before>n_?)?[aghps]?(?:rst|reset)(?<after>_?(?:n|b|l|bar))?(?:_?(?:i|in))?$/i;

/**
 * The resets that are asked for, or those that the design seems to have.
 * @throws Diagnostic TCT-6038 or TCT-6039 for what is no reset of it.
 */
export function resetsOf(circuit: Circuit, asked: readonly string[] | undefined): Reset[] {
  const bits = circuit.inputs.filter(({ net }) => circuit.nets[net]!.interval.width === 1);
  const names = bits.map(({ name }) => name);
  if (asked === undefined)
    return names.filter(name => resetName.test(name)).map(name => ({ name, isLow: isCalledLow(name) }));
  return asked
    .filter(text => text !== 'none')
    .map(text => {
      const [, name, level] = /^([^=]+?)(?:=([01]))?$/.exec(text) ?? [];
      if (name === undefined) throw notOfForm('--reset', text, 'NAME, NAME=0 or NAME=1');
      requirePort('--reset', name, 'input', names);
      return { name, isLow: level === undefined ? isCalledLow(name) : level === '0' };
    });
}

function isCalledLow(name: string): boolean {
  const { before, after } = resetName.exec(name)?.groups ?? {};
  return before !== undefined || after !== undefined;
}

/** The domains of the clocks that tick: their names in the circuit. @throws Diagnostic TCT-6039 for no clock. */
export function tickingDomains(circuit: Circuit, asked: readonly string[] | undefined): string[] {
  const clocks = circuit.domains.map(clockOf);
  for (const name of asked ?? []) requirePort('--clock', name, 'clock', [...new Set(clocks)]);
  return circuit.domains
    .filter(domain => asked === undefined || asked.includes(clockOf(domain)))
    .map(({ name }) => name);
}

/** The clock of a domain, as the Verilog calls it. */
export function clockOf({ name, clock, isFalling }: Circuit['domains'][number]): string {
  if (isFalling === true) return (clock ?? name).replace(/_falling$/, '');
  return clock ?? (name === '' ? 'clk' : `${name}_clk`);
}

function requirePort(option: string, name: string, what: 'input' | 'clock', known: readonly string[]): void {
  if (!known.includes(name)) throw noSuchPort(option, name, what, known, nearestName(name, known));
}

/** What the inputs are given: resets at the begin, values that stay, and random ones. */
export class VerilogStimulus {
  /** Those that are not set to a value. */
  readonly resets: readonly Reset[];
  readonly #resetCycles: number;
  readonly #random: Random;
  /** The inputs that are drawn in every cycle. */
  readonly drawn: readonly string[];
  readonly #kept: ReadonlyMap<string, bigint>;

  /** @throws Diagnostic TCT-6038 or TCT-6039 for what cannot be set, TCT-3001 for a value that an input cannot have. */
  constructor(circuit: Circuit, resets: readonly Reset[], { set = [], resetCycles, seed }: SimValues) {
    const names = circuit.inputs.map(({ name }) => name);
    this.#kept = new Map(
      set.map(text => {
        const [, name, digits] = /^([^=]+)=(-?\d+|0x[\da-f]+|0b[01]+)$/i.exec(text) ?? [];
        if (name === undefined) throw notOfForm('--set', text, 'NAME=VALUE');
        requirePort('--set', name, 'input', names);
        return [name, BigInt(digits!)] as const;
      }),
    );
    this.resets = resets.filter(({ name }) => !this.#kept.has(name));
    this.#resetCycles = resetCycles;
    this.#random = new Random(seed, 4);
    const given = new Set([...this.#kept.keys(), ...resets.map(({ name }) => name)]);
    this.drawn = names.filter(name => !given.has(name));
  }

  /** @param begin the cycle of the first record. */
  fill(records: Records, begin: number): void {
    for (const [name, value] of this.#kept)
      for (let i = 0; i < records.cycles; i++) records.set(name, i, value);
    for (const { name, isLow } of this.resets)
      for (let i = 0; i < records.cycles; i++)
        records.set(name, i, Number(begin + i < this.#resetCycles !== isLow));
    const fields = this.drawn.map(name => records.field(name));
    for (let i = 0; i < records.cycles; i++)
      for (const field of fields) {
        const { width, min, max } = field.interval;
        if (width <= 32) records.setNumber(field, i, this.#random.between(Number(min), Number(max)));
        else records.setValue(field, i, this.#random.within(field.interval));
      }
  }

  /** What is told of the inputs that are no resets. */
  about(seed: number): string {
    const others = this.#kept.size + this.drawn.length;
    if (others === 0) return this.resets.length === 0 ? 'none' : 'no others';
    const kept = [...this.#kept].map(([name, value]) => `${name} = ${value}`);
    const count = this.drawn.length;
    const drawn = count === 0 ? [] : [`${count} drawn at random with seed ${seed}`];
    return [...drawn, ...kept].join(', ');
  }
}
