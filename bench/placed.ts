import { Diagnostic } from '../diagnostic/index.ts';
import { emitVerilog } from '../hdl-gen/emit/index.ts';
import { type Circuit, elaborate, type RecordShape, type SignalRecord } from '../hdl-gen/lang/index.ts';
import { keepAlive } from '../rtl/top/index.ts';
import { cellsWithin, measure, recall, type Unplaceable } from '../synth/index.ts';

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

/** What has no place on its device. */
export interface NotPlaced {
  /** Why not, in words. */
  readonly why: string;
}

/** Where and how a circuit is placed. */
export interface Placing {
  readonly device: string;
  /** nextpnr's seeds; the fastest result counts. */
  readonly seeds: readonly number[];
  /** What the time of a wire weighs for nextpnr's placer; see `PlaceRequest`. */
  readonly timingWeight?: number;
  /** Whether each bit of the inputs has a flip-flop of its own beside the circuit; see `keepAlive`. Default true. */
  readonly ownBits?: boolean;
  /** Seconds that nextpnr has for each seed; without it, as long as it takes. */
  readonly limitSeconds?: number;
  /** Verilog files of foreign modules. */
  readonly files?: Readonly<Record<string, string>>;
}

/** What a circuit takes that fits the device; see `place`. */
export async function placeFitting<I extends RecordShape, O extends SignalRecord>(
  circuit: Circuit<I, O>,
  placing: Placing,
): Promise<Placed> {
  const placed = await place(circuit, placing);
  if ('why' in placed) throw new Error(`${circuit.component} on ${placing.device}: ${placed.why}`);
  return placed;
}

/**
 * Places and routes a circuit behind few pins. What was measured is kept (see `measure`), so that a run which was broken
 * off goes on where it was.
 */
export async function place<I extends RecordShape, O extends SignalRecord>(
  circuit: Circuit<I, O>,
  { device, seeds, timingWeight, ownBits = true, limitSeconds, files: foreign = {} }: Placing,
): Promise<Placed | NotPlaced> {
  const design = elaborate(keepAlive(circuit, { ownBits }));
  const emitted = emitVerilog(design).map(({ name, text }) => [name, text] as const);
  const files = { ...Object.fromEntries(emitted), ...foreign };
  const targetMHz = device === 'up5k' ? 100 : 250;
  const request = { files, top: design.top.component, device, targetMHz, seeds, timingWeight, limitSeconds };
  let found = await recall(request);
  if (found === undefined) {
    console.error(`placing ${circuit.component} on ${device} with ${seeds.length} seeds …`);
    try {
      found = await measure(request);
    } catch (error) {
      if (error instanceof Diagnostic && ['TCT-4006', 'TCT-4020'].includes(error.code))
        return { why: 'nextpnr finds no way' };
      throw error;
    }
  }
  if (!found.fits) return { why: reasonOf(found) };
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

function reasonOf({ resources, over, stoppedAfter }: Unplaceable): string {
  const share = `${((100 * resources.lc.used) / resources.lc.available).toFixed(0)} % of the cells`;
  if (over.length > 0) return `${share}: more than there are`;
  return stoppedAfter === undefined
    ? `${share}, nextpnr: unable to find legal placement`
    : `${share}, no placement in ${Math.round(stoppedAfter / 60)} minutes`;
}
