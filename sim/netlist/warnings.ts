import type { Diagnostic } from '../../diagnostic/index.ts';

/** What a user should know about a netlist that is read all the same; each message once. */
export class Warnings {
  readonly list: Diagnostic[] = [];
  readonly #seen = new Set<string>();

  add(warning: Diagnostic): void {
    if (this.#seen.has(warning.message)) return;
    this.#seen.add(warning.message);
    this.list.push(warning);
  }
}
