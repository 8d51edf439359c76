import { type NetId, uint } from '../../ir/index.ts';
import type { CircuitBuilder } from './builder.ts';
import type { NetlistBit, NetlistModule, NetlistPort } from './json.ts';
import type { Who, Wires } from './wires.ts';

/** What drives one bit of a port from inside. */
interface Driver {
  readonly value: NetId;
  readonly enable: NetId;
}

/**
 * The ports that go both ways. Such a port `p` becomes an input `p`, what the world outside puts on the pins, and, if
 * the netlist drives any of them, two outputs: `p_out`, what it puts there, and `p_enable`, which pins it drives.
 */
export class Pads {
  readonly #builder: CircuitBuilder;
  readonly #wires: Wires;
  readonly #ports: readonly (readonly [name: string, port: NetlistPort])[];
  readonly #places = new Map<
    number,
    { readonly name: string; readonly width: number; readonly index: number }
  >();
  readonly #inputs = new Map<string, NetId>();
  readonly #drivers = new Map<number, Driver>();

  constructor(module: NetlistModule, builder: CircuitBuilder, wires: Wires) {
    this.#builder = builder;
    this.#wires = wires;
    this.#ports = Object.entries(module.ports).filter(([, { direction }]) => direction === 'inout');
    for (const [name, { bits }] of this.#ports)
      bits.forEach((bit, index) => {
        if (typeof bit === 'number') this.#places.set(bit, { name, width: bits.length, index });
      });
  }

  /** Offers the bits that nothing inside drives as inputs. */
  offer(): void {
    for (const [name, { bits }] of this.#ports) {
      const free = bits.filter(bit => typeof bit === 'number' && this.#wires.driverOf(bit) === undefined);
      const make = () => {
        for (const bit of free) this.#wires.drive([bit], this.#outside(bit), this.#who(name));
      };
      this.#wires.offer(free, make, this.#who(name));
    }
  }

  /**
   * The value that the world outside puts on a pin that is driven from inside while `enable` is 1. What does not go
   * both ways has no outside: it reads `pull`.
   */
  outside(bit: NetlistBit, value: NetId, enable: NetId, pull: bigint): NetId {
    if (typeof bit !== 'number' || !this.#places.has(bit)) return this.#builder.constant(pull);
    this.#drivers.set(bit, { value, enable });
    return this.#outside(bit);
  }

  #who(name: string): Who {
    const [bit] = this.#ports.find(([each]) => each === name)![1].bits;
    return () => ({ name: `the port '${name}'`, source: this.#wires.names.sourceOf(bit) });
  }

  #outside(bit: NetlistBit): NetId {
    const { name, width, index } = this.#places.get(bit as number)!;
    const net = this.#input(name, width);
    return width === 1 ? net : this.#builder.cell('slice', [net], { low: index, width: 1 });
  }

  #input(name: string, width: number): NetId {
    let net = this.#inputs.get(name);
    if (net === undefined) {
      net = this.#builder.net(uint(width), name, '');
      this.#inputs.set(name, net);
    }
    return net;
  }

  /** Makes the ports of the circuit. */
  finish(): void {
    const b = this.#builder;
    for (const [name, { bits }] of this.#ports) {
      b.inputs.push({ name, net: this.#input(name, bits.length) });
      const driven = bits.map((bit): Driver | undefined => {
        if (typeof bit !== 'number') return undefined;
        const driver = this.#drivers.get(bit);
        if (driver !== undefined || this.#wires.isInput(bit)) return driver;
        const value = this.#wires.vector([bit], this.#who(name));
        return { value, enable: b.constant(1n) };
      });
      if (driven.every(driver => driver === undefined)) continue;
      const zero = b.constant(0n);
      b.outputs.push({ name: `${name}_out`, net: b.joined(driven.map(driver => driver?.value ?? zero)) });
      b.outputs.push({ name: `${name}_enable`, net: b.joined(driven.map(driver => driver?.enable ?? zero)) });
    }
  }
}
