/** Who drives or reads a net: a port of a cell, or one of the netlist. */
export interface Party {
  /** `port 'I0' of the cell 'sum' (SB_LUT4)` */
  readonly name: string;
  /** Where its author wrote it, `top.v:12`; '' where that is not known. */
  readonly source: string;
}
