import type { ProgressEvent } from '../../synth/index.ts';
import type { Progress } from './progress.ts';

/** Tells what the tools are doing. */
export class BuildProgress {
  readonly #progress: Progress;
  readonly #seeds: readonly number[];
  /** The most connections that were seen unrouted, by seed. */
  readonly #mostUnrouted = new Map<number, number>();

  constructor(progress: Progress, seeds: readonly number[]) {
    this.#progress = progress;
    this.#seeds = seeds;
    this.begun = new Promise(resolve => {
      this.#begin = resolve;
    });
  }

  /** Kept when the first tool has begun. */
  readonly begun: Promise<void>;
  #begin: () => void = () => {};

  start(): void {
    this.#progress.update('Yosys: loading');
  }

  readonly onProgress = (event: ProgressEvent): void => {
    this.#begin();
    const { tool, phase, step, iteration, remaining, seed = 0 } = event;
    if (tool === 'yosys') {
      this.#progress.update('Yosys: synthesising', `${step ?? ''} ${phase.replace(/^Executing /, '')}`);
      return;
    }
    if (tool === 'icepack') {
      this.#progress.update('icepack: packing the bitstream');
      return;
    }
    const which = this.#seeds.length > 1 || seed !== this.#seeds[0] ? ` (seed ${seed})` : '';
    const detail = iteration === undefined ? '' : `round ${iteration}`;
    if (remaining === undefined) {
      this.#progress.update(`nextpnr: ${phase}${which}`, detail);
      return;
    }
    const most = Math.max(remaining, this.#mostUnrouted.get(seed) ?? 0);
    this.#mostUnrouted.set(seed, most);
    const done = most === 0 ? 1 : 1 - remaining / most;
    this.#progress.update(`nextpnr: ${phase}${which}`, `${remaining} to route`, done);
  };
}
