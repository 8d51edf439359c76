import { type Interval, int, type NetId } from '../../ir/index.ts';
import type { CircuitBuilder } from './builder.ts';
import type { Clocks } from './clocks.ts';
import { portLeftOut, portNotDivided } from './diagnostics.ts';
import type { NetlistModule, NetlistPort } from './json.ts';
import type { Warnings } from './warnings.ts';
import { formatOf, type Who, type Wires } from './wires.ts';

/** A part of a port of the netlist that is a port of the circuit. */
export interface PortPart {
  readonly name: string;
  /** The values that it can have; as many bits of the netlist's port belong to it as these take. */
  readonly interval: Interval;
}

/** For ports of the netlist, by name: the parts that they are divided into, the lowest bits first. */
export type PortParts = Readonly<Record<string, readonly PortPart[]>>;

/** The inputs and outputs of a netlist. */
export class Ports {
  readonly #builder: CircuitBuilder;
  readonly #wires: Wires;
  readonly #clocks: Clocks;
  readonly #isPlaced: boolean;
  readonly #warnings: Warnings;
  readonly #ports: readonly (readonly [name: string, port: NetlistPort])[];
  readonly #parts: PortParts;
  /** The nets of the inputs' parts that something reads. */
  readonly #nets = new Map<string, readonly NetId[]>();

  constructor(
    module: NetlistModule,
    parts: PortParts,
    builder: CircuitBuilder,
    wires: Wires,
    clocks: Clocks,
    warnings: Warnings,
  ) {
    this.#isPlaced = module.isPlaced;
    this.#warnings = warnings;
    this.#builder = builder;
    this.#wires = wires;
    this.#clocks = clocks;
    this.#ports = Object.entries(module.ports);
    this.#parts = parts;
  }

  /** Offers the inputs. They become nets when something reads them: clocks do not. */
  offer(): void {
    for (const [name, port] of this.#ports)
      if (port.direction === 'input')
        this.#wires.offer(port.bits, () => this.#make(name, port), this.#who('input', name, port));
  }

  #make(name: string, port: NetlistPort): readonly NetId[] {
    const known = this.#nets.get(name);
    if (known !== undefined) return known;
    const source = this.#wires.names.sourceOf(port.bits[0]);
    let low = 0;
    const nets = this.#partsOf(name, port).map(part => {
      const net = this.#builder.net(part.interval, part.name, source);
      const bits = port.bits.slice(low, low + part.interval.width);
      this.#wires.drive(bits, net, this.#who('input', name, port));
      low += part.interval.width;
      return net;
    });
    this.#nets.set(name, nets);
    return nets;
  }

  #who(direction: 'input' | 'output', name: string, { bits }: NetlistPort): Who {
    return () => ({ name: `the ${direction} '${name}'`, source: this.#wires.names.sourceOf(bits[0]) });
  }

  #partsOf(name: string, { bits, signed }: NetlistPort): readonly PortPart[] {
    const parts = Object.hasOwn(this.#parts, name) ? this.#parts[name]! : undefined;
    if (parts === undefined) return [{ name, interval: formatOf(bits.length, signed === 1) }];
    const width = parts.reduce((sum, { interval }) => sum + interval.width, 0);
    if (width !== bits.length) throw portNotDivided(name, bits.length, width);
    return parts;
  }

  /** Makes the ports of the circuit, when all cells are read. */
  finish(): void {
    for (const [name, port] of this.#ports) {
      if (port.direction === 'input' && !port.bits.every(bit => this.#clocks.isClock(bit))) {
        const nets = this.#make(name, port);
        this.#partsOf(name, port).forEach((part, i) => {
          this.#builder.inputs.push({ name: part.name, net: nets[i]! });
        });
      }
      if (port.direction === 'output') this.#finishOutput(name, port);
    }
  }

  #finishOutput(name: string, port: NetlistPort): void {
    const who = this.#who('output', name, port);
    // nextpnr does not write how hard blocks, such as drivers of diodes, reach their pins.
    const isLeftOut =
      this.#isPlaced &&
      port.bits.every(bit => typeof bit === 'number' && this.#wires.driverOf(bit) === undefined);
    if (isLeftOut) {
      this.#warnings.add(portLeftOut(name));
      return;
    }
    let low = 0;
    for (const part of this.#partsOf(name, port)) {
      const { width, signed } = part.interval;
      const bits = port.bits.slice(low, low + width);
      const net = this.#wires.vector(bits, who);
      this.#builder.outputs.push({
        name: part.name,
        net: signed ? this.#builder.wrapped(net, int(width)) : net,
      });
      low += width;
    }
  }
}
