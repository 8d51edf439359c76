import type { RecordField, Records, Simulation } from '../../sim/index.ts';
import { type Beats, type InputStream, portName, type StreamPort } from './beats.ts';
import type { Core } from './core.ts';
import { type PortElements, portElements, readElements, writeElements } from './port-elements.ts';
import type { Random } from './random.ts';

type Values = StreamPort['values'];

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

/** How a core is fed. */
export interface FeedOptions {
  /** Where its sums come out, and how many at once. */
  readonly core: Pick<Core, 'config' | 'output'>;
  /** Where all streams pause at random: decides when. */
  readonly pauses: Random | undefined;
  /** Takes the values of each sum, one for each row, in the order in which they come. */
  readonly onSum: (sum: number, rows: readonly number[]) => void;
  /** Called between two blocks with the part that is done, 0 to 1. */
  readonly onBlock: (done: number) => void | Promise<void>;
}

/** Bytes of stimulus that are made at a time. */
const blockBytes = 2 ** 22;

/**
 * Plays the beats into a simulation of a core and takes the sums. Where a beat moves in every cycle, whole blocks are
 * simulated at once; otherwise the simulation is asked in each cycle what it takes.
 */
export async function feed(simulation: Fed, beats: Beats, options: FeedOptions): Promise<FeedResult> {
  simulation.reset();
  return options.pauses === undefined && beats.isSteady
    ? feedSteadily(simulation, beats, options)
    : feedWithPauses(simulation, beats, options);
}

async function feedSteadily(simulation: Fed, beats: Beats, options: FeedOptions): Promise<FeedResult> {
  const total = beats.mostCycles;
  const perBlock = blockLength(simulation, total);
  const collector = new Collector(options);
  let seconds = 0;
  let cycle = 0;
  while (cycle < total) {
    const began = performance.now();
    const cycles = Math.min(perBlock, total - cycle);
    const stimulus = simulation.stimulus(cycles);
    const ready = stimulus.field(`${options.core.output.prefix}ready`);
    const writers = beats.streams.map(stream => new StreamWriter(stimulus, stream));
    for (let i = 0; i < cycles; i++) {
      stimulus.setNumber(ready, i, 1);
      for (const writer of writers) writer.write(i, cycle + i);
    }
    const results = simulation.run(stimulus);
    for (let i = 0; i < cycles; i++) collector.take(results, i, true);
    cycle += cycles;
    seconds += (performance.now() - began) / 1000;
    await options.onBlock(cycle / total);
  }
  return { cycles: total, sums: collector.sums, seconds };
}

/** How far a stream is. */
interface Offer {
  readonly writer: StreamWriter;
  readonly count: number;
  readonly ready: string;
  beat: number;
  /** A beat that was offered and not taken stays. */
  isHeld: boolean;
}

async function feedWithPauses(simulation: Fed, beats: Beats, options: FeedOptions): Promise<FeedResult> {
  const stimulus = simulation.stimulus(1);
  const outReady = stimulus.field(`${options.core.output.prefix}ready`);
  const collector = new Collector(options);
  const moves = () => options.pauses === undefined || options.pauses.between(0, 3) > 0;
  const offers = beats.streams.map(
    (stream): Offer => ({
      writer: new StreamWriter(stimulus, stream),
      count: stream.count,
      ready: portName(stream, 'ready'),
      beat: 0,
      isHeld: false,
    }),
  );
  // A run that never ends would be a core that has lost a beat.
  const limit = 16 * beats.mostCycles + 1000;
  const perBlock = blockLength(simulation, limit);
  let cycle = 0;
  let began = performance.now();
  let seconds = 0;
  for (; collector.sums < beats.sums && cycle < limit; cycle++) {
    for (const offer of offers) {
      offer.isHeld = offer.beat < offer.count && (offer.isHeld || moves());
      offer.writer.write(0, offer.isHeld ? offer.beat : offer.count);
    }
    const isTaken = moves();
    stimulus.setNumber(outReady, 0, Number(isTaken));
    const results = simulation.run(stimulus);
    collector.take(results, 0, isTaken);
    for (const offer of offers) {
      if (!offer.isHeld || results.number(results.field(offer.ready), 0) === 0) continue;
      offer.isHeld = false;
      offer.beat++;
    }
    if (cycle % perBlock === perBlock - 1) {
      seconds += (performance.now() - began) / 1000;
      await options.onBlock(collector.sums / beats.sums);
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

/** Writes the beats of a stream into records. What can take one value only has no port, and nothing to be written. */
class StreamWriter {
  readonly #records: Records;
  readonly #stream: InputStream;
  readonly #valid: RecordField;
  readonly #flags: readonly RecordField[];
  readonly #ports: readonly {
    readonly bits: number;
    readonly at: PortElements;
    readonly values: Values;
  }[];

  constructor(records: Records, stream: InputStream) {
    this.#records = records;
    this.#stream = stream;
    const { flags, ports } = stream;
    this.#valid = records.field(portName(stream, 'valid'));
    this.#flags = flags.map(flag => records.field(portName(stream, flag.name)));
    this.#ports = ports
      .filter(({ bits }) => bits > 0)
      .map(port => ({ ...port, at: portElements(records, portName(stream, port.name), port.elements) }));
  }

  /** Writes one cycle of inputs; after the last beat nothing is offered any more. */
  write(cycle: number, beat: number): void {
    const { flags, count } = this.#stream;
    const isOffered = beat < count;
    this.#records.setNumber(this.#valid, cycle, Number(isOffered));
    if (!isOffered) return;
    for (const [i, { isSet }] of flags.entries())
      this.#records.setNumber(this.#flags[i]!, cycle, Number(isSet(beat)));
    for (const { bits, at, values } of this.#ports)
      writeElements(this.#records, at, cycle, values(beat), bits);
  }
}

/** Takes the sums out of the records. */
class Collector {
  readonly #options: FeedOptions;
  sums = 0;

  constructor(options: FeedOptions) {
    this.#options = options;
  }

  take(results: Records, cycle: number, isReady: boolean): void {
    const {
      output: { prefix, field },
      config: { rows },
    } = this.#options.core;
    if (!isReady || results.number(results.field(`${prefix}valid`), cycle) === 0) return;
    const at = portElements(results, `${prefix}${field}`, rows);
    this.#options.onSum(this.sums++, readElements(results, at, cycle, rows));
  }
}
