import type { Diagnostic } from '../../diagnostic/index.ts';
import { bit, type Cell, type Circuit, type Net, type NetId } from '../../ir/index.ts';
import { netlistCircuit } from '../netlist/index.ts';
import { createSimulation } from '../simulation.ts';
import type { Drive } from '../timed/index.ts';
import { type NamedNet, namedNets } from './net-names.ts';

export interface ToggleOptions {
  /** The top module; without it the one that is marked as such, or the only one. */
  readonly top?: string | undefined;
  /** Decides what hardware leaves open at power-up. Default 0. */
  readonly seed?: number | undefined;
}

/** Runs a netlist without delays, and counts: the fast way, for long runs. */
export interface ToggleRun {
  /** The inputs of the netlist, by which `Drive` names them. */
  readonly inputs: readonly string[];
  readonly warnings: readonly Diagnostic[];
  /** Runs some cycles without counting. */
  skip(cycles: number, drive?: Drive): void;
  /** Runs some cycles and counts what changes from each cycle to the next. */
  count(cycles: number, drive?: Drive): void;
  /** What was counted so far, over how many edges. Clocks, and inputs that nothing reads, are not there. */
  toggles(): { readonly cycles: number; readonly nets: readonly NetToggles[] };
}

export interface NetToggles {
  /** The number of the net in the netlist. */
  readonly bit: number;
  readonly name: string;
  /** How often it had another value in a cycle than in the one before. */
  readonly functional: number;
}

/** Cycles that are run at once. */
const portion = 1000;

/**
 * Counts how often each net of a netlist changes from cycle to cycle, in the compiled engine.
 *
 * @param json what Yosys' `write_json` or nextpnr's `--write` wrote, flat.
 * @throws Diagnostic TCT-3201 to TCT-3212 for a netlist that cannot be simulated, TCT-3005 for a combinational loop.
 */
export function toggleRun(json: string, options: ToggleOptions = {}): ToggleRun {
  const { circuit, warnings, placeOf } = netlistCircuit(json, { top: options.top });
  const bits = new SingleBits(circuit);
  const counted = namedNets(json, options.top).flatMap((net): { net: NamedNet; at: NetId }[] => {
    const place = placeOf(net.bit);
    return place === undefined || 'constant' in place ? [] : [{ net, at: bits.of(place.net, place.index) }];
  });
  const toggles = [...new Set(counted.map(({ at }) => at))];
  const simulation = createSimulation(bits.circuit(), { toggles, seed: options.seed ?? 0 });
  const counts = new Float64Array(counted.length);
  let looks = 0;
  let gaps = 0;

  function run(cycles: number, drive: Drive): void {
    for (let done = 0; done < cycles; done += portion) {
      const stimulus = simulation.stimulus(Math.min(portion, cycles - done));
      drive(stimulus, done);
      simulation.run(stimulus);
      looks += stimulus.cycles;
    }
  }

  return {
    inputs: circuit.inputs.map(({ name }) => name),
    warnings,
    skip: (cycles, drive = idle) => run(cycles, drive),
    count(cycles, drive = idle) {
      const before = simulation.toggles();
      if (looks > 0) gaps++;
      run(cycles, drive);
      const after = simulation.toggles();
      counted.forEach(({ at }, i) => {
        counts[i]! += after[at]! - before[at]!;
      });
      gaps += Math.max(cycles - 1, 0);
    },
    toggles: () => ({
      cycles: gaps,
      nets: counted.map(({ net }, i) => ({ bit: net.bit, name: net.name, functional: counts[i]! })),
    }),
  };
}

const idle: Drive = () => {};

/** A circuit in which every bit that is asked for is a net of its own. */
class SingleBits {
  readonly #circuit: Circuit;
  readonly #nets: Net[];
  readonly #cells: Cell[] = [];
  readonly #made = new Map<string, NetId>();

  constructor(circuit: Circuit) {
    this.#circuit = circuit;
    this.#nets = [...circuit.nets];
  }

  of(net: NetId, index: number): NetId {
    const { interval, name, source } = this.#nets[net]!;
    if (interval.width === 1) return net;
    const key = `${net} ${index}`;
    let output = this.#made.get(key);
    if (output === undefined) {
      output = this.#nets.push({ interval: bit, name: `${name}[${index}]`, source }) - 1;
      this.#cells.push({ operation: 'slice', parameters: { low: index, width: 1 }, operands: [net], output });
      this.#made.set(key, output);
    }
    return output;
  }

  circuit(): Circuit {
    return { ...this.#circuit, nets: this.#nets, cells: [...this.#circuit.cells, ...this.#cells] };
  }
}
