import type { Circuit, Port } from '../../ir/index.ts';
import type { Records } from '../records.ts';
import { createSimulation, type Simulation } from '../simulation.ts';
import { noSuchNet } from './diagnostics.ts';
import { withForced } from './forced.ts';
import type { PlacedCircuit } from './read.ts';

/** Gives the inputs of some cycles their values; `first` is the number of the first of these cycles. */
export type Drive = (inputs: Records, first: number) => void;

export interface SourcesOptions {
  /**
   * Names of sources, as the placed netlist has them, that become inputs: what drives them counts no more. With it the
   * registers in front of a circuit can give it any data.
   */
  readonly forced?: readonly string[] | undefined;
  /** Decides what hardware leaves open at power-up. Default 0. */
  readonly seed?: number | undefined;
}

/** The values of all sources of a placed netlist, cycle by cycle: the compiled engine runs it as a circuit. */
export class Sources {
  /** Inputs, and with their names what is forced. */
  readonly circuit: Circuit;
  readonly #simulation: Simulation;
  /** Where the sources lie in a record of the outputs: byte and bit. */
  readonly #bytes: Int32Array;
  readonly #bits: Uint8Array;
  #cycle = 0;

  /** @throws Diagnostic TCT-3505 for a name that no source has; TCT-3005 for a combinational loop. */
  constructor({ netlist, placed, places }: PlacedCircuit, { forced = [], seed = 0 }: SourcesOptions = {}) {
    const names = netlist.sources.map(({ net }) => netlist.nets[net]!.name);
    const byName = new Map(names.map((name, i) => [name, i]));
    const bits = forced.map(name => {
      const place = places[byName.get(name) ?? -1];
      if (place === undefined) throw noSuchNet(name, names);
      return { name, place };
    });
    const nets = [...new Set(places.map(({ net }) => net))];
    const outputs = nets.map((net): Port => ({ name: String(net), net }));
    this.circuit = { ...withForced(placed.circuit, bits), outputs };
    this.#simulation = createSimulation(this.circuit, { seed });
    const { layout } = this.#simulation.run(this.#simulation.stimulus(0));
    const fields = new Map(layout.fields.map(field => [field.name, field]));
    this.#bytes = Int32Array.from(places, ({ net, index }) => fields.get(String(net))!.offset + (index >> 3));
    this.#bits = Uint8Array.from(places, ({ index }) => index & 7);
  }

  /** The next cycles: 0 or 1 for each source, those of a cycle side by side. */
  next(cycles: number, drive: Drive): Uint8Array {
    const stimulus = this.#simulation.stimulus(cycles);
    drive(stimulus, this.#cycle);
    const { bytes, layout } = this.#simulation.run(stimulus);
    this.#cycle += cycles;
    const count = this.#bytes.length;
    const values = new Uint8Array(cycles * count);
    for (let cycle = 0, to = 0, record = 0; cycle < cycles; cycle++, record += layout.stride)
      for (let i = 0; i < count; i++) values[to++] = (bytes[record + this.#bytes[i]!]! >> this.#bits[i]!) & 1;
    return values;
  }
}
