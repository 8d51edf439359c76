import type { WindowName } from '../../protocol/index.ts';

/** What a link has to know of the core behind it. */
export interface LinkParameters {
  /**
   * Bits of an address in each window, 1 to 16: a request for a word beyond is answered with `badAddress`.
   */
  readonly windowBits: Readonly<Record<WindowName, number>>;
}
