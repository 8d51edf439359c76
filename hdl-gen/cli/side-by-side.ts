import { freemem } from 'node:os';

/** Memory that one nextpnr takes. */
const bytesPerPlacement = 1.2e9;

/** How many placements run at the same time on some cores: one on each, as memory allows. */
export function sideBySide(cores: number): number {
  return Math.max(1, Math.min(cores, Math.floor(freemem() / bytesPerPlacement)));
}
