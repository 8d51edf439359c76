import { Diagnostic } from '../../diagnostic/index.ts';
import { measure, type OnProgress } from '../../synth/index.ts';
import { round } from './build-report.ts';
import { prepare } from './build-request.ts';
import type { Context } from './command.ts';
import { conflict, nothingFills } from './diagnostics.ts';
import { estimateCore, laneStep } from './estimate.ts';
import { duration } from './explore/duration.ts';
import type { FillDocument } from './fill-document.ts';
import { type Attempt, type Cost, type Size, searchFill } from './fill-search.ts';
import { arrayConfig, sizeText } from './names.ts';
import type { BuildValues } from './options.ts';
import { placementSeconds } from './placement-time.ts';
import type { Progress } from './progress.ts';
import { percent } from './table.ts';
import type { Target } from './target.ts';
import { withProgress } from './with-progress.ts';

/** The size that fills a device, as the values of a build that makes it, and how it was found. */
export interface Filled {
  readonly values: BuildValues;
  readonly document: FillDocument;
}

/** Lanes to choose from, where the user has given none: up to 256, in steps that no family has less for. */
function laneSteps(arch: string): number[] {
  const step = arch === 'table' ? laneStep(arch) : 4;
  return Array.from({ length: Math.floor(256 / step) }, (_, i) => step * (i + 1));
}
const mostRows = 64;

/**
 * Finds the largest array of a family that places and routes at the clock of --mhz, or without it the array of the
 * highest rate. The array stands alone behind few pins: what feeds it is not counted. The choice is over rows, and over
 * lanes too where they are not given.
 * @throws Diagnostic TCT-6006 with a board, a circuit, an interface or a matrix; TCT-6060 where nothing fits or is fast enough.
 */
export async function fill(wanted: BuildValues, target: Target, context: Context): Promise<Filled> {
  refuseOthers(wanted, target);
  const asked = withChains(wanted, context);
  const { device } = target;
  const array = arrayConfig(asked);
  const estimate = (size: Size): Cost => {
    const { lc, bram, fmaxMHz } = estimateCore({ ...array, ...size }, device, {
      form: 'array',
      onPins: true,
    });
    // What has too few block RAMs has no place, however many cells are left.
    return { cells: bram.used > bram.available ? Number.POSITIVE_INFINITY : lc.used, fmaxMHz };
  };
  const seeds = Array.from({ length: asked.seeds }, (_, i) => asked.seed + i);
  const kept = new Map<Size, number>();
  const clock = new PlacementClock(seeds.length);
  const { best, tried } = await withProgress(context, progress =>
    searchFill({
      sizes: sizesOf(asked, context),
      estimate,
      available: device.lc,
      wantedMHz: asked.mhz,
      place: async (size, estimated) => {
        const told = sizeText({ ...array, ...size });
        const seconds = clock.begin(estimated.cells);
        const full = percent(estimated.cells / device.lc, 0);
        const shown = shownAs(progress, `${told}, about ${full} full: about ${duration(seconds)}`);
        const { request } = await prepare({ ...asked, ...size }, target, context);
        const limitSeconds = limitOf(estimated);
        const asking = { ...request, seeds, limitSeconds, onProgress: shown };
        const found = await measure(asking).catch(withoutWay);
        clock.end();
        progress.end();
        if (found?.fits !== true) {
          const late = found?.stoppedAfter === undefined ? '' : ` was found in ${duration(limitSeconds)}`;
          context.terminal.say(`${told}: no place for it${late}`);
          return undefined;
        }
        kept.set(size, found.seed);
        const cost = { cells: found.resources.lc.used, fmaxMHz: found.fmaxMHz ?? 0 };
        context.terminal.say(`${told}: ${costText(size, cost, device.lc)}`);
        return cost;
      },
    }),
  );
  if (best === undefined) throw nothingFills(device.name, asked.mhz, fastest(tried));
  return {
    values: { ...asked, ...best.size, seed: kept.get(best.size)!, seeds: 1 },
    document: {
      wantedMHz: asked.mhz ?? null,
      seeds,
      tried: tried.map(({ size, estimated, placed, isGood }) => ({
        ...size,
        estimated: rounded(estimated),
        placed: placed === undefined ? null : rounded(placed),
        isGood,
      })),
    },
  };
}

/** On a full chip one chain for each sum is faster than segments, whose carries go long ways: where nobody asks for others. */
function withChains(values: BuildValues, { given }: Context): BuildValues {
  const isOpen = !given.has('accumulator') && values.initBits === 0 && values.cut === undefined;
  return isOpen && values.arch !== 'table' ? { ...values, accumulator: 'chain' } : values;
}

/** Seconds that nextpnr has for each seed: where a chip is too full it may look for a place for hours. */
function limitOf({ cells }: Cost): number {
  return Math.max(leastLimit, patience * placementSeconds(cells, 1));
}
const leastLimit = 300;
const patience = 5;

/** How long a placement will take, by those before it. */
class PlacementClock {
  readonly #seeds: number;
  #began = 0;
  #estimate = 0;
  #taken = 0;
  #expected = 0;

  constructor(seeds: number) {
    this.#seeds = seeds;
  }

  /** @returns seconds. */
  begin(cells: number): number {
    this.#began = performance.now();
    this.#estimate = placementSeconds(cells, this.#seeds);
    return this.#estimate * (this.#expected === 0 ? 1 : this.#taken / this.#expected);
  }

  end(): void {
    const taken = (performance.now() - this.#began) / 1000;
    // What was in the cache tells nothing of how long a placement takes.
    if (taken < this.#estimate / 10) return;
    this.#taken += taken;
    this.#expected += this.#estimate;
  }
}

/** What nextpnr cannot route with any of the seeds has no place. */
function withoutWay(error: unknown): undefined {
  if (error instanceof Diagnostic && ['TCT-4006', 'TCT-4020'].includes(error.code)) return undefined;
  throw error;
}

function refuseOthers({ circuit, arch, interface: kind }: BuildValues, { board, device }: Target): void {
  if (circuit !== undefined) throw conflict('--fill', '--circuit', 'a circuit of your own has one size');
  if (kind !== 'stream')
    throw conflict(
      `--interface ${kind}`,
      '--fill',
      'it fills a device with the array alone: leave one of them out',
    );
  if (arch === 'hardwired')
    throw conflict('--fill', '--arch hardwired', 'the size of such an array is that of its matrix');
  if (board !== undefined)
    throw conflict('--fill', '--board', `fill its device, without a self-test: --device ${device.name}`);
}

/** What the user leaves open. */
function sizesOf({ arch, lanes, rows }: BuildValues, { given }: Context): Size[] {
  const allLanes = given.has('lanes') ? [lanes] : laneSteps(arch);
  const allRows = given.has('rows') ? [rows] : Array.from({ length: mostRows }, (_, i) => i + 1);
  return allLanes.flatMap(each => allRows.map(count => ({ lanes: each, rows: count })));
}

/** The clock that the best attempt reached, where none was good. */
function fastest(tried: readonly Attempt[]): number | undefined {
  const clocks = tried.flatMap(({ placed }) => placed?.fmaxMHz ?? []);
  return clocks.length === 0 ? undefined : Math.max(...clocks);
}

/** `94 % full, 213.1 MHz, 89.5 GMAC/s at most` */
function costText({ lanes, rows }: Size, { cells, fmaxMHz }: Cost, available: number): string {
  const gmacs = (lanes * rows * fmaxMHz) / 1000;
  return `${percent(cells / available, 0)} full, ${fmaxMHz.toFixed(1)} MHz, ${gmacs.toFixed(1)} GMAC/s at most`;
}

/** The tools' progress under a phase that tells what is placed. */
function shownAs(progress: Progress, what: string): OnProgress {
  progress.update(`placing ${what}`);
  return ({ tool, phase, seed }) =>
    progress.update(
      `placing ${what}`,
      tool === 'yosys' ? 'Yosys' : `${phase}${seed === undefined ? '' : `, seed ${seed}`}`,
    );
}

function rounded({ cells, fmaxMHz }: Cost): Cost {
  return { cells, fmaxMHz: round(fmaxMHz) };
}
