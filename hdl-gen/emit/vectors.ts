import type { Expression, VectorType } from './ast.ts';

/** A range of bits of a declared vector that holds one signal. */
export interface BitRange {
  readonly vector: Vector;
  readonly low: number;
  readonly width: number;
}

/** A declared port, wire or register, and which of its bits have been read. */
export class Vector {
  readonly name: string;
  readonly width: number;
  /** Whether it is declared as signed. */
  readonly signed: boolean;
  #read = 0n;

  constructor(name: string, { width, signed }: VectorType) {
    this.name = name;
    this.width = width;
    this.signed = signed;
  }

  /** The whole vector as a range. */
  get whole(): BitRange {
    return { vector: this, low: 0, width: this.width };
  }

  /** Bits low .. low + width - 1, as they are read. */
  read(low: number, width: number): Expression {
    this.#read |= ((1n << BigInt(width)) - 1n) << BigInt(low);
    return this.target(low, width);
  }

  /** The same bits without counting them as read, for the left side of an assignment. */
  target(low: number, width: number): Expression {
    if (low === 0 && width === this.width) return { kind: 'name', name: this.name, signed: this.signed };
    const { name, width: size, signed } = this;
    return { kind: 'select', name, high: low + width - 1, low, size, signed };
  }

  /** The runs of bits that nothing reads. */
  unread(): Expression[] {
    const runs: Expression[] = [];
    for (let low = 0; low < this.width; ) {
      const isRead = this.#isRead(low);
      let end = low + 1;
      while (end < this.width && this.#isRead(end) === isRead) end++;
      if (!isRead) runs.push(this.target(low, end - low));
      low = end;
    }
    return runs;
  }

  #isRead(bit: number): boolean {
    return ((this.#read >> BigInt(bit)) & 1n) === 1n;
  }
}

/** The names of one Verilog module: those that the circuit gave, and new ones that do not clash with them. */
export class NameSpace {
  readonly #taken: Set<string>;
  readonly #next = new Map<string, number>();

  constructor(taken: Iterable<string>) {
    this.#taken = new Set(taken);
  }

  /** `wish`, or `wish_1`, `wish_2` … where it is taken. */
  unique(wish: string): string {
    let name = wish;
    let i = this.#next.get(wish) ?? 1;
    for (; this.#taken.has(name); i++) name = `${wish}_${i}`;
    this.#next.set(wish, i);
    this.#taken.add(name);
    return name;
  }
}
