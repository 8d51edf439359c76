import { Records } from '../records.ts';
import { resetInputs } from '../resets.ts';
import type { Simulation } from '../simulation.ts';
import { type Stimulus, Testimony } from './opinion.ts';

/** What can be done to a simulation that is recorded. */
export type Recordable = Pick<Simulation, 'circuit' | 'stimulus' | 'run' | 'reset'>;

/** A simulation that takes down what is done to it and what comes out. */
export interface Recorder extends Recordable {
  /** All of it since power-up, for others to do the same. */
  recorded(): { readonly stimulus: Stimulus; readonly said: Testimony };
}

/**
 * Records a simulation that stands at power-up: whoever drives it by its outputs (valid and ready) leaves a stimulus
 * that others can be given as it is.
 */
export function recorder(simulation: Simulation): Recorder {
  const { circuit } = simulation;
  const inputs: Records[] = [];
  const outputs: Records[] = [];
  const run: Simulation['run'] = (stimulus, options) => {
    const results = simulation.run(stimulus, options);
    inputs.push(stimulus.part(0, stimulus.cycles));
    outputs.push(results);
    return results;
  };
  return {
    circuit,
    stimulus: cycles => simulation.stimulus(cycles),
    run,
    reset() {
      const resets = resetInputs(circuit).map(i => circuit.inputs[i]!.name);
      if (resets.length === 0) return;
      const stimulus = simulation.stimulus(1);
      for (const name of resets) stimulus.set(name, 0, 1n);
      run(stimulus);
      for (const name of resets) simulation.set(name, 0n);
    },
    recorded: () => ({
      stimulus: { inputs: joined(inputs, simulation.stimulus(0)) },
      said: new Testimony(joined(outputs, simulation.run(simulation.stimulus(0)))),
    }),
  };
}

/** @param none records of the same layout for no cycle. */
function joined(parts: readonly Records[], none: Records): Records {
  const cycles = parts.reduce((sum, part) => sum + part.cycles, 0);
  const all = new Records(none.layout, cycles);
  let at = 0;
  for (const part of parts) {
    all.put(part, at);
    at += part.cycles;
  }
  return all;
}
