import { rooflineChart } from '../../plot/index.ts';
import type { RoofName } from '../../roofline/index.ts';
import type { ThroughputDocument } from './build-document.ts';

/** What a picture of a roofline shows beside the rates. */
export interface RooflinePicture {
  readonly throughput: ThroughputDocument;
  readonly device: string;
  readonly fmaxMHz: number;
  /** `64 lanes x 1 row` */
  readonly size: string;
}

/** What each roof is called in the picture. */
const names: Readonly<Record<RoofName, string>> = {
  weights: 'weights from memory',
  activations: 'activations from memory',
  logic: 'logic cells',
  link: 'link to the host',
};

/** The roofline of a built array as SVG: what limits its device with this product, and where the array stands. */
export function rooflinePicture({ throughput, device, fmaxMHz, size }: RooflinePicture): string {
  const { roofline, sustainedGmacs, peakGmacs } = throughput;
  const { roofs, product, macsPerWeightByte, limit } = roofline;
  const gmacs = (macsPerCycle: number): number => (macsPerCycle * fmaxMHz) / 1000;
  const weights = roofs.find(roof => roof.limit === 'weights');
  const { m, k, n, batch } = product;
  const rate = sustainedGmacs ?? peakGmacs;
  return rooflineChart({
    title: `${size} on ${device.toUpperCase()}: bound by ${names[limit]}`,
    subtitle: `[${m},${k}] × ${n} vectors, batch ${batch}, at ${fmaxMHz.toFixed(1)} MHz`,
    weightGBytes:
      weights === undefined || macsPerWeightByte === null
        ? undefined
        : gmacs(weights.macsPerCycle) / macsPerWeightByte,
    flat: roofs
      .filter(roof => roof !== weights)
      .map(roof => ({ name: names[roof.limit], gmacs: gmacs(roof.macsPerCycle) })),
    point: {
      intensity: macsPerWeightByte ?? 1,
      gmacs: rate,
      label: `${rate.toFixed(2)} GMAC/s ${sustainedGmacs === null ? 'at most' : 'sustained'}`,
    },
  });
}
