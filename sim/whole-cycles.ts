import type { Circuit, DomainId } from '../ir/index.ts';
import type { Backend, Failure } from './backend.ts';
import type { Records } from './records.ts';

/**
 * Gives a backend whose cycles are whole for circuits with falling edges and latches. In a cycle the rising edges
 * come first, all at once, and then the falling ones. Latches store what they have whenever the circuit settles (see
 * `Latch`): before and after every edge, before an input that was set is set again, and when a value is read.
 *
 * A circuit that has neither keeps its backend.
 */
export function wholeCycles(circuit: Circuit, backend: Backend): Backend {
  const hasLatches = circuit.latches.length > 0;
  const isFalling = (domain: DomainId) => circuit.domains[domain]!.isFalling === true;
  if (!hasLatches && !circuit.domains.some(({ isFalling }) => isFalling)) return backend;

  /** Inputs that were set since the circuit has settled. */
  const changed = new Set<number>();
  function settle(): void {
    changed.clear();
    if (hasLatches) backend.storeLatches();
  }

  function setInput(index: number, value: bigint): void {
    if (changed.has(index)) settle();
    backend.setInput(index, value);
    if (hasLatches) changed.add(index);
  }

  function cycle(rising: readonly DomainId[], falling: readonly DomainId[]): Failure | undefined {
    if (changed.size > 0) settle();
    for (const domains of [rising, falling]) {
      if (domains.length === 0) continue;
      const failure = backend.step(1, domains);
      if (failure !== undefined) return failure;
      if (hasLatches) backend.storeLatches();
    }
    return undefined;
  }

  function step(cycles: number, domains: readonly DomainId[]): Failure | undefined {
    const rising = domains.filter(domain => !isFalling(domain));
    const falling = domains.filter(isFalling);
    for (let i = 0; i < cycles; i++) {
      const failure = cycle(rising, falling);
      if (failure !== undefined) return { ...failure, cycles: i };
    }
    return undefined;
  }

  function run(stimulus: Records, results: Records, domains: readonly DomainId[]): Failure | undefined {
    for (let i = 0; i < stimulus.cycles; i++) {
      stimulus.layout.fields.forEach((field, input) => {
        setInput(input, stimulus.value(field, i));
      });
      results.layout.fields.forEach((field, output) => {
        results.setValue(field, i, backend.read(circuit.outputs[output]!.net));
      });
      const failure = step(1, domains);
      if (failure !== undefined) return { ...failure, cycles: i };
    }
    return undefined;
  }

  return {
    ...backend,
    setInput,
    read: net => {
      if (changed.size > 0) settle();
      return backend.read(net);
    },
    watch: nets => {
      const watch = backend.watch(nets);
      return {
        changes(visit) {
          if (changed.size > 0) settle();
          watch.changes(visit);
        },
      };
    },
    step,
    run,
  };
}
