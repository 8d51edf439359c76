/** The weight of a 2-bit code, as docs and design have it; the code that the packer does not use is a 0. */
export function weightOf(code: number): bigint {
  return [0n, 1n, 0n, -1n][code]!;
}
