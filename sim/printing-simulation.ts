import { Diagnostic } from '../diagnostic/index.ts';
import type { Circuit, NetId, Port } from '../ir/index.ts';
import type { NetlistCircuit } from './netlist/index.ts';
import { type Due, type Printed, PrintWatch } from './print-watch.ts';
import { Records, recordLayout } from './records.ts';
import { createSimulation, type Simulation, type SimulationOptions } from './simulation.ts';

export type { Printed } from './print-watch.ts';

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

/**
 * A netlist that runs and tells what its `$display` and `$write` print. A cycle prints first what the change of values
 * prints, then what the edge that ends it does; both in the order of the source.
 */
export class PrintingSimulation {
  readonly simulation: Simulation;
  readonly #watches: readonly PrintWatch[];
  readonly #domains: readonly string[];

  /** @param domains those that tick; all by default. */
  constructor(
    { circuit, prints }: NetlistCircuit,
    { domains, ...options }: SimulationOptions & { readonly domains?: readonly string[] | undefined } = {},
  ) {
    const names = circuit.domains.map(({ name }) => name);
    this.#domains = domains ?? names;
    const ports = new Map<NetId, Port>();
    const portOf = (net: NetId): string => {
      const name = `$print ${net}`;
      ports.set(net, { name, net, isHidden: true });
      return name;
    };
    const ticks = (domain: number) => this.#domains.includes(names[domain]!);
    this.#watches = prints.map(print => new PrintWatch(print, portOf, ticks));
    const watched: Circuit = { ...circuit, outputs: [...circuit.outputs, ...ports.values()] };
    this.simulation = createSimulation(watched, options);
  }

  /** Whether anything may be printed. */
  get prints(): boolean {
    return this.#watches.length > 0;
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
    const printed = inOrder(this.#watches.flatMap(watch => watch.look(results, begin, told)));
    return { results, cycles, printed, failure };
  }

  /** What falling edges of the last cycle have printed: to be asked for once, at the end. */
  rest(): Printed[] {
    const { simulation } = this;
    return inOrder(
      this.#watches.flatMap(watch => watch.last(simulation.cycle, port => simulation.get(port))),
    );
  }
}

/** Prints of one part of a cycle stay in the order of their source, in which they come. */
function inOrder(due: readonly Due[]): Printed[] {
  return due
    .toSorted((a, b) => a.order - b.order)
    .map(({ cycle, text, source }) => ({ cycle, text, source }));
}
