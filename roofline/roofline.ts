/** What limits how fast a device works out a product. */
export type RoofName = 'weights' | 'activations' | 'logic' | 'link';

/** A device, a product, and how an array works on it. All counts are whole and at least 1 where nothing else is said. */
export interface RooflineRequest {
  /** Logic cells, block RAMs and single-port RAMs of the device; RAMs may be 0. */
  readonly device: { readonly lc: number; readonly bram: number; readonly spram: number };
  /** Weights [M,K] times N activation vectors of length K. */
  readonly product: { readonly m: number; readonly k: number; readonly n: number };
  /** Rows that share an activation while it is there. */
  readonly rows: number;
  /** Activation vectors that a weight serves while it is there. */
  readonly batch: number;
  /** Bits of memory for each weight; 0 where the weights are logic. It need not be whole. */
  readonly bitsPerWeight: number;
  readonly activationBits: number;
  /** Bits of a sum, as it leaves the device. */
  readonly sumBits: number;
  /** Logic cells for each MAC of a cycle, more than 0. */
  readonly lcPerMac: number;
  /** More than 0. */
  readonly clockMHz: number;
  /** Bytes a second that the link to the host carries, more than 0; undefined where no link is in the way. */
  readonly linkBytesPerSecond?: number | undefined;
  /** MACs in each cycle, at most and as an average over the product. */
  readonly array: { readonly peakMacsPerCycle: number; readonly sustainedMacsPerCycle: number };
}

/** One limit. */
export interface Roof {
  readonly name: RoofName;
  readonly macsPerCycle: number;
  /** The same at the clock, in 10^9 MACs a second. */
  readonly gmacs: number;
}

/** All limits, and how near the array is to the lowest. */
export interface Roofline {
  /**
   * The lowest first. What cannot limit is not there: weights that are logic, RAMs that the device does not have, a link
   * that is not in the way.
   */
  readonly roofs: readonly Roof[];
  /** The limit that binds: the first of `roofs`. */
  readonly bound: Roof;
  /** Operational intensity: MACs for each byte of weights that is read; undefined where the weights are logic. */
  readonly macsPerWeightByte: number | undefined;
  /**
   * Sustained MACs over those of `bound`. More than 1 where the array was measured with streams that bring more than
   * the memories of the device could.
   */
  readonly reached: number;
  /** The smallest batch with which the RAMs bring weights for the whole array; undefined where there are none. */
  readonly batchThatFeeds: number | undefined;
}

/** Bits that one RAM of either kind reads in a cycle: both are 16 wide at most (iCE40 LP/HX and UltraPlus family data sheets). */
const bitsPerRead = 16;

/**
 * The roofline of a product (S. Williams, A. Waterman, D. Patterson, "Roofline", CACM 52(4), 2009), with one roof for
 * each thing that a MAC needs, in MACs per cycle:
 *
 *     weights      B / w * N / ceil(N / batch)      each weight is read again for every `batch` vectors
 *     activations  B / a * M / ceil(M / rows)       each activation is read again for every `rows` rows
 *     logic        LC / l                           as many arrays as the cells hold
 *     link         L / f * 8 M K / (K a + M s)      activations in and sums out; the weights are there already
 *
 * B = 16 * (block RAMs + SPRAMs) is the bits that all RAMs of the device read in a cycle, w and a the bits of a weight and an
 * activation, s those of a sum, l the logic cells for each MAC, L the bytes a second of the link, and f the clock.
 * An UP5K without its block RAMs reads 4 * 16 = 64 bits a cycle: 32 MACs at 2 bits a weight and batch 1.
 *
 * Each roof is what there would be if nothing else needed that resource: weights and activations together ask for both of
 * their parts of B. A RAM is read in every cycle; the capacity of the RAMs is not looked at.
 */
export function roofline(request: RooflineRequest): Roofline {
  const { device, product, rows, batch, bitsPerWeight, activationBits, sumBits } = request;
  const { m, k, n } = product;
  const readBits = bitsPerRead * (device.bram + device.spram);
  const cyclesPerSecond = request.clockMHz * 1e6;
  const vectorsPerRead = n / Math.ceil(n / batch);
  const rowsPerRead = m / Math.ceil(m / rows);

  const limits: [RoofName, number][] = [['logic', device.lc / request.lcPerMac]];
  if (readBits > 0) limits.push(['activations', (readBits / activationBits) * rowsPerRead]);
  if (readBits > 0 && bitsPerWeight > 0)
    limits.push(['weights', (readBits / bitsPerWeight) * vectorsPerRead]);
  if (request.linkBytesPerSecond !== undefined) {
    const macsPerByte = (8 * m * k) / (k * activationBits + m * sumBits);
    limits.push(['link', (request.linkBytesPerSecond * macsPerByte) / cyclesPerSecond]);
  }
  const roofs = limits
    .map(([name, macsPerCycle]) => ({ name, macsPerCycle, gmacs: (macsPerCycle * cyclesPerSecond) / 1e9 }))
    .sort((a, b) => a.macsPerCycle - b.macsPerCycle);
  const bound = roofs[0]!;
  const { peakMacsPerCycle, sustainedMacsPerCycle } = request.array;
  return {
    roofs,
    bound,
    macsPerWeightByte: bitsPerWeight === 0 ? undefined : (8 * vectorsPerRead) / bitsPerWeight,
    reached: sustainedMacsPerCycle / bound.macsPerCycle,
    batchThatFeeds:
      readBits === 0 ? undefined : Math.max(1, Math.ceil((peakMacsPerCycle * bitsPerWeight) / readBits)),
  };
}
