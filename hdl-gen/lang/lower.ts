import type * as ir from '../../ir/index.ts';
import { Interval } from '../../ir/index.ts';
import { combinationalLoop } from './diagnostics.ts';
import { ClockDomain, defaultDomain } from './domain.ts';
import { loopIn } from './loop.ts';
import type { MemoryNode } from './memory.ts';
import type { Module } from './module.ts';
import { type Place, placesOf, resetAt, type SignalAt, throughPort } from './place.ts';
import { Register } from './register.ts';
import type { Signal } from './signal.ts';
import { domainsOf } from './uses.ts';
import { Wire } from './wire.ts';

/**
 * Flattens a hierarchy of modules into the circuit that simulations run. Wires and ports vanish: a net is what
 * really drives them.
 */
export function lower(top: Module): ir.Circuit {
  return new Lowering(top).circuit();
}

class Lowering {
  readonly #nets: ir.Net[] = [];
  readonly #domains: ir.Domain[] = [];
  readonly #domainIds = new Map<string, ir.DomainId>();
  readonly #constants = new Map<bigint, ir.Constant>();
  readonly #resets = new Map<string, ir.Port>();
  readonly #top: Place;
  readonly #places: readonly Place[];

  constructor(top: Module) {
    this.#domain(defaultDomain);
    const places = placesOf(top);
    this.#top = places[0];
    this.#places = places;
  }

  circuit(): ir.Circuit {
    const inputs = this.#inputs();
    // Resets come before all nets that depend on them, so that the list of inputs is complete.
    for (const name of domainsOf(this.#top.module, 'reset')) this.#reset(name);
    const cells: ir.Cell[] = [];
    const registers: ir.Register[] = [];
    const memories: ir.Memory[] = [];
    const properties: ir.Property[] = [];
    const signals: ir.NamedSignal[] = [];
    for (const place of this.#places) {
      for (const signal of place.module.signals) {
        const net = this.#net(place, signal);
        if (signal.name !== undefined) signals.push({ path: place.path + signal.name, net });
        if (signal.origin.kind === 'operation') {
          const { operation, operands, parameters } = signal.origin;
          cells.push({
            operation,
            parameters,
            operands: operands.map(operand => this.#net(place, operand)),
            output: net,
          });
        } else if (signal instanceof Register) {
          registers.push(this.#register(place, signal, net));
        }
      }
      for (const memory of place.module.memories) memories.push(...this.#memory(place, memory));
      for (const { kind, condition, subject, why, source } of place.module.properties) {
        properties.push({
          kind,
          condition: this.#net(place, condition),
          subject: this.#net(place, subject),
          why,
          source,
        });
      }
    }
    const outputs = this.#top.module.outputs.flatMap(port =>
      port.elements.map((element, i) => ({
        name: port.isArray ? `${port.name}_${i}` : port.name,
        net: this.#net(this.#top, element),
      })),
    );
    return {
      name: this.#top.module.component,
      domains: this.#domains,
      nets: this.#nets,
      inputs: [...inputs, ...this.#resets.values()],
      outputs,
      constants: [...this.#constants.values()],
      cells,
      lookups: [],
      registers,
      latches: [],
      memories,
      properties,
      signals,
    };
  }

  #inputs(): ir.Port[] {
    return this.#top.module.inputs.flatMap(port =>
      port.elements.map(element => ({
        name: element.name!,
        net: this.#net(this.#top, element),
        domain: this.#domain(port.domain),
      })),
    );
  }

  /** The net that carries a signal; made when it is first asked for. */
  #net(place: Place, signal: Signal): ir.NetId {
    if (signal.constant !== undefined) return this.#constant(signal.constant);
    const known = place.nets.get(signal);
    if (known !== undefined) return known;
    const driver = this.#driver(place, signal);
    const { constant, origin } = driver.signal;
    const net =
      constant !== undefined
        ? this.#constant(constant)
        : origin.kind === 'reset'
          ? this.#resetNet(driver.place, origin.domain)
          : (driver.place.nets.get(driver.signal) ?? this.#addNet(driver.place, driver.signal));
    place.nets.set(signal, net);
    return net;
  }

  /** The reset of a domain, as a module at this place sees it. */
  #resetNet(place: Place, domain: string): ir.NetId {
    const driver = resetAt(place, domain);
    return 'port' in driver ? this.#reset(driver.port) : this.#net(driver.place, driver.signal);
  }

  #addNet(place: Place, signal: Signal): ir.NetId {
    const { origin } = signal;
    const what = origin.kind === 'operation' ? origin.operation : origin.kind;
    const name = place.path + (signal.name ?? `<${what}>`);
    const net = this.#nets.push({ interval: signal.interval, name, source: signal.source }) - 1;
    place.nets.set(signal, net);
    return net;
  }

  /** Follows wires and ports to the signal that really drives this one. */
  #driver(start: Place, signal: Signal): SignalAt {
    let at: SignalAt = { place: start, signal };
    const wires: SignalAt[] = [];
    for (;;) {
      const { place, signal } = at;
      if (signal instanceof Wire) {
        const isSeen = wires.some(wire => wire.signal === signal && wire.place === place);
        if (isSeen) throw combinationalLoop(loopIn(this.#top.module));
        wires.push(at);
        at = { place, signal: signal.driver! };
      } else {
        const driver = throughPort(at);
        if (driver === undefined) return at;
        at = driver;
      }
    }
  }

  #constant(value: bigint): ir.NetId {
    let constant = this.#constants.get(value);
    if (constant === undefined) {
      const output = this.#nets.push({ interval: Interval.of(value), name: `${value}`, source: '' }) - 1;
      constant = { output, value };
      this.#constants.set(value, constant);
    }
    return constant.output;
  }

  #reset(domainName: string): ir.NetId {
    let port = this.#resets.get(domainName);
    if (port === undefined) {
      const domain = new ClockDomain(domainName);
      const name = domain.resetPort;
      const net =
        this.#nets.push({ interval: new Interval(0n, 1n), name, source: this.#top.module.source }) - 1;
      port = { name, net, domain: this.#domain(domain) };
      this.#resets.set(domainName, port);
    }
    return port.net;
  }

  #register(place: Place, register: Register, output: ir.NetId): ir.Register {
    const { nextValue, enable, reset, initial, isSynchroniser } = register;
    return {
      output,
      next: this.#net(place, nextValue!),
      enable: enable && this.#net(place, enable),
      reset: reset && this.#net(place, reset),
      initial,
      domain: this.#domainAt(place, register.domain),
      isSynchroniser,
    };
  }

  /** A memory of records becomes one memory for each field. */
  #memory(place: Place, node: MemoryNode): ir.Memory[] {
    return node.fields.map((field, f) => ({
      name: [place.path + (node.name ?? '<memory>'), field.name].filter(part => part !== '').join('_'),
      source: node.source,
      isCrossing: node.acrossDomains !== undefined,
      element: field.interval,
      depth: node.depth,
      initial: node.initial?.map(word => word[f]!),
      reads: node.reads.map(port => ({
        address: this.#net(place, port.address),
        enable: port.enable && this.#net(place, port.enable),
        data: this.#net(place, port.data[f]!),
        domain: this.#domainAt(place, port.domain),
      })),
      writes: node.writes.map(port => ({
        address: this.#net(place, port.address),
        enable: this.#net(place, port.fields[f]!.enable),
        data: this.#net(place, port.fields[f]!.data),
        domain: this.#domainAt(place, port.domain),
        source: port.source,
      })),
    }));
  }

  #domainAt(place: Place, domain: ClockDomain): ir.DomainId {
    return this.#domain(new ClockDomain(this.#resolveDomain(place, domain.name)));
  }

  /** What a module calls the default domain is the domain of the surroundings of its instance. */
  #resolveDomain(place: Place, name: string): string {
    let resolved = name;
    for (let at: Place | undefined = place; resolved === '' && at?.instance !== undefined; at = at.outer) {
      resolved = at.instance.domain.name;
    }
    return resolved;
  }

  #domain({ name }: ClockDomain): ir.DomainId {
    let id = this.#domainIds.get(name);
    if (id === undefined) {
      id = this.#domains.push({ name }) - 1;
      this.#domainIds.set(name, id);
    }
    return id;
  }
}
