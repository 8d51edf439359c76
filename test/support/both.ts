import { type Circuit, component, type RecordShape, type SignalRecord } from '../../hdl-gen/lang/index.ts';
import { type CircuitRun, simulate } from '../../sim/index.ts';

/** The two simulators that every test of the language runs. */
export const engines = ['oracle', 'compiled'] as const;

/** Does the same with a run in each simulator; gives what both say, which has to be the same. */
export function both<I extends RecordShape, O extends SignalRecord, T>(
  circuit: Circuit<I, O>,
  use: (run: CircuitRun<I, O>) => T,
): T {
  const [oracle, engine] = engines.map(engine => use(simulate(circuit, { engine, seed: 1 })));
  const told = [oracle, engine].map(said =>
    JSON.stringify(said, (_, value) => (typeof value === 'bigint' ? `${value}n` : value)),
  );
  if (told[0] !== told[1]) throw new Error(`the oracle says ${told[0]}, the engine ${told[1]}`);
  return oracle!;
}

/** The outputs of a circuit without state, or before its first edge, for one record of inputs. */
export function outputsOf<I extends RecordShape, O extends SignalRecord>(
  circuit: Circuit<I, O>,
  inputs: Parameters<CircuitRun<I, O>['set']>[0],
): { [K in keyof O & string]: ReturnType<CircuitRun<I, O>['get']> } {
  return both(circuit, run => {
    run.set(inputs);
    return Object.fromEntries(Object.keys(circuit.outputs).map(key => [key, run.get(key)]));
  }) as never;
}

let count = 0;

/** A component that only this test has. */
export function circuit<const I extends RecordShape, O extends SignalRecord>(
  inputs: I,
  build: Parameters<typeof component<I, O>>[1]['build'],
): Circuit<I, O> {
  return component<I, O>(`circuit_${count++}`, { inputs, build });
}
