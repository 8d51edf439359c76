/** A kind of paths of a row that end in a register, in the numbers that decide how long they take. */
export interface RowPath {
  /** Where they begin: at an input of the row, which many cells may read, or at a register within it. */
  readonly from: 'input' | 'register';
  /** LUTs one behind the other, without those of the carry chain. */
  readonly luts: number;
  /** Cells of the carry chain; 0 where there is none. */
  readonly chain: number;
}

/** From an input through a gate to its register. */
export const gatePath: RowPath = { from: 'input', luts: 1, chain: 0 };
