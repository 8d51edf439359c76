import type { Simulation } from '../../sim/index.ts';

/** What a host's end needs of a simulation: to give its inputs values, cycle by cycle, and to see what comes out. */
export type SimulatedPins = Pick<Simulation, 'cycle' | 'set' | 'stimulus' | 'run'>;
