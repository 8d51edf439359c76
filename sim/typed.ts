import {
  type Circuit,
  elaborate,
  fieldsOf,
  type RecordShape,
  type Shape,
  Signal,
  type SignalRecord,
  type ValuesOf,
} from '../hdl-gen/lang/index.ts';
import { createSimulation, type Simulation, type SimulationOptions, type StepOptions } from './simulation.ts';
import type { TraceSink } from './trace/index.ts';

/** Values for some of the inputs, by the keys of the circuit; of a record some fields may be left out. */
export type PartialValues<S extends Shape> = S extends RecordShape
  ? { readonly [K in keyof S]?: PartialValues<S[K]> }
  : ValuesOf<S>;

/** The values of a tree of signals. */
export type Reading<T> = T extends Signal
  ? bigint
  : T extends readonly (infer E)[]
    ? Reading<E>[]
    : { [K in keyof T]: Reading<T[K]> };

/** A circuit that runs, with inputs and outputs as the records that the circuit declares. */
export class CircuitRun<I extends RecordShape, O extends SignalRecord> {
  /** The same run by the names of single ports: bulk runs, cycle count, covers. */
  readonly simulation: Simulation;
  readonly #outputs: O;
  readonly #constants: ReadonlyMap<string, unknown>;

  constructor(circuit: Circuit<I, O>, options?: SimulationOptions) {
    this.simulation = createSimulation(elaborate(circuit).circuit, options);
    this.#outputs = circuit.outputs;
    this.#constants = circuit.module.constantInputs;
  }

  /** Sets the inputs that are given; the others keep their values. @throws Diagnostic TCT-3001 outside an interval. */
  set(values: PartialValues<I>): this {
    for (const { name, isArray, elements } of fieldsOf(values, isWholeNumber)) {
      // What can have one value only has no port.
      if (this.#constants.has(name)) continue;
      for (const [i, value] of elements.entries())
        this.simulation.set(isArray ? `${name}_${i}` : name, value);
    }
    return this;
  }

  /** The present value of an output, as the tree of its signals. */
  get<K extends keyof O & string>(output: K): Reading<O[K]> {
    return read(this.#outputs[output], output, port => this.simulation.get(port));
  }

  /** The present value of any named signal by its path in the hierarchy, such as `row_0.sum`. */
  peek(path: string): bigint {
    return this.simulation.get(path);
  }

  /** Makes `cycles` edges. @throws Diagnostic TCT-3003 or TCT-3004 where an assumption or an assertion is broken. */
  step(cycles = 1, options?: StepOptions): this {
    this.simulation.step(cycles, options);
    return this;
  }

  /** Makes one edge with every reset at 1. */
  reset(): this {
    this.simulation.reset();
    return this;
  }

  /** Traces from here on, until the function that it returns is called. */
  trace(sink: TraceSink): () => void {
    return this.simulation.trace(sink);
  }
}

/**
 * Builds, checks and runs a circuit.
 * @throws Diagnostic of the language where the circuit is refused.
 */
export function simulate<I extends RecordShape, O extends SignalRecord>(
  circuit: Circuit<I, O>,
  options?: SimulationOptions,
): CircuitRun<I, O> {
  return new CircuitRun(circuit, options);
}

/** The values of a tree of outputs; the elements of one array port are numbered in the order of the tree. */
function read<T>(tree: unknown, field: string, valueAt: (port: string) => bigint): Reading<T> {
  const seen = new Map<string, number>();
  const visit = (part: unknown, name: string, isArray: boolean): unknown => {
    if (part instanceof Signal) {
      const index = seen.get(name) ?? 0;
      seen.set(name, index + 1);
      return part.constant ?? valueAt(isArray ? `${name}_${index}` : name);
    }
    if (Array.isArray(part)) return part.map(element => visit(element, name, true));
    return Object.fromEntries(
      Object.entries(part as object).map(([key, value]) => [key, visit(value, `${name}_${key}`, isArray)]),
    );
  };
  return visit(tree, field, false) as Reading<T>;
}

function isWholeNumber(value: unknown): value is number | bigint {
  return typeof value === 'bigint' || typeof value === 'number';
}
