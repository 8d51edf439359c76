import type { DomainId, NetId } from '../../ir/index.ts';
import type { CircuitBuilder } from './builder.ts';
import { clockIsRead, derivedClock } from './diagnostics.ts';
import type { NetlistBit } from './json.ts';
import type { Who, Wires } from './wires.ts';

/**
 * The clocks of a netlist and their domains. A clock is an input of the netlist or the output of an oscillator or a
 * PLL; it has no value in the circuit. Its rising and its falling edge are a domain each.
 *
 * A clock `clk` makes the nameless domain and `wr_clk` the domain `wr`, as in the language; any other gives its name
 * to its domain. The domain of a falling edge has the name of the clock and `_falling`.
 */
export class Clocks {
  readonly #builder: CircuitBuilder;
  readonly #wires: Wires;
  readonly #domains = new Map<string, DomainId>();
  /** Who is clocked, by clock. */
  readonly #clocked = new Map<number, Who>();
  readonly #sources = new Set<number>();
  readonly #absorbed: { readonly bit: NetlistBit; readonly who: Who }[] = [];
  readonly #levels = new Map<number, NetId>();

  constructor(builder: CircuitBuilder, wires: Wires) {
    this.#builder = builder;
    this.#wires = wires;
  }

  /** Makes a net a clock that begins here. */
  source(bit: NetlistBit): void {
    if (typeof bit === 'number') this.#sources.add(bit);
  }

  /** Whether a net is used as a clock. */
  isClock(bit: NetlistBit): boolean {
    return typeof bit === 'number' && this.#clocked.has(bit);
  }

  /** Takes an input for a clock that has no domain, unless it is data too: the reference of a PLL. */
  absorb(bit: NetlistBit, who: Who): void {
    this.#absorbed.push({ bit, who });
  }

  /**
   * The domain of one edge of a clock; undefined for a constant, which has no edge.
   * @throws Diagnostic TCT-3209 for a net that logic drives.
   */
  domain(bit: NetlistBit, isFalling: boolean, who: Who): DomainId | undefined {
    const clock = this.#wires.resolve(bit);
    if (typeof clock !== 'number') return undefined;
    if (!this.#wires.isInput(clock) && !this.#sources.has(clock)) {
      throw derivedClock(this.#wires.names.of(clock), this.#wires.driverOf(clock), who());
    }
    if (!this.#clocked.has(clock)) this.#clocked.set(clock, who);
    const key = `${clock}${isFalling ? ' falling' : ''}`;
    let domain = this.#domains.get(key);
    if (domain === undefined) {
      domain = this.#builder.domains.length;
      this.#builder.domains.push(this.#named(this.#wires.names.of(clock), isFalling));
      this.#domains.set(key, domain);
    }
    return domain;
  }

  #named(clock: string, isFalling: boolean): { name: string; clock?: string; isFalling?: boolean } {
    if (isFalling) return { name: `${clock}_falling`, clock: `${clock}_falling`, isFalling };
    if (clock === 'clk') return { name: '' };
    const name = /^(\w+)_clk$/.exec(clock)?.[1];
    const isTaken = this.#builder.domains.some(domain => domain.name === name);
    return name === undefined || isTaken ? { name: clock, clock } : { name };
  }

  /**
   * The level of a clock: 1 after a rising edge, 0 after a falling one and at the start. A register on each edge takes
   * what the other one has, inverted at the rising edge, so that they differ while the clock is high.
   */
  level(bit: NetlistBit, who: Who): NetId | undefined {
    const clock = this.#wires.resolve(bit);
    const rising = this.domain(bit, false, who);
    const falling = this.domain(bit, true, who);
    if (typeof clock !== 'number' || rising === undefined) return undefined;
    let level = this.#levels.get(clock);
    if (level === undefined) {
      const b = this.#builder;
      const [rose, fell] = [b.net(b.interval(b.constant(0n))), b.net(b.interval(b.constant(0n)))];
      b.register(rose, { next: b.not(fell), domain: rising, initial: 0n });
      b.register(fell, { next: rose, domain: falling, initial: 0n });
      level = b.cell('xor', [rose, fell], undefined);
      this.#levels.set(clock, level);
    }
    return level;
  }

  /** Takes inputs for clocks that have no domain, when all cells are read. */
  takeAbsorbed(): void {
    for (const { bit, who } of this.#absorbed) {
      const clock = this.#wires.resolve(bit);
      if (typeof clock !== 'number' || !this.#wires.isInput(clock)) continue;
      if (this.#wires.readerOf(clock) === undefined) this.#clocked.set(clock, who);
    }
  }

  /** Looks at all clocks when the outputs are read too. @throws Diagnostic TCT-3210 where one is read as data. */
  finish(): void {
    for (const [clock, clocked] of this.#clocked) {
      const reader = this.#wires.readerOf(clock);
      if (reader !== undefined) throw clockIsRead(this.#wires.names.of(clock), clocked(), reader);
    }
  }
}
