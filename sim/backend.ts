import type { DomainId, NetId } from '../ir/index.ts';
import type { RecordLayout, Records } from './records.ts';

/** A property that did not hold. */
export interface Failure {
  /** Its place in `circuit.properties`. */
  readonly property: number;
  /** Edges that this call made before it. */
  readonly cycles: number;
}

/** Sees which of some nets have changed. */
export interface Watch {
  /** Visits the nets (by their place in the list that is watched) that differ from the last call; at first all. */
  changes(visit: (index: number, value: bigint) => void): void;
}

/**
 * Something that runs one circuit: the oracle or the engine. Inputs keep their values until they are set again; at
 * the start each has the value of its interval that is nearest to 0.
 */
export interface Backend {
  /** How the records lie that `run` takes and fills. */
  readonly inputs: RecordLayout;
  readonly outputs: RecordLayout;

  /** Sets an input, named by its place in `circuit.inputs`, to a value of its interval. */
  setInput(index: number, value: bigint): void;

  /** The present value of an input, an output, a register, a named net or a property's subject. */
  read(net: NetId): bigint;

  watch(nets: readonly NetId[]): Watch;

  /**
   * Makes `cycles` edges of these domains. Before each edge the properties are checked that count there;
   * where an assumption or an assertion does not hold, it stops before the edge.
   */
  step(cycles: number, domains: readonly DomainId[]): Failure | undefined;

  /**
   * The same with new inputs before each edge, one record (of this backend's layout) each, for as many cycles as `stimulus` has; each record
   * of `results` takes the outputs as they are just before the edge. The inputs keep the values of the last record
   * that was used.
   */
  run(stimulus: Records, results: Records, domains: readonly DomainId[]): Failure | undefined;

  /** Lets every latch (see `Latch`) store the value that it has. Nothing that can be read changes by it. */
  storeLatches(): void;

  /** For each property how often it was 1 when it was checked, if it is a cover; else 0. */
  covers(): readonly number[];

  /** For each net how many of its bits have changed; 0 for those that are not counted. */
  toggles(): readonly number[];
}

/** What a backend is made from, beside the circuit. */
export interface BackendOptions {
  /** Decides what hardware leaves open: see `powerUp`. */
  readonly seed: number;
  /** Nets whose changes are counted; none by default. */
  readonly toggled?: readonly NetId[];
}

/** The value of an input before it is first set. */
export function nearestToZero({ min, max }: { readonly min: bigint; readonly max: bigint }): bigint {
  return min > 0n ? min : max < 0n ? max : 0n;
}
