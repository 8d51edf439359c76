import { type Circuit, type DomainId, type NetId, operationNamed } from '../../../ir/index.ts';
import type { Failure } from '../../backend.ts';
import { fillPlanes, readPlanes } from '../../planes.ts';
import { powerUp } from '../../power-up.ts';
import type { RecordLayout } from '../../records.ts';
import type { Surroundings } from '../coder.ts';
import { Core, orderedSteps, placesIn } from '../core.ts';
import { areNeighbours, planLayout } from '../layout.ts';
import { packingOf, packsOf, tuplesOf } from '../packs.ts';
import type { OperationLookup } from '../values.ts';
import type { Slot } from '../word.ts';
import { PlaneCoder } from './plane-coder.ts';
import { planeForm } from './plane-form.ts';
import { isLoopable, isUniform } from './plane-loops.ts';
import { PlaneMemories } from './plane-memories.ts';
import { PlaneTables } from './plane-tables.ts';

export interface PlaneEngineOptions {
  /** Decides what hardware leaves open: see `powerUp`. */
  readonly seed: number;
  /** The table of operations, where it is not that of `ir`. */
  readonly operation?: OperationLookup;
  /** Nets whose changes are counted; none by default. */
  readonly toggled?: readonly NetId[];
}

/** Records of bit planes. */
interface Planes {
  readonly bytes: Uint8Array;
  readonly cycles: number;
}

/** The compiled engine for 128 streams at once. */
export class PlaneEngine {
  readonly inputs: RecordLayout;
  readonly outputs: RecordLayout;
  readonly #circuit: Circuit;
  readonly #core: Core;
  readonly #layout: ReturnType<typeof planLayout>;
  readonly #places: ReadonlyMap<NetId, Slot>;
  readonly #constants: ReadonlyMap<NetId, bigint>;

  constructor(circuit: Circuit, { seed, operation = operationNamed, toggled = [] }: PlaneEngineOptions) {
    this.#circuit = circuit;
    const steps = orderedSteps(circuit);
    const anyLanes = () => 8 as const;
    const packing = packingOf(circuit, steps, operation, anyLanes);
    const planned = planLayout(circuit, planeForm, packing, toggled);
    const neighbours = (nets: readonly NetId[], place: 'state' | 'input') =>
      areNeighbours(planned, nets, place);
    const tuples = tuplesOf(circuit, steps, neighbours, operation, anyLanes);
    const tables = new PlaneTables(planned);
    // Registers of one group may differ in their number of planes.
    const packs = packsOf(packing, tuples, tuple => isLoopable(tuple, tables)).filter(
      pack =>
        isUniform(pack) &&
        neighbours(
          pack.registers.map(({ output }) => output),
          'state',
        ),
    );
    const layout = { ...planned, end: tables.end };
    const contents = powerUp(circuit, seed);
    const memories = new PlaneMemories(circuit, layout, contents);
    // Values that pass through memory cost as much as what is done with them: 3,000 is slower by a fifth.
    const style = {
      form: planeForm,
      coder: (surroundings: Surroundings) => new PlaneCoder(surroundings, tables),
      chunkCost: 12_000,
    };
    const source = { circuit, steps, style, layout, packs, operation };
    this.#core = new Core(source, (core, index) => memories.access(core, index));
    tables.fill(this.#core.view);
    this.#layout = layout;
    this.#places = placesIn(circuit, layout);
    this.#constants = new Map(circuit.constants.map(({ output, value }) => [output, value]));
    this.inputs = layout.inputs;
    this.outputs = layout.outputs;
    for (const { output, initial } of [...circuit.registers, ...circuit.latches]) this.#fill(output, initial);
    circuit.memories.forEach(({ reads }, m) => {
      reads.forEach(({ data }, port) => {
        this.#fill(data, contents.readData[m]![port]!);
      });
    });
  }

  #fill(net: NetId, value: bigint): void {
    const slot = this.#layout.states.get(net)!;
    fillPlanes(this.#core.bytes, slot.address, slot, value);
  }

  /** Sets an input, named by its place in `circuit.inputs`, in all streams. */
  setInput(index: number, value: bigint): void {
    const field = this.inputs.fields[index]!;
    fillPlanes(this.#core.bytes, this.#layout.inputRecord + field.offset, field, value);
    this.#core.touch();
  }

  read(net: NetId, stream: number): bigint {
    const constant = this.#constants.get(net);
    if (constant !== undefined) return constant;
    if (this.#layout.shown.has(net)) this.#core.settle(net);
    const place = this.#places.get(net)!;
    return readPlanes(this.#core.bytes, place.address, place, stream);
  }

  /** Bytes for the records of a stimulus, all 0. */
  allocate(size: number): Uint8Array {
    return this.#core.allocate(size);
  }

  step(cycles: number, rising: readonly DomainId[], falling: readonly DomainId[]): Failure | undefined {
    if (this.#isSimple(falling)) return this.#core.step(cycles, rising);
    for (let i = 0; i < cycles; i++) {
      const failure = this.#cycle(rising, falling);
      if (failure !== undefined) return { ...failure, cycles: i };
    }
    return undefined;
  }

  run(
    stimulus: Planes,
    results: Planes,
    rising: readonly DomainId[],
    falling: readonly DomainId[],
  ): Failure | undefined {
    if (this.#isSimple(falling))
      return this.#core.run(stimulus.bytes, results.bytes, stimulus.cycles, rising);
    const [from, to] = [this.inputs.stride, this.outputs.stride];
    for (let i = 0; i < stimulus.cycles; i++) {
      this.#core.bytes.set(stimulus.bytes.subarray(i * from, (i + 1) * from), this.#layout.inputRecord);
      this.#core.touch();
      this.#storeLatches();
      this.#circuit.outputs.forEach(({ net }, output) => {
        if (this.#layout.shown.has(net)) this.#core.settle(net);
        const { offset, bytes } = this.outputs.fields[output]!;
        results.bytes.set(this.#bytesOf(net, bytes), i * to + offset);
      });
      const failure = this.#cycle(rising, falling);
      if (failure !== undefined) return { ...failure, cycles: i };
    }
    return undefined;
  }

  /** The planes of a net. */
  #bytesOf(net: NetId, size: number): Uint8Array {
    const place = this.#places.get(net);
    if (place !== undefined) return this.#core.bytes.slice(place.address, place.address + size);
    const planes = new Uint8Array(size);
    fillPlanes(planes, 0, { bytes: size, signed: false }, this.#constants.get(net)!);
    return planes;
  }

  /** Whether a cycle is one edge of all domains. */
  #isSimple(falling: readonly DomainId[]): boolean {
    return falling.length === 0 && this.#circuit.latches.length === 0;
  }

  #cycle(rising: readonly DomainId[], falling: readonly DomainId[]): Failure | undefined {
    this.#storeLatches();
    for (const domains of [rising, falling]) {
      if (domains.length === 0) continue;
      const failure = this.#core.step(1, domains);
      if (failure !== undefined) return failure;
      this.#storeLatches();
    }
    return undefined;
  }

  #storeLatches(): void {
    if (this.#circuit.latches.length > 0) this.#core.storeLatches();
  }

  /** The first stream in which the property was broken that stopped the last run. */
  brokenStream(): number {
    const { address, bytes } = this.#layout.broken;
    const plane = this.#core.bytes.subarray(address, address + bytes);
    const byte = plane.findIndex(value => value !== 0);
    return 8 * byte + (31 - Math.clz32(plane[byte]! & -plane[byte]!));
  }

  toggles(): readonly number[] {
    return this.#core.toggles();
  }
}

export function createPlaneEngine(circuit: Circuit, options: PlaneEngineOptions): PlaneEngine {
  return new PlaneEngine(circuit, options);
}
