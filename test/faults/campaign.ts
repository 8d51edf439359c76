import { Diagnostic } from '../../diagnostic/index.ts';
import { type SimulatedTransport, TernaryDevice, type Transport } from '../../host/index.ts';
import { Draw } from '../support/draw.ts';
import { boardParameters, smallBoard } from '../support/small-board.ts';

/*
 * Products on a simulated board whose wire has faults: bits that flip on the lines, bytes that are lost or too many, and a board that loses
 * its power in the middle. Every product has to give the right sums, or end in an error in time.
 */

/** What a campaign has seen. */
export interface Findings {
  products: number;
  /** Products that ended in an error with a code. */
  errors: number;
  /** Products that gave a wrong sum, or ended in another way; each with the number of its seed. */
  wrong: string[];
  frames: number;
  repeated: number;
  damaged: number;
  faults: { flipped: number; lost: number; extra: number; resets: number };
  /** The longest product, in milliseconds of the simulated clock. */
  longestMs: number;
}

export interface CampaignOptions {
  readonly seed: number;
  /** Requests to be sent, repetitions among them. */
  readonly frames: number;
  /** One in so many frames has a fault, in each direction. */
  readonly oneIn: number;
  /** The board is switched off and on once in so many frames. */
  readonly resetOneIn: number;
  readonly onProgress?: (findings: Findings) => void;
}

/** The bits of a frame on a line, as they are here on average: faults on lines are drawn for each bit. */
const bitsOfFrame = 150;
const cyclesPerBit = 4;

/** Runs products until so many frames were sent. */
export async function campaign(options: CampaignOptions): Promise<Findings> {
  const { seed, frames, oneIn, resetOneIn, onProgress } = options;
  const draw = new Draw(seed);
  const faults = { flipped: 0, lost: 0, extra: 0, resets: 0 };
  const findings: Findings = {
    ...{ products: 0, errors: 0, wrong: [], frames: 0, repeated: 0, damaged: 0, longestMs: 0 },
    faults,
  };
  let isQuiet = true;
  const flip = (line: Uint8Array): void => {
    const apart = oneIn * bitsOfFrame * cyclesPerBit;
    for (let at = draw.below(2 * apart); at < line.length; at += draw.between(1, 2 * apart)) {
      const length = draw.between(1, 2 * cyclesPerBit);
      for (let cycle = at; cycle < Math.min(line.length, at + length); cycle++) line[cycle]! ^= 1;
      faults.flipped++;
    }
  };
  const board = smallBoard(boardParameters, ({ rx, tx }) => {
    if (isQuiet) return;
    flip(rx);
    flip(tx);
  });
  const wire = new FaultyTransport(board.transport, {
    there: bytes => (isQuiet ? bytes : changed(bytes, draw, faults, oneIn)),
    back: bytes => (isQuiet ? bytes : changed(bytes, draw, faults, 8 * oneIn)),
    onSend: () => {
      findings.frames++;
      if (isQuiet || !draw.oneIn(resetOneIn)) return;
      faults.resets++;
      board.reset();
    },
  });
  const open = (): Promise<TernaryDevice> =>
    TernaryDevice.open(wire, boardParameters, { firstNumber: draw.below(256) });
  let device = await open();

  while (findings.frames < frames) {
    const number = findings.products++;
    const [m, k, n] = [draw.between(1, 24), draw.between(1, 60), draw.between(1, 6)];
    const weights = { rows: m, columns: k, data: draw.times(m * k, () => draw.between(-1, 1)) };
    const activations = { rows: n, columns: k, data: draw.times(n * k, () => draw.between(-128, 127)) };
    const began = board.transport.elapsedMs;
    const before = { ...device.counts };
    isQuiet = false;
    try {
      await device.loadWeights(weights);
      const { results } = await device.matmul(activations);
      const isRight = Array.from(results.data).every((sum, i) => {
        const [vector, row] = [Math.floor(i / m), i % m];
        let expected = 0;
        for (let c = 0; c < k; c++)
          expected += weights.data[row * k + c]! * activations.data[vector * k + c]!;
        return sum === expected;
      });
      if (!isRight) findings.wrong.push(`product ${number}: a wrong sum`);
    } catch (error) {
      findings.errors++;
      if (!(error instanceof Diagnostic)) findings.wrong.push(`product ${number}: ${error}`);
      isQuiet = true;
      // Whatever happened, the core works again afterwards.
      device = await open();
    }
    findings.repeated += device.counts.repeated - before.repeated;
    findings.damaged += device.counts.damaged - before.damaged;
    findings.longestMs = Math.max(findings.longestMs, board.transport.elapsedMs - began);
    onProgress?.(findings);
  }
  return findings;
}

/** The bytes of a frame with a fault, in one of so many frames. */
function changed(bytes: Uint8Array, draw: Draw, faults: Findings['faults'], oneIn: number): Uint8Array {
  if (!draw.oneIn(oneIn)) return bytes;
  const at = draw.below(bytes.length);
  if (draw.oneIn(2)) {
    faults.lost++;
    return Uint8Array.of(...bytes.subarray(0, at), ...bytes.subarray(at + 1));
  }
  faults.extra++;
  return Uint8Array.of(...bytes.subarray(0, at), draw.below(256), ...bytes.subarray(at));
}

interface Faults {
  readonly there: (bytes: Uint8Array) => Uint8Array;
  readonly back: (bytes: Uint8Array) => Uint8Array;
  readonly onSend: () => void;
}

/** A wire that changes what goes over it. It stays open, whoever closes it. */
class FaultyTransport implements Transport {
  readonly name: string;
  readonly baud: number;
  readonly latencyMs: number;
  readonly #wire: SimulatedTransport;
  readonly #faults: Faults;

  constructor(wire: SimulatedTransport, faults: Faults) {
    this.name = wire.name;
    this.baud = wire.baud;
    this.latencyMs = wire.latencyMs;
    this.#wire = wire;
    this.#faults = faults;
  }

  async send(bytes: Uint8Array): Promise<void> {
    this.#faults.onSend();
    await this.#wire.send(this.#faults.there(bytes));
  }

  async receive(timeoutMs: number, signal?: AbortSignal): Promise<Uint8Array> {
    const bytes = await this.#wire.receive(timeoutMs, signal);
    return bytes.length === 0 ? bytes : this.#faults.back(bytes);
  }

  now(): number {
    return this.#wire.now();
  }

  async close(): Promise<void> {}
}
