import { CodeTable } from './codes.ts';
import { ignored } from './vcd-body.ts';
import type { VcdHeader, VcdVariable } from './vcd-header.ts';

/** A place for each bit of some variables of a file. Variables with one code are one. */
export class Slots {
  readonly codes: CodeTable;
  readonly first: number[] = [];
  readonly widths: number[] = [];
  count = 0;
  readonly #byCode = new Map<string, number>();

  constructor(header: VcdHeader, asked: readonly VcdVariable[]) {
    const all = [...header.others, ...header.variables.map(({ code }) => code)];
    this.codes = new CodeTable(all);
    for (const code of all) this.codes.set(code, ignored);
    for (const { code, bits } of asked) {
      if (this.#byCode.has(code)) continue;
      this.#byCode.set(code, this.count);
      this.codes.set(code, this.first.length);
      this.first.push(this.count);
      this.widths.push(bits.length);
      this.count += bits.length;
    }
  }

  /** The lowest bit of a variable; the others follow. */
  of({ code }: VcdVariable): number {
    return this.#byCode.get(code)!;
  }
}
