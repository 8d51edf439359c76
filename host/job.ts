import {
  type CoreParameters,
  packActivations,
  resultCount,
  resultRuns,
  unpackResults,
} from '../model/core/index.ts';
import {
  addressOf,
  type FieldValues,
  pack,
  type RegisterName,
  type RegisterOf,
  registerOf,
  unpack,
} from '../protocol/index.ts';
import { coreComplains, jobNeverEnds } from './diagnostics.ts';
import type { ExchangeOptions, Piece } from './link-client.ts';
import type { Activations } from './matrices.ts';
import type { OutputStage } from './output-stage.ts';
import type { Tile } from './tiles.ts';
import { runsOf } from './weight-loads.ts';
import type { WordPort } from './word-port.ts';

/** One job: up to `batch` vectors from `first` on with one part of the matrix, which is in the core. */
export interface Job {
  readonly tile: Tile;
  readonly activations: Activations;
  readonly first: number;
  /** Whether the buffer holds the activations already. */
  readonly isHeld: boolean;
  readonly output?: OutputStage | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What came of a job. */
export interface JobRun {
  /** For each vector and block the result of each row. */
  readonly sums: readonly (readonly (readonly number[])[])[];
  readonly cycles: number;
}

/** The longest job takes 256 beats x 4,096 tiles x its batch; one poll takes longer than 100 cycles. */
const mostPolls = 100_000;

/** Writes what a job takes, starts it, waits for its end, and reads its results. @throws Diagnostic those of the link, TCT-8016, TCT-8017. */
export async function runJob(
  link: WordPort,
  core: CoreParameters,
  { tile, activations, first, isHeld, output = {}, signal }: Job,
): Promise<JobRun> {
  const { image, base, initialBase, firstColumn } = tile;
  const { rows, columns, data } = activations;
  const { shape } = image;
  const count = Math.min(core.batch, rows - first);
  const vectors = (): number[][] =>
    Array.from({ length: count }, (_, vector) =>
      Array.from(
        { length: shape.k },
        (_, column) => data[(first + vector) * columns + firstColumn + column]!,
      ),
    );
  await link.writeAll(
    [
      ...(isHeld ? [] : runsOf(packActivations(vectors(), 0, core, shape), addressOf('activations', 0))),
      register('walk', {
        lastBeat: shape.beatsPerBlock - 1,
        lastBlock: shape.blocks - 1,
        lastTile: shape.tiles - 1,
      }),
      register('weightPlace', { base }),
      register('jobPlace', { initialBase, activationHalf: 0, resultHalf: 0 }),
      register('outputStage', {
        shift: output.shift ?? 0,
        relu: output.relu === true ? 1 : 0,
        saturate: output.saturate === true ? 1 : 0,
      }),
      register('control', { start: 1, abort: 0, clearErrors: 1, clearCycles: 1 }),
    ],
    { signal },
  );
  const cycles = await finish(link, { signal });
  const runs = resultRuns(core, shape, count);
  const places = runs.map(run => ({ address: addressOf('results', run.offset), count: run.count }));
  const read = await link.readAll(places, { signal });
  const words = new Uint32Array(resultCount(core, shape));
  let next = 0;
  for (const run of runs) {
    words.set(read.subarray(next, next + run.count), run.offset);
    next += run.count;
  }
  return { sums: unpackResults(words, core, shape).slice(0, count), cycles };
}

/** Waits for the end of the job; gives the cycles that it took. */
async function finish(link: WordPort, options: ExchangeOptions): Promise<number> {
  const status = registerOf('status');
  const cycles = registerOf('cycles');
  for (let poll = 0; poll < mostPolls; poll++) {
    const words = await link.read(status.address, cycles.address - status.address + 1, options);
    const state = unpack(status, words[0]!);
    if (state.startLost === 1)
      throw coreComplains(link.name, 'a job was started while another one was queued');
    if (state.bufferInUse === 1)
      throw coreComplains(link.name, 'activations were written while they were read');
    if (state.busy === 0) return unpack(cycles, words[cycles.address - status.address]!).cycles;
  }
  throw jobNeverEnds(link.name, mostPolls);
}

function register<N extends RegisterName>(name: N, values: FieldValues<RegisterOf<N>>): Piece {
  const row = registerOf(name);
  return { address: addressOf('registers', row.address), words: Uint32Array.of(pack(row, values)) };
}
