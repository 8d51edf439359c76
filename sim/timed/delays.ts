/** The delays of a placed design, as its SDF file tells them. */
export interface Delays {
  /** Delays through cells, by cell name. */
  readonly cells: ReadonlyMap<string, readonly PathDelay[]>;
  /** The delay of the wire that ends at `cell/PORT`, in ps. */
  readonly wires: ReadonlyMap<string, number>;
}

/** A delay through a cell, from one port to another, in ps. */
export interface PathDelay {
  readonly from: string;
  readonly to: string;
  readonly risePs: number;
  readonly fallPs: number;
}
