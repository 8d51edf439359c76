/** Several seeds of nextpnr, of which the fastest is kept: their spread is 10 to 20 %. */
import { badRequest, NoPlacement } from './diagnostics.ts';
import { type Placement, type PlaceRequest, placeAndRoute, preparePlacing } from './nextpnr.ts';
import type { ToolTime } from './tool.ts';

/** A placement with several seeds. */
export interface SeedsRequest extends Omit<PlaceRequest, 'seed'> {
  /** Positive integers, at least one. */
  readonly seeds: readonly number[];
  /** How many run side by side, at least 1 (the default). Each takes up to 1 GB of memory. */
  readonly concurrency?: number | undefined;
  /** How many more seeds are tried, one after another, where nextpnr finds no placement with any of these. Default 0. */
  readonly spare?: number | undefined;
}

/** What one seed reached. */
export interface SeedResult {
  readonly seed: number;
  /** null if nextpnr found no placement with this seed. */
  readonly fmaxMHz: number | null;
  /** What nextpnr took; undefined if it found no placement. */
  readonly time: ToolTime | undefined;
}

/** The best placement, and what each seed reached, in the order asked for and tried. */
export interface SeedsResult {
  readonly best: Placement;
  readonly all: readonly SeedResult[];
}

/**
 * Runs every seed and keeps the one with the highest clock; among equals, the first. Seeds that fail are passed over
 * as long as one succeeds. Only the best placement's files are held in memory.
 * @param place what places with one seed.
 * @throws Diagnostic what the first seed threw if all fail; TCT-4010 if there is no seed or a seed is no positive integer.
 */
export async function placeSeeds(request: SeedsRequest, place = placeAndRoute): Promise<SeedsResult> {
  const { seeds, spare = 0 } = request;
  const tried: SeedResult[] = [];
  let first: unknown;
  for (let more = 0; more <= spare; more++) {
    const now = more === 0 ? seeds : [Math.max(...seeds) + more];
    try {
      const { best, all } = await placeEach({ ...request, seeds: now }, place);
      return { best, all: [...tried, ...all] };
    } catch (error) {
      first ??= error;
      // What else went wrong would do so again.
      if (!(error instanceof NoPlacement)) break;
      tried.push(...now.map(seed => ({ seed, fmaxMHz: null, time: undefined })));
    }
  }
  throw first;
}

async function placeEach(request: SeedsRequest, place: typeof placeAndRoute): Promise<SeedsResult> {
  const { seeds, concurrency = 1, spare: _, ...rest } = request;
  if (seeds.length === 0) throw badRequest('seeds', 'empty', 'at least one seed');
  for (const seed of seeds) {
    if (!Number.isInteger(seed) || seed < 1 || seed >= 2 ** 31) {
      throw badRequest('seeds', `[${seeds.join(', ')}]`, 'integers from 1 to 2147483647');
    }
  }
  if (!(concurrency >= 1)) throw badRequest('concurrency', String(concurrency), 'a number of at least 1');
  const all: SeedResult[] = seeds.map(seed => ({ seed, fmaxMHz: null, time: undefined }));
  let best: { placement: Placement; index: number } | undefined;
  let failure: { error: unknown; index: number } | undefined;
  let next = 0;
  const release: (() => void)[] = [];
  const work = async (): Promise<void> => {
    while (next < seeds.length) {
      const index = next++;
      // While this one runs, nextpnr is loaded for the next.
      if (next < seeds.length) release.push(preparePlacing(request.device));
      try {
        const placement = await place({ ...rest, seed: seeds[index]! });
        const { fmaxMHz, time } = placement;
        all[index] = { seed: seeds[index]!, fmaxMHz, time };
        const gain = placement.fmaxMHz - (best?.placement.fmaxMHz ?? -1);
        if (gain > 0 || (gain === 0 && index < best!.index)) best = { placement, index };
      } catch (error) {
        if (request.signal?.aborted) throw error;
        if (failure === undefined || index < failure.index) failure = { error, index };
      }
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.max(1, Math.min(concurrency, seeds.length)) }, work));
  } finally {
    for (const unused of release) unused();
  }
  if (best === undefined) throw failure!.error;
  return { best: best.placement, all };
}
