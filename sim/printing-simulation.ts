import type { Diagnostic } from '../diagnostic/index.ts';
import { bit, type Circuit, type NetId, type Port, type Property } from '../ir/index.ts';
import { PropertyBroken } from './diagnostics.ts';
import type { NetlistCircuit, Print } from './netlist/index.ts';
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
  /** What was printed in them, and in the one that was not made where it was stopped or there is a failure. */
  readonly printed: readonly Printed[];
  /** Whether it has ended before an edge at which a print that ends a run was due. */
  readonly isStopped: boolean;
  /** The assumption or assertion that was broken. */
  readonly failure: Diagnostic | undefined;
}

export interface PrintingOptions extends SimulationOptions {
  /** The domains that tick; all by default. */
  readonly domains?: readonly string[] | undefined;
  /** Says which prints end a run; none by default. */
  readonly stops?: ((print: Print) => boolean) | undefined;
}

/**
 * A netlist that runs and tells what its `$display` and `$write` print. A cycle prints first what the change of values
 * prints, then what the edge that ends it does; both in the order of the source.
 */
export class PrintingSimulation {
  readonly simulation: Simulation;
  readonly #watches: readonly PrintWatch[];
  readonly #domains: readonly string[];
  readonly #stops: ReadonlySet<Property>;

  constructor(
    { circuit, prints }: NetlistCircuit,
    { domains, stops = () => false, ...options }: PrintingOptions = {},
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
    const stopping = withStops(circuit, prints.filter(stops));
    this.#stops = new Set(stopping.properties.slice(circuit.properties.length));
    const outputs = [...circuit.outputs, ...ports.values()];
    this.simulation = createSimulation({ ...stopping, outputs }, options);
  }

  /** Makes a cycle for each record of `stimulus`, but ends before the edge at which it is stopped or a property broken. */
  run(stimulus: Records): PrintedRun {
    const { circuit } = this.simulation;
    const results = new Records(recordLayout(circuit, circuit.outputs), stimulus.cycles);
    const begin = this.simulation.cycle;
    let failure: Diagnostic | undefined;
    let isStopped = false;
    try {
      this.simulation.run(stimulus, { results, domains: this.#domains });
    } catch (error) {
      if (!(error instanceof PropertyBroken)) throw error;
      isStopped = this.#stops.has(error.property);
      if (!isStopped) failure = error;
    }
    const cycles = this.simulation.cycle - begin;
    const told = cycles + (isStopped || failure !== undefined ? 1 : 0);
    const printed = inOrder(this.#watches.flatMap(watch => watch.look(results, begin, told)));
    return { results, cycles, printed, isStopped, failure };
  }

  /** What falling edges of the last cycle have printed: to be asked for once, at the end. */
  rest(): Printed[] {
    const { simulation } = this;
    return inOrder(
      this.#watches.flatMap(watch => watch.last(simulation.cycle, port => simulation.get(port))),
    );
  }
}

/** The circuit with a property for each of these prints, which is broken where it is due. */
function withStops(circuit: Circuit, prints: readonly Print[]): Circuit {
  const stops = prints.map(({ enable, when, source }, i) => {
    const output = circuit.nets.length + i;
    return {
      net: { interval: bit, name: '$stop', source },
      cell: { operation: 'invert', parameters: { width: 1 }, operands: [enable], output } as const,
      property: {
        kind: 'assert',
        condition: output,
        why: 'the design ends here',
        source,
        domain: when.kind === 'edge' && !when.isFalling ? when.domain : undefined,
        countsResets: true,
      } as const,
    };
  });
  return {
    ...circuit,
    nets: [...circuit.nets, ...stops.map(({ net }) => net)],
    cells: [...circuit.cells, ...stops.map(({ cell }) => cell)],
    properties: [...circuit.properties, ...stops.map(({ property }) => property)],
  };
}

/** Prints of one part of a cycle stay in the order of their source, in which they come. */
function inOrder(due: readonly Due[]): Printed[] {
  return due
    .toSorted((a, b) => a.order - b.order)
    .map(({ cycle, text, source }) => ({ cycle, text, source }));
}
