import { arrayLayout } from '../../rtl/ternary/index.ts';
import type { RecordField, Records, Simulation } from '../../sim/index.ts';
import type { ArrayConfig } from './names.ts';
import type { Beats } from './product.ts';
import type { Random } from './random.ts';

/** What the beats are played into. */
export type Fed = Pick<Simulation, 'stimulus' | 'run' | 'reset'>;

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
export async function feed(simulation: Fed, beats: Beats, options: FeedOptions): Promise<FeedResult> {
  simulation.reset();
  return options.pauses === undefined
    ? feedSteadily(simulation, beats, options)
    : feedWithPauses(simulation, beats, options, options.pauses);
}

async function feedSteadily(simulation: Fed, beats: Beats, options: FeedOptions): Promise<FeedResult> {
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
  simulation: Fed,
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
    const isAccepted = isOffered && results.number(results.field('in_ready'), 0) === 1;
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
function blockLength(simulation: Fed, total: number): number {
  const { stride } = simulation.stimulus(0).layout;
  return Math.max(1, Math.min(total, 16_384, Math.floor(blockBytes / stride)));
}

/** Where the ports lie in a record. */
interface Places {
  readonly valid: RecordField;
  readonly first: RecordField;
  readonly last: RecordField;
  readonly ready: RecordField;
  readonly x: readonly RecordField[];
  readonly w: readonly RecordField[];
  readonly init: readonly RecordField[];
}

function placesIn(stimulus: Records, array: ArrayConfig): Places {
  const { lanes, rows, initBits } = array;
  const { codeBits, w: codes } = arrayLayout(array);
  const at = (port: string): RecordField => stimulus.field(port);
  const all = (port: string, count: number) => Array.from({ length: count }, (_, i) => at(`${port}_${i}`));
  return {
    valid: at('in_valid'),
    first: at('in_first'),
    last: at('in_last'),
    ready: at('out_ready'),
    x: all('in_x', lanes),
    w: codeBits === 0 ? [] : all('in_w', codes.length * rows),
    init: initBits === 0 ? [] : all('in_init', rows),
  };
}

/** Writes one cycle of inputs; after the last beat nothing is offered any more. */
function writeBeat(
  records: Records,
  place: Places,
  cycle: number,
  beats: Beats,
  beat: number,
  isReady: boolean,
): void {
  const put = (field: RecordField, value: number) => records.setNumber(field, cycle, value);
  const putAll = (fields: readonly RecordField[], values: Int32Array) => {
    for (let i = 0; i < fields.length; i++) put(fields[i]!, values[i]!);
  };
  put(place.ready, Number(isReady));
  const isOffered = beat < beats.count;
  put(place.valid, Number(isOffered));
  if (!isOffered) return;
  put(place.first, Number(beats.isFirst(beat)));
  put(place.last, Number(beats.isLast(beat)));
  putAll(place.x, beats.x(beat));
  putAll(place.w, beats.w(beat));
  if (place.init.length > 0) putAll(place.init, beats.init(beat));
}

/** Takes the sums out of the records. */
class Collector {
  readonly #options: FeedOptions;
  sums = 0;

  constructor(options: FeedOptions) {
    this.#options = options;
  }

  take(results: Records, cycle: number, isReady: boolean): void {
    if (!isReady || results.number(results.field('out_valid'), cycle) === 0) return;
    const { rows } = this.#options.array;
    const values = Array.from({ length: rows }, (_, row) =>
      results.number(results.field(`out_y_${row}`), cycle),
    );
    this.#options.onSum(this.sums++, values);
  }
}
