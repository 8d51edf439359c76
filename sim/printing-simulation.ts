import { Diagnostic } from '../diagnostic/index.ts';
import type { Circuit, NetId, Port } from '../ir/index.ts';
import { type NetlistCircuit, type Print, show } from './netlist/index.ts';
import { Records, recordLayout } from './records.ts';
import { createSimulation, type Simulation, type SimulationOptions } from './simulation.ts';

/** Something that was printed. */
export interface Printed {
  readonly cycle: number;
  /** With the end of its line, if it has one. */
  readonly text: string;
  /** The line of Verilog that prints it, `top.v:12`. */
  readonly source: string;
}

/** How a run of some cycles went. */
export interface PrintedRun {
  /** The outputs in each cycle, as far as it came. */
  readonly results: Records;
  /** The cycles that were made. */
  readonly cycles: number;
  /** What was printed in them, and in the one that was not made where there is a failure. */
  readonly printed: readonly Printed[];
  /** The assumption or assertion that was broken. */
  readonly failure: Diagnostic | undefined;
}

/** Units of `$time` in a cycle, as in a VCD file. */
const period = 10;

/** A print and the ports that tell when and what. */
interface Watched {
  readonly print: Print;
  readonly enable: string;
  readonly values: readonly (string | undefined)[];
  readonly levels: readonly string[];
}

/**
 * A netlist that runs and tells what its `$display` and `$write` print. A cycle prints first what the change of values
 * prints, then what the edge that ends it does; both in the order of the source.
 */
export class PrintingSimulation {
  readonly simulation: Simulation;
  readonly #watched: readonly Watched[];
  readonly #domains: readonly string[];
  readonly #ticking: ReadonlySet<number>;
  /** Of each print that changes trigger: what it said in the cycle before, '' where it was not enabled. */
  readonly #said = new Map<Watched, string>();
  /** Of each print the levels in the cycle before. */
  readonly #levels = new Map<Watched, readonly bigint[]>();

  /** @param domains those that tick; all by default. */
  constructor(
    { circuit, prints }: NetlistCircuit,
    { domains, ...options }: SimulationOptions & { readonly domains?: readonly string[] | undefined } = {},
  ) {
    const ports: Port[] = [];
    const portOf = (net: NetId): string => {
      const name = `$print ${net}`;
      if (!ports.some(port => port.net === net)) ports.push({ name, net, isHidden: true });
      return name;
    };
    this.#watched = prints.map(print => ({
      print,
      enable: portOf(print.enable),
      values: print.values.map(net => (net === undefined ? undefined : portOf(net))),
      levels: print.when.kind === 'edge' ? print.when.levels.map(portOf) : [],
    }));
    const watched: Circuit = { ...circuit, outputs: [...circuit.outputs, ...ports] };
    this.simulation = createSimulation(watched, options);
    this.#domains = domains ?? circuit.domains.map(({ name }) => name);
    this.#ticking = new Set(this.#domains.map(name => circuit.domains.findIndex(each => each.name === name)));
  }

  /** Whether anything may be printed. */
  get prints(): boolean {
    return this.#watched.length > 0;
  }

  /** Makes a cycle for each record of `stimulus`, but ends before the edge at which a property is broken. */
  run(stimulus: Records): PrintedRun {
    const { circuit } = this.simulation;
    const results = new Records(recordLayout(circuit, circuit.outputs), stimulus.cycles);
    const begin = this.simulation.cycle;
    let failure: Diagnostic | undefined;
    try {
      this.simulation.run(stimulus, { results, domains: this.#domains });
    } catch (error) {
      if (!(error instanceof Diagnostic)) throw error;
      failure = error;
    }
    const cycles = this.simulation.cycle - begin;
    const told = cycles + (failure === undefined ? 0 : 1);
    const printed: Printed[] = [];
    if (this.#watched.length > 0)
      for (let i = 0; i < told; i++) this.#tell(begin + i, port => results.get(port, i), printed);
    return { results, cycles, printed, failure };
  }

  /** What falling edges of the last cycle have printed: to be asked for once, at the end. */
  rest(): Printed[] {
    const printed: Printed[] = [];
    const get = (port: string) => this.simulation.get(port);
    for (const watched of this.#watched)
      if (isFalling(watched)) this.#add(watched, this.simulation.cycle - 1, 1.5, get, printed);
    return printed;
  }

  #tell(cycle: number, get: (port: string) => bigint, printed: Printed[]): void {
    const of = (kind: Print['when']['kind']) => this.#watched.filter(({ print }) => print.when.kind === kind);
    for (const watched of this.#watched)
      if (isFalling(watched) && cycle > 0 && this.#ticks(watched))
        this.#add(watched, cycle - 1, 1.5, get, printed);
    if (cycle === 0) for (const watched of of('start')) this.#add(watched, cycle, 0, get, printed);
    for (const watched of of('change')) {
      const before = this.#said.get(watched) ?? '';
      const values = watched.values.map(port => (port === undefined ? '' : get(port))).join();
      const now = get(watched.enable) === 1n ? `1 ${values}` : '';
      this.#said.set(watched, now);
      if (now !== before) this.#add(watched, cycle, 0, get, printed);
    }
    for (const watched of of('edge')) {
      if (isFalling(watched)) continue;
      const before = this.#levels.get(watched) ?? watched.levels.map(() => 0n);
      const now = watched.levels.map(get);
      this.#levels.set(watched, now);
      if (now.some((level, i) => level > before[i]!)) this.#add(watched, cycle, 0, get, printed);
    }
    for (const watched of of('edge'))
      if (!isFalling(watched) && this.#ticks(watched)) this.#add(watched, cycle, 1, get, printed);
  }

  #ticks({ print: { when } }: Watched): boolean {
    return when.kind === 'edge' && this.#ticking.has(when.domain);
  }

  /** Prints, if it is enabled. @param part of the cycle that has passed. */
  #add(
    { print, enable, values }: Watched,
    cycle: number,
    part: number,
    get: (port: string) => bigint,
    printed: Printed[],
  ): void {
    if (get(enable) !== 1n) return;
    const time = BigInt(period * (cycle + part));
    const text = print.parts.map((each, i) => {
      if (typeof each === 'string') return each;
      const port = values[i];
      return show(each, port === undefined ? time : get(port));
    });
    printed.push({ cycle, text: text.join(''), source: print.source });
  }
}

function isFalling({ print: { when } }: Watched): boolean {
  return when.kind === 'edge' && when.isFalling;
}
