import { type Roofline, type RoofName, roofline } from '../../roofline/index.ts';
import type { Device } from '../../synth/index.ts';
import type { Core } from './core.ts';
import type { ProductSize } from './product.ts';
import { percent } from './table.ts';
import { goalMHz } from './target.ts';

/** What each roof is made of, in words that follow a figure. */
const roofWords: Readonly<Record<RoofName, string>> = {
  weights: 'the weights that its memories bring',
  activations: 'the activations that its memories bring',
  logic: 'its logic cells',
  link: 'the link to the host',
};

/** The roofline as JSON documents have it. */
export interface RooflineDocument {
  /** Of the limit that binds. */
  readonly limit: RoofName;
  readonly macsPerCycle: number;
  /** The product that it holds for, and the vectors that a weight serves while it is there. */
  readonly product: ProductSize & { readonly batch: number };
  /** Sustained MACs per cycle over those of the limit; more than 1 where streams bring more than memories could. */
  readonly reached: number;
  /** null where the weights are logic. */
  readonly macsPerWeightByte: number | null;
  /** The smallest --batch with which the memories bring weights for the whole array; null where there are none. */
  readonly batchThatFeeds: number | null;
  /** All limits, the lowest first. */
  readonly roofs: readonly { readonly limit: RoofName; readonly macsPerCycle: number }[];
}

/** An array on a device, with a product. */
export interface RooflineParts {
  readonly device: Device;
  readonly core: Core;
  readonly product: ProductSize;
  readonly lcPerMac: number;
  readonly clockMHz: number;
  readonly sustainedMacsPerCycle: number;
  readonly values: { readonly batch: number; readonly link: number | undefined };
}

/** What limits an array on a device. */
export function rooflineOf({ core, values, sustainedMacsPerCycle, ...parts }: RooflineParts): Roofline {
  const { lanes, rows, activationBits } = core.config;
  return roofline({
    ...parts,
    rows,
    activationBits,
    batch: values.batch,
    linkBytesPerSecond: values.link,
    bitsPerWeight: core.bitsPerWeight,
    sumBits: core.sum.width,
    array: { peakMacsPerCycle: lanes * rows, sustainedMacsPerCycle },
  });
}

export function rooflineDocument(
  { bound, roofs, reached, macsPerWeightByte, batchThatFeeds }: Roofline,
  { product, values }: Pick<RooflineParts, 'product' | 'values'>,
): RooflineDocument {
  return {
    limit: bound.name,
    macsPerCycle: round(bound.macsPerCycle),
    product: { ...product, batch: values.batch },
    reached: round(reached),
    macsPerWeightByte: macsPerWeightByte ?? null,
    batchThatFeeds: batchThatFeeds ?? null,
    roofs: roofs.map(({ name, macsPerCycle }) => ({ limit: name, macsPerCycle: round(macsPerCycle) })),
  };
}

/** `32.0 MACs per cycle of up5k: the weights that its memories bring; 98.1 % of it reached`. */
export function rooflineText(
  { limit, macsPerCycle, reached, batchThatFeeds, product }: RooflineDocument,
  device: string,
): string {
  const roof = `${macsPerCycle.toFixed(1)} MACs per cycle on ${device}: ${roofWords[limit]}`;
  if (reached <= 1) return `${roof}; ${percent(reached)} of it reached`;
  const batch =
    limit === 'weights' && batchThatFeeds !== null && batchThatFeeds > product.batch
      ? `, which feed this array with --batch ${batchThatFeeds}`
      : '';
  return `${roof}${batch}`;
}

/** The same before anything is placed: with the estimated area, and the clock that a build would aim at. */
export function estimatedRoofline(
  device: Device,
  parts: Omit<RooflineParts, 'device' | 'lcPerMac' | 'clockMHz'>,
): { readonly document: RooflineDocument; readonly text: string } {
  const { cells, config } = parts.core;
  const lcPerMac = cells / (config.lanes * config.rows);
  const clockMHz = goalMHz[device.yosysDevice];
  const document = rooflineDocument(rooflineOf({ ...parts, device, lcPerMac, clockMHz }), parts);
  return { document, text: rooflineText(document, device.name) };
}

/** Three decimals: more would be noise. */
function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
