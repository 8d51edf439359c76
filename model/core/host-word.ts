/** A word of 32 bits that the host writes, and where in its window. */
export interface HostWord {
  readonly offset: number;
  readonly data: number;
}
