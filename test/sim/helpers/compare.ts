import type { Circuit } from '../../../ir/index.ts';
import { createEngine, type EngineOptions } from '../../../sim/engine/index.ts';
import { createOracle } from '../../../sim/oracle/index.ts';

/**
 * Runs both backends on the same random stimuli with random domains ticking, and gives the first difference in any
 * signal or count, as text.
 *
 * @param operation the table that the engine is to use, where it is not the right one.
 */
export function firstDifference(
  circuit: Circuit,
  cycles: number,
  next: (below: number) => number,
  operation?: EngineOptions['operation'],
): string | undefined {
  const seed = next(1000);
  const oracle = createOracle(circuit, { seed });
  const engine = createEngine(circuit, operation === undefined ? { seed } : { seed, operation });
  for (let cycle = 0; cycle < cycles; cycle++) {
    circuit.inputs.forEach(({ net }, i) => {
      const { min, max } = circuit.nets[net]!.interval;
      const drawn = min + BigInt(next(1 << 30)) * BigInt(next(1 << 30)) * BigInt(next(3));
      const value = drawn > max ? (next(2) === 0 ? max : min) : drawn;
      oracle.setInput(i, value);
      engine.setInput(i, value);
    });
    for (const { path, net } of circuit.signals) {
      const [expected, seen] = [oracle.read(net), engine.read(net)];
      if (expected === seen) continue;
      const cell = circuit.cells.find(({ output }) => output === net);
      return `cycle ${cycle}: ${path} (${cell?.operation}) is ${seen} in the engine, ${expected} in the oracle`;
    }
    const domains = circuit.domains.map((_, i) => i).filter(() => next(3) > 0);
    oracle.step(1, domains);
    engine.step(1, domains);
  }
  const [expected, seen] = [oracle.covers(), engine.covers()].map(String);
  return expected === seen ? undefined : `covers are ${seen}, not ${expected}`;
}
