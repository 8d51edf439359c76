import type { PlacedFigures } from './document.ts';

/** `3.42 (2.71 to 4.40)` */
export function energyText({ low, mid, high }: NonNullable<PlacedFigures['energyPjPerMac']>): string {
  return `${mid.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;
}
