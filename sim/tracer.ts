import type { Circuit, DomainId } from '../ir/index.ts';
import type { Backend } from './backend.ts';
import { tracedDomains, tracedSignals } from './names.ts';
import type { TraceSink } from './trace/index.ts';

/** Feeds one sink from a simulation. */
export class Tracer {
  readonly #sink: TraceSink;
  readonly #sample: () => void;
  /** The domains of the edge that began this cycle; undefined where the cycle is taken down already. */
  #edge: readonly DomainId[] | undefined = [];

  constructor(circuit: Circuit, backend: Backend, sink: TraceSink) {
    const signals = tracedSignals(circuit);
    const watch = backend.watch(signals.map(({ net }) => net));
    this.#sink = sink;
    this.#sample = () => watch.changes((index, value) => sink.change(index, value));
    sink.begin(circuit.name, signals, tracedDomains(circuit));
  }

  /** Takes down the present values, just before an edge. */
  beforeEdge(): void {
    this.#sample();
    this.#sink.cycle(this.#edge ?? []);
    this.#edge = undefined;
  }

  /** The edge was made. */
  afterEdge(domains: readonly DomainId[]): void {
    this.#edge = domains;
  }

  /** Takes down the values after the last edge, unless a broken property prevented that edge. */
  end(): void {
    if (this.#edge !== undefined) this.beforeEdge();
    this.#sink.end();
  }
}
