import { emitVerilog } from '../hdl-gen/emit/index.ts';
import { type Circuit, elaborate, type RecordShape, type SignalRecord } from '../hdl-gen/lang/index.ts';
import { keepAlive } from '../rtl/top/index.ts';
import {
  buildBitstream,
  cacheFolder,
  DoesNotFit,
  keyOf,
  readCached,
  toolVersion,
  writeCached,
} from '../synth/index.ts';

/** What a circuit takes on a device, and how fast it is. */
export interface Placed {
  /** Logic cells of the circuit itself, without the wrapper that keeps it alive. */
  readonly cells: number;
  /** All logic cells, with the wrapper. */
  readonly allCells: number;
  /** The highest clock, with the best of the seeds. */
  readonly fmaxMHz: number;
}

/** Where and how a circuit is placed. */
export interface Placing {
  readonly device: string;
  /** nextpnr's seeds; the fastest result counts. */
  readonly seeds: readonly number[];
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
 * Places and routes a circuit behind few pins. What was found is kept in the cache folder by the Verilog and all
 * that it was made with, so that a run which was broken off goes on where it was: `TERCET_CACHE` names another folder.
 * @returns undefined where the device is too small for it.
 */
export async function place<I extends RecordShape, O extends SignalRecord>(
  circuit: Circuit<I, O>,
  { device, seeds, files: foreign = {} }: Placing,
): Promise<Placed | undefined> {
  const design = elaborate(keepAlive(circuit));
  const emitted = emitVerilog(design).map(({ name, text }) => [name, text] as const);
  const files = { ...Object.fromEntries(emitted), ...foreign };
  const targetMHz = device === 'up5k' ? 100 : 250;
  const tools = [toolVersion('yosys'), toolVersion('nextpnr-ice40')];
  const key = keyOf([JSON.stringify([files, device, targetMHz, seeds, tools])]);
  const known = await readCached(`bench/${key}`, cacheFolder());
  if (known !== undefined) return JSON.parse(new TextDecoder().decode(known)).placed;

  console.error(`placing ${circuit.component} on ${device} with ${seeds.length} seeds …`);
  let placed: Placed | undefined;
  try {
    const request = { files, top: design.top.component, device, targetMHz, seeds };
    const { report } = await buildBitstream(request);
    placed = {
      cells: Object.entries(report.resources.byModule)
        .filter(([path]) => path.split('.').includes('core'))
        .reduce((sum, [, { lc }]) => sum + lc, 0),
      allCells: report.resources.lc.used,
      fmaxMHz: report.timing.fmaxMHz ?? 0,
    };
  } catch (error) {
    if (!(error instanceof DoesNotFit)) throw error;
  }
  await writeCached(`bench/${key}`, new TextEncoder().encode(JSON.stringify({ placed })), cacheFolder());
  return placed;
}
