import type { Records, Simulation } from '../../sim/index.ts';
import type { ArrayConfig } from './names.ts';
import type { Beats } from './product.ts';
import type { Random } from './random.ts';

/** How a run went. */
export interface FeedResult {
  /** Cycles until the last sum came out. */
  readonly cycles: number;
  /** Sums that came out. */
  readonly sums: number;
  readonly seconds: number;
}

/** How the array is fed. */
export interface FeedOptions {
  readonly array: ArrayConfig;
  /** Edges from the last beat of a sum to the sum. */
  readonly latency: number;
  /** Where both streams pause at random: decides when. */
  readonly pauses: Random | undefined;
  /** Takes the values of each sum, one for each row, in the order in which they come. */
  readonly onSum: (sum: number, rows: readonly number[]) => void;
  /** Called between two blocks with the part that is done, 0 to 1. */
  readonly onBlock: (done: number) => void | Promise<void>;
}

/** Bytes of stimulus that are made at a time. */
const blockBytes = 2 ** 22;

/**
 * Plays the beats into a simulation of `ternaryStream` and takes the sums. Without pauses a beat moves in every
 * cycle, so whole blocks are simulated at once; with pauses the simulation is asked in each cycle what it takes.
 */
export async function feed(simulation: Simulation, beats: Beats, options: FeedOptions): Promise<FeedResult> {
  simulation.reset();
  return options.pauses === undefined
    ? feedSteadily(simulation, beats, options)
    : feedWithPauses(simulation, beats, options, options.pauses);
}

async function feedSteadily(simulation: Simulation, beats: Beats, options: FeedOptions): Promise<FeedResult> {
  const total = beats.count + options.latency;
  const perBlock = blockLength(simulation, total);
  const collector = new Collector(options);
  let seconds = 0;
  let cycle = 0;
  while (cycle < total) {
    const began = performance.now();
    const cycles = Math.min(perBlock, total - cycle);
    const stimulus = simulation.stimulus(cycles);
    const place = placesIn(stimulus, options.array);
    for (let i = 0; i < cycles; i++) writeBeat(stimulus, place, i, beats, cycle + i, true);
    const results = simulation.run(stimulus);
    for (let i = 0; i < cycles; i++) collector.take(results, i, true);
    cycle += cycles;
    seconds += (performance.now() - began) / 1000;
    await options.onBlock(cycle / total);
  }
  return { cycles: total, sums: collector.sums, seconds };
}

async function feedWithPauses(
  simulation: Simulation,
  beats: Beats,
  options: FeedOptions,
  random: Random,
): Promise<FeedResult> {
  const stimulus = simulation.stimulus(1);
  const place = placesIn(stimulus, options.array);
  const collector = new Collector(options);
  // A run that never ends would be an array that has lost a beat.
  const limit = 16 * (beats.count + options.latency) + 1000;
  const perBlock = blockLength(simulation, limit);
  let [beat, cycle, isHeld] = [0, 0, false];
  let began = performance.now();
  let seconds = 0;
  for (; collector.sums < beats.sums && cycle < limit; cycle++) {
    const isOffered = beat < beats.count && (isHeld || random.between(0, 3) > 0);
    const isTaken = random.between(0, 3) > 0;
    writeBeat(stimulus, place, 0, beats, isOffered ? beat : beats.count, isTaken);
    const results = simulation.run(stimulus);
    collector.take(results, 0, isTaken);
    const isAccepted = isOffered && readOne(results, 'in_ready', 0) === 1;
    isHeld = isOffered && !isAccepted;
    if (isAccepted) beat++;
    if (cycle % perBlock === perBlock - 1) {
      seconds += (performance.now() - began) / 1000;
      await options.onBlock(beat / beats.count);
      began = performance.now();
    }
  }
  return { cycles: cycle, sums: collector.sums, seconds: seconds + (performance.now() - began) / 1000 };
}

/** How many cycles are simulated between two looks at the rest of the world. */
function blockLength(simulation: Simulation, total: number): number {
  const { stride } = simulation.stimulus(0).layout;
  return Math.max(1, Math.min(total, 16_384, Math.floor(blockBytes / (4 * stride))));
}

/** Where the ports lie in a record. The elements of an array lie one after the other, a word each. */
interface Places {
  readonly valid: number;
  readonly first: number;
  readonly last: number;
  readonly ready: number;
  readonly x: number;
  readonly w: number;
  readonly init: number | undefined;
}

function placesIn(stimulus: Records, { initBits }: ArrayConfig): Places {
  const at = (port: string): number => stimulus.field(port).offset;
  return {
    valid: at('in_valid'),
    first: at('in_first'),
    last: at('in_last'),
    ready: at('out_ready'),
    x: at('in_x_0'),
    w: at('in_w_0'),
    init: initBits === 0 ? undefined : at('in_init_0'),
  };
}

/** Writes one cycle of inputs; after the last beat nothing is offered any more. */
function writeBeat(
  { words, layout }: Records,
  place: Places,
  cycle: number,
  beats: Beats,
  beat: number,
  isReady: boolean,
): void {
  const base = cycle * layout.stride;
  words[base + place.ready] = Number(isReady);
  const isOffered = beat < beats.count;
  words[base + place.valid] = Number(isOffered);
  if (!isOffered) return;
  words[base + place.first] = Number(beats.isFirst(beat));
  words[base + place.last] = Number(beats.isLast(beat));
  words.set(beats.x(beat), base + place.x);
  words.set(beats.w(beat), base + place.w);
  if (place.init !== undefined) words.set(beats.init(beat), base + place.init);
}

/** Takes the sums out of the records. */
class Collector {
  readonly #options: FeedOptions;
  sums = 0;

  constructor(options: FeedOptions) {
    this.#options = options;
  }

  take(results: Records, cycle: number, isReady: boolean): void {
    if (!isReady || readOne(results, 'out_valid', cycle) === 0) return;
    const { rows } = this.#options.array;
    const values = Array.from({ length: rows }, (_, row) => readOne(results, `out_y_${row}`, cycle));
    this.#options.onSum(this.sums++, values);
  }
}

/** A port's value in one cycle, of one word or two. */
function readOne(records: Records, port: string, cycle: number): number {
  const { offset, words } = records.field(port);
  const at = cycle * records.layout.stride + offset;
  const low = records.words[at]!;
  return words === 1 ? low : records.words[at + 1]! * 2 ** 32 + (low >>> 0);
}
