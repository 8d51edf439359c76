import { Records, recordLayout } from '../records.ts';
import type { Simulation } from '../simulation.ts';
import { type Opinion, type Stimulus, Testimony } from './opinion.ts';

/** Cycles between two looks at the rest of the world. */
const blockCycles = 1024;

/** The opinion of a simulation behind the common front; `create` makes one that stands at power-up. */
export function simulationOpinion(name: string, create: () => Simulation): Opinion {
  return {
    name,
    async run(stimulus) {
      const simulation = create();
      const { circuit } = simulation;
      const { inputs } = stimulus;
      const known = new Set(circuit.domains.map(({ name }) => name));
      const results = new Records(recordLayout(circuit, circuit.outputs), inputs.cycles);
      for (let from = 0; from < inputs.cycles; ) {
        const { end, ticking } = stretch(stimulus, from);
        const options = ticking === undefined ? {} : { domains: ticking.filter(name => known.has(name)) };
        results.put(simulation.run(inputs.part(from, end), options).inLayout(results.layout), from);
        from = end;
        await new Promise(resolve => setImmediate(resolve));
      }
      return new Testimony(results);
    },
  };
}

/** Some cycles from one on in which the same domains have an edge. */
function stretch(
  { inputs, edges }: Stimulus,
  from: number,
): { readonly end: number; readonly ticking: readonly string[] | undefined } {
  const ticking = edges?.[from];
  const most = Math.min(inputs.cycles, from + blockCycles);
  let end = from + 1;
  while (end < most && areSame(edges?.[end], ticking)) end++;
  return { end, ticking };
}

function areSame(a: readonly string[] = [], b: readonly string[] = []): boolean {
  return a.length === b.length && a.every((name, i) => name === b[i]);
}
