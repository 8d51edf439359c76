import { emitVerilog } from '../hdl-gen/emit/index.ts';
import { type Circuit, elaborate, type RecordShape, type SignalRecord } from '../hdl-gen/lang/index.ts';
import { keepAlive } from '../rtl/top/index.ts';
import { cellsWithin, measure, recall } from '../synth/index.ts';

/** What a circuit takes on a device, and how fast it is. */
export interface Placed {
  /** Logic cells of the circuit itself, without the wrapper that keeps it alive. */
  readonly cells: number;
  /** All logic cells, with the wrapper. */
  readonly allCells: number;
  /** Logic cells of the wrapper. */
  readonly wrapperCells: number;
  /** Logic cells of the instances of a name, with all that is in them. */
  readonly within: (instance: string) => number;
  readonly brams: number;
  /** The highest clock, with the best of the seeds. */
  readonly fmaxMHz: number;
}

/** Where and how a circuit is placed. */
export interface Placing {
  readonly device: string;
  /** nextpnr's seeds; the fastest result counts. */
  readonly seeds: readonly number[];
  /** Whether each bit of the inputs has a flip-flop of its own beside the circuit; see `keepAlive`. Default true. */
  readonly ownBits?: boolean;
  /** Verilog files of foreign modules. */
  readonly files?: Readonly<Record<string, string>>;
}

/** What a circuit takes that fits the device; see `place`. */
export async function placeFitting<I extends RecordShape, O extends SignalRecord>(
  circuit: Circuit<I, O>,
  placing: Placing,
): Promise<Placed> {
  const placed = await place(circuit, placing);
  if (placed === undefined) throw new Error(`${circuit.component} does not fit ${placing.device}`);
  return placed;
}

/**
 * Places and routes a circuit behind few pins. What was measured is kept (see `measure`), so that a run which was broken
 * off goes on where it was.
 * @returns undefined where the device is too small for it.
 */
export async function place<I extends RecordShape, O extends SignalRecord>(
  circuit: Circuit<I, O>,
  { device, seeds, ownBits = true, files: foreign = {} }: Placing,
): Promise<Placed | undefined> {
  const design = elaborate(keepAlive(circuit, { ownBits }));
  const emitted = emitVerilog(design).map(({ name, text }) => [name, text] as const);
  const files = { ...Object.fromEntries(emitted), ...foreign };
  const targetMHz = device === 'up5k' ? 100 : 250;
  const request = { files, top: design.top.component, device, targetMHz, seeds };
  let found = await recall(request);
  if (found === undefined) {
    console.error(`placing ${circuit.component} on ${device} with ${seeds.length} seeds …`);
    found = await measure(request);
  }
  if (!found.fits) return undefined;
  const { resources, fmaxMHz } = found;
  return {
    cells: cellsWithin(resources, 'core'),
    allCells: resources.lc.used,
    wrapperCells: resources.byModule[design.top.component]?.lc ?? 0,
    within: instance => cellsWithin(resources, instance),
    brams: resources.bram.used,
    fmaxMHz: fmaxMHz ?? 0,
  };
}
