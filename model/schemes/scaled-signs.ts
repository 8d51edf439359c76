/** Weights [M,K] of -1, 0 and 1 that one number scales: W is about `scale` times `signs`. */
export interface ScaledSigns {
  readonly rows: number;
  readonly columns: number;
  readonly signs: Int8Array;
  readonly scale: number;
}
