/**
 * The jobs of a product, one behind the other. Both halves of the buffers are in use: while a job runs, the activations of the next one are
 * written to the other half, and the results of the one before are read from theirs. So each job costs one exchange with the device:
 *
 *     start 1, activations 2              | start 2, activations 3, results 1 | start 3, activations 4, results 2 | …
 *
 * A job is started when the one before is known to be done. Then a request that is repeated, because its answer was lost, finds what it
 * would have found the first time: nobody writes what an exchange reads.
 */
import {
  ActivationHalves,
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
import type { ExchangeOptions, Piece, Span, Step } from './link-client.ts';
import type { Activations } from './matrices.ts';
import type { OutputStage } from './output-stage.ts';
import type { Tile } from './tiles.ts';
import { runsOf } from './weight-loads.ts';
import type { WordPort } from './word-port.ts';

/** Up to `batch` vectors, from `first` on, with one part of the matrix. */
export interface Job {
  readonly tile: Tile;
  readonly first: number;
}

/** What the jobs of a call have in common. */
export interface JobOptions extends ExchangeOptions {
  readonly output?: OutputStage | undefined;
}

/** What a job gives: for each of its vectors and blocks the sum of each row. */
export type JobSums = readonly (readonly (readonly number[])[])[];

/** A job with the halves that it uses. */
interface Placed extends Job {
  readonly activationHalf: 0 | 1;
  readonly resultHalf: 0 | 1;
  /** The activations that are not in their half yet. */
  readonly writes: readonly Piece[];
}

/** Words of a piece where reads and writes take turns: the device keeps one of these while it answers. */
const turnWords = 40;

/** The longest job takes 256 beats x 4,096 tiles x its batch; one poll takes longer than 100 cycles. */
const mostPolls = 100_000;

/** Runs jobs on a device, and knows what its registers and buffers hold. */
export class JobRunner {
  readonly #port: WordPort;
  readonly #core: CoreParameters;
  /** Whether no job of an earlier call can be at work. */
  #isIdle = false;
  /** Whether a job of ours was started, and its end was not seen. */
  #mayWork = false;
  readonly #registers = new Map<RegisterName, number>();
  #halves = new ActivationHalves();

  constructor(port: WordPort, core: CoreParameters) {
    this.#port = port;
    this.#core = core;
  }

  /** To be called where the device may hold something else than it was given. */
  forget(): void {
    this.#isIdle = false;
    this.#registers.clear();
    this.#halves = new ActivationHalves();
  }

  /** To be called before weights are written: ends the job of a call that was broken off, which may still read them. */
  async stop(options: ExchangeOptions): Promise<void> {
    if (!this.#mayWork) return;
    await this.#port.exchange([this.#command({ abort: 1, start: 0 })], options);
    this.#mayWork = false;
  }

  /** To be called before other activations are multiplied. */
  forgetActivations(): void {
    this.#halves = new ActivationHalves();
  }

  /**
   * Runs the jobs in their order, whose weights are in the device; gives the cycles in which the core worked.
   * @param onSums takes what each gives, in this order.
   * @throws Diagnostic TCT-8016 and TCT-8017 where the core does not do its work, and those of the port.
   */
  async run(
    jobs: readonly Job[],
    activations: Activations,
    onSums: (job: Job, sums: JobSums) => void,
    { output = {}, ...options }: JobOptions,
  ): Promise<number> {
    let cycles = 0;
    let done: Placed | undefined;
    let next = this.#placed(jobs, 0, activations, undefined);
    for (const index of jobs.keys()) {
      const now = next!;
      next = this.#placed(jobs, index + 1, activations, now);
      const before: Step[] = [
        ...(this.#isIdle ? [] : [this.#command({ abort: 1, start: 0 })]),
        ...(index === 0 ? now.writes : []),
        ...this.#settings(now, output),
        this.#command({ abort: 0, start: 1 }),
      ];
      this.#mayWork = true;
      const reads = done === undefined ? [] : this.#resultsOf(done, activations);
      const meanwhile = turns(next?.writes ?? [], reads);
      const words = await this.#port.exchange([...before, ...meanwhile, statusSpan], options);
      this.#isIdle = true;
      const status = words.pop()!;
      if (done !== undefined) onSums(done, this.#sums(done, activations, meanwhile, words));
      cycles += await this.#finished(status, options);
      done = now;
    }
    this.#mayWork = false;
    if (done !== undefined) {
      const reads = this.#resultsOf(done, activations);
      onSums(done, this.#sums(done, activations, reads, await this.#port.exchange(reads, options)));
    }
    return cycles;
  }

  /** A job with the half of the activations that the one before it does not read, or the one that holds its own already. */
  #placed(
    jobs: readonly Job[],
    index: number,
    activations: Activations,
    before: Placed | undefined,
  ): Placed | undefined {
    const job = jobs[index];
    if (job === undefined) return undefined;
    const resultHalf = before?.resultHalf === 0 ? 1 : 0;
    const { half: activationHalf, isHeld } = this.#halves.next(job.tile, job.first);
    if (isHeld) return { ...job, activationHalf, resultHalf, writes: [] };
    const words = packActivations(
      this.#vectors(job, activations),
      activationHalf,
      this.#core,
      job.tile.image.shape,
    );
    return { ...job, activationHalf, resultHalf, writes: runsOf(words, addressOf('activations', 0)) };
  }

  #vectors({ tile, first }: Job, activations: Activations): number[][] {
    const { columns, data } = activations;
    const { firstColumn, image } = tile;
    return Array.from({ length: this.#count(first, activations) }, (_, vector) => {
      const begin = (first + vector) * columns + firstColumn;
      return Array.from({ length: image.shape.k }, (_, column) => data[begin + column]!);
    });
  }

  #count(first: number, { rows }: Activations): number {
    return Math.min(this.#core.batch, rows - first);
  }

  /** The registers of a job, without those that have their values already. */
  #settings(
    { tile, activationHalf, resultHalf }: Placed,
    { shift = 0, relu, saturate }: OutputStage,
  ): Piece[] {
    const { image, base, initialBase } = tile;
    const { beatsPerBlock, blocks, tiles } = image.shape;
    return [
      ...this.#set('walk', { lastBeat: beatsPerBlock - 1, lastBlock: blocks - 1, lastTile: tiles - 1 }),
      ...this.#set('weightPlace', { base }),
      ...this.#set('jobPlace', { initialBase, activationHalf, resultHalf }),
      ...this.#set('outputStage', {
        shift,
        relu: relu === true ? 1 : 0,
        saturate: saturate === true ? 1 : 0,
      }),
    ];
  }

  #set<N extends RegisterName>(name: N, values: FieldValues<RegisterOf<N>>): Piece[] {
    const word = pack(registerOf(name), values);
    if (this.#registers.get(name) === word) return [];
    this.#registers.set(name, word);
    return [registerPiece(name, word)];
  }

  #command({ abort, start }: { readonly abort: 0 | 1; readonly start: 0 | 1 }): Piece {
    const word = pack(registerOf('control'), { start, abort, clearErrors: 1, clearCycles: 1 });
    return registerPiece('control', word);
  }

  #resultsOf({ tile, first, resultHalf }: Placed, activations: Activations): Span[] {
    const begin = this.#resultPlace(resultHalf);
    return resultRuns(this.#core, tile.image.shape, this.#count(first, activations)).map(
      ({ offset, count }) => ({ address: begin + offset, count }),
    );
  }

  #resultPlace(half: 0 | 1): number {
    return addressOf('results', (half * this.#core.resultDepth) / 2);
  }

  /** The sums among the words that the reads of some steps have found. */
  #sums(
    { tile, first, resultHalf }: Placed,
    activations: Activations,
    steps: readonly Step[],
    found: readonly Uint32Array[],
  ): JobSums {
    const { shape } = tile.image;
    const words = new Uint32Array(resultCount(this.#core, shape));
    const reads = steps.filter(step => !('words' in step));
    for (const [i, { address }] of reads.entries())
      words.set(found[i]!, address - this.#resultPlace(resultHalf));
    return unpackResults(words, this.#core, shape).slice(0, this.#count(first, activations));
  }

  /** Waits for the end of the job; gives the cycles that it took. */
  async #finished(first: Uint32Array, options: ExchangeOptions): Promise<number> {
    const { name } = this.#port;
    let words = first;
    for (let poll = 0; poll < mostPolls; poll++) {
      const state = unpack(registerOf('status'), words[0]!);
      if (state.startLost === 1) throw coreComplains(name, 'a job was started while another one was queued');
      if (state.bufferInUse === 1) throw coreComplains(name, 'activations were written while they were read');
      if (state.busy === 0) return unpack(registerOf('cycles'), words.at(-1)!).cycles;
      words = (await this.#port.exchange([statusSpan], options))[0]!;
    }
    throw jobNeverEnds(name, mostPolls);
  }
}

/** The words from `status` to `cycles`. */
const statusSpan: Span = {
  address: addressOf('registers', registerOf('status').address),
  count: registerOf('cycles').address - registerOf('status').address + 1,
};

function registerPiece(name: RegisterName, word: number): Piece {
  return { address: addressOf('registers', registerOf(name).address), words: Uint32Array.of(word) };
}

/** Writes and reads that take turns, so that both directions of a link are in use. */
function turns(writes: readonly Piece[], reads: readonly Span[]): Step[] {
  if (writes.length === 0 || reads.length === 0) return [...writes, ...reads];
  const out = writes.flatMap(({ address, words }) =>
    slices(words.length).map(({ at, size }) => ({
      address: address + at,
      words: words.subarray(at, at + size),
    })),
  );
  const back = reads.flatMap(({ address, count }) =>
    slices(count).map(({ at, size }) => ({ address: address + at, count: size })),
  );
  return Array.from({ length: Math.max(out.length, back.length) }, (_, i): Step[] => [
    ...back.slice(i, i + 1),
    ...out.slice(i, i + 1),
  ]).flat();
}

function slices(count: number): { readonly at: number; readonly size: number }[] {
  return Array.from({ length: Math.ceil(count / turnWords) }, (_, i) => {
    const at = i * turnWords;
    return { at, size: Math.min(turnWords, count - at) };
  });
}
