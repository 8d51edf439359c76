import type { PlacedDesign } from '../../../synth/index.ts';

/** Nets that have to be there before their delays say anything of their routes. */
const leastNets = 10;

/** Below this agreement delays are of another placement: its own had 0.95 and more, those of other seeds 0.26 to 0.85. */
export const leastAgreement = 0.9;

/**
 * How well the delays of wires go with the routes that nextpnr wrote: the correlation of the delay with the number of wires on the way,
 * those over twelve tiles counted twice, over all nets with one end; undefined where there are too few. Two placements of one netlist have
 * the same names, so this alone tells whether delays are of another one.
 */
export function delayAgreement({ nets }: PlacedDesign): number | undefined {
  const delays: number[] = [];
  const lengths: number[] = [];
  for (const { driver, sinks, wires } of nets) {
    const length = wires.local + wires.span4 + 2 * wires.span12;
    // Carries and global networks have ways of their own, and within a cell there is none.
    if (driver?.port === 'COUT' || wires.global > 0 || sinks.length !== 1 || length === 0) continue;
    delays.push(sinks[0]!.delayPs);
    lengths.push(length);
  }
  return delays.length < leastNets ? undefined : correlation(delays, lengths);
}

/** Pearson's; undefined where one of them is the same all over. */
function correlation(a: readonly number[], b: readonly number[]): number | undefined {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [both, ofA, ofB] = [0, 0, 0];
  for (const [i, value] of a.entries()) {
    both += (value - meanA) * (b[i]! - meanB);
    ofA += (value - meanA) ** 2;
    ofB += (b[i]! - meanB) ** 2;
  }
  return ofA === 0 || ofB === 0 ? undefined : both / Math.sqrt(ofA * ofB);
}
