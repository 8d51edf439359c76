import { Diagnostic } from '../../../diagnostic/index.ts';
import type { CostEstimate } from '../../../estimate/index.ts';
import {
  cellsWithin,
  type Measured,
  type MeasureRequest,
  measure,
  measureKey,
  recall,
  type Unplaceable,
} from '../../../synth/index.ts';
import { emitVerilog } from '../../emit/index.ts';
import { coreOf } from '../core.ts';
import { estimateCore, shortageOf } from '../estimate.ts';
import { breathe } from '../interrupts.ts';
import { placementSeconds } from '../placement-time.ts';
import { goalMHz } from '../target.ts';
import { type Configuration, coreConfig } from './configurations.ts';
import type { Finding, PlacedFigures } from './document.ts';
import { duration } from './duration.ts';
import { measureEnergy, recallEnergy } from './energy.ts';
import type { Measurer } from './measurer.ts';

/** A configuration is given up after so many times the time that it should take, and not before `leastLimit` seconds. */
const patience = 30;
const leastLimit = 900;

/** Measures configurations with Yosys and nextpnr: the array, alone or between its streams, behind few pins. */
export class Placements implements Measurer {
  readonly #seeds: readonly number[];
  readonly #withEnergy: boolean;

  /**
   * @param seeds of nextpnr, at least one.
   * @param withEnergy whether the energy of each is found too, which takes a placement more.
   */
  constructor(seeds: readonly number[], withEnergy = false) {
    this.#seeds = seeds;
    this.#withEnergy = withEnergy;
  }

  /** What is in the cache, or is known without any tool: that there is no such array, or far too little room for it. */
  async recall(configuration: Configuration): Promise<Finding | undefined> {
    await breathe();
    try {
      const shortage = shortageOf(estimateOf(configuration));
      if (shortage?.isHopeless === true) {
        const why = `needs about ${shortage.needed} of ${shortage.available} ${shortage.of} (an estimate)`;
        return { outcome: 'does-not-fit', why, key: null, placed: null };
      }
      const request = this.#requestOf(configuration);
      const known = await recall(request);
      if (known === undefined) return undefined;
      const finding = findingOf(known, measureKey(request), configuration);
      if (!this.#withEnergy || finding.placed === null) return finding;
      const energy = await recallEnergy(finding.key!, configuration);
      return energy === undefined ? undefined : withEnergy(finding, energy);
    } catch (error) {
      if (!(error instanceof Diagnostic)) throw error;
      return { outcome: 'impossible', why: error.message, key: null, placed: null };
    }
  }

  async measure(configuration: Configuration): Promise<Finding> {
    const request = this.#requestOf(configuration);
    const key = measureKey(request);
    // With some seeds nextpnr never ends.
    const limit = Math.max(leastLimit, patience * this.seconds(configuration));
    const signal = AbortSignal.timeout(Math.ceil(1000 * limit));
    try {
      const finding = findingOf(await measure({ ...request, signal }), key, configuration);
      if (!this.#withEnergy || finding.placed === null) return finding;
      const { fmaxMHz } = finding.placed;
      return withEnergy(finding, await measureEnergy(key, configuration, fmaxMHz, this.#seeds[0]!));
    } catch (error) {
      if (!(error instanceof Diagnostic)) throw error;
      const why = signal.aborted
        ? `stopped after ${duration(limit)}: with one of the seeds the tools found no end`
        : `${error.code}: ${error.message}`;
      return { outcome: 'failed', why, key, placed: null };
    }
  }

  keyOf(configuration: Configuration): string {
    return measureKey(this.#requestOf(configuration));
  }

  /** `measureAll` corrects it as results come. */
  seconds(configuration: Configuration): number {
    const placements = this.#seeds.length + (this.#withEnergy ? 2 : 0);
    return placementSeconds(estimateOf(configuration).lc.used, placements);
  }

  #requestOf(configuration: Configuration): MeasureRequest {
    const { device, form } = configuration;
    const core = coreOf(coreConfig(configuration));
    const design = form === 'stream' ? core.onPins() : core.aloneOnPins();
    return {
      files: Object.fromEntries(emitVerilog(design).map(({ name, text }) => [name, text])),
      top: design.top.component,
      device,
      targetMHz: goalMHz[device.yosysDevice],
      seeds: this.#seeds,
    };
  }
}

/** @throws Diagnostic where there is no such array. */
function estimateOf(configuration: Configuration): CostEstimate {
  const { device, form } = configuration;
  return estimateCore(coreConfig(configuration), device, { form, onPins: true });
}

function findingOf(found: Measured | Unplaceable, key: string, { array }: Configuration): Finding {
  if (!found.fits) {
    const { used, available } = found.resources.lc;
    const why = found.over.includes('lc')
      ? `needs ${used} of ${available} logic cells`
      : found.over.length > 0
        ? `needs more ${found.over.join(' and ')} than there is`
        : `nextpnr finds no place for its ${used} logic cells`;
    return { outcome: 'does-not-fit', why, key, placed: null };
  }
  const { resources, fmaxMHz, seed, seeds } = found;
  const macs = array.lanes * array.rows;
  const lc = cellsWithin(resources, 'core');
  const clock = fmaxMHz ?? 0;
  const placed = {
    ...{ lc, lcPerMac: round(lc / macs) },
    ...{ bram: resources.bram.used, spram: resources.spram.used, dsp: resources.dsp.used },
    ...{ fmaxMHz: round(clock), gmacs: round((macs * clock) / 1000), seed, seeds },
  };
  return { outcome: 'placed', why: null, key, placed };
}

function withEnergy(finding: Finding, energyPjPerMac: PlacedFigures['energyPjPerMac']): Finding {
  return { ...finding, placed: { ...finding.placed!, energyPjPerMac } };
}

/** Four decimals: enough to tell two points apart. */
function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
