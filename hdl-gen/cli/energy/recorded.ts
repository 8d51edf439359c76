import type { SimulatedPins } from '../../../host/index.ts';
import type { Records, Simulation } from '../../../sim/index.ts';
import type { Fed } from '../feed.ts';

/** Values of the inputs of a circuit, cycle by cycle. */
export interface RecordedInputs {
  readonly cycles: number;
  /** Bit `bit` of an input in a cycle. */
  at(cycle: number, input: string, bit: number): 0 | 1;
}

/**
 * Passes on what a simulation is given, and keeps it, as whoever gives it may use its records again. A reset is not kept: whoever
 * plays the inputs resets first.
 */
export class InputRecorder implements Fed, SimulatedPins {
  readonly #simulation: Simulation;
  readonly #parts: Records[] = [];
  /** Cycles that were recorded. */
  cycle = 0;

  constructor(simulation: Simulation) {
    this.#simulation = simulation;
  }

  stimulus(cycles: number): Records {
    return this.#simulation.stimulus(cycles);
  }

  set(port: string, value: bigint | number): void {
    this.#simulation.set(port, value);
  }

  run(stimulus: Records, options?: Parameters<Simulation['run']>[1]): Records {
    const kept = this.#simulation.stimulus(stimulus.cycles);
    kept.bytes.set(stimulus.bytes);
    this.#parts.push(kept);
    this.cycle += stimulus.cycles;
    return this.#simulation.run(stimulus, options);
  }

  reset(): void {
    this.#simulation.reset();
  }

  recorded(): RecordedInputs {
    return recordedInputs(this.#parts);
  }
}

/** The values of some records, which lie one behind the other. */
function recordedInputs(parts: readonly Records[]): RecordedInputs {
  const cycles = parts.reduce((sum, part) => sum + part.cycles, 0);
  const partOf = parts.flatMap(part => Array<Records>(part.cycles).fill(part));
  const begins = parts.flatMap(part => Array.from({ length: part.cycles }, (_, i) => i));
  return {
    cycles,
    at(cycle, input, bit) {
      const { bytes, layout } = partOf[cycle]!;
      const { offset } = partOf[cycle]!.field(input);
      const byte = bytes[begins[cycle]! * layout.stride + offset + (bit >> 3)]!;
      return ((byte >> (bit & 7)) & 1) as 0 | 1;
    },
  };
}
