/** What a flattened design holds when the power comes on, given to Yosys where the Verilog leaves it open. */

/** The value of one thing that the Verilog leaves open. */
export interface PowerUpValue {
  readonly kind: 'memory' | 'register';
  /** Its name in the flattened design: those of the instances that lead to it and its own, with dots between. */
  readonly path: string;
  /** All bits as 0 and 1, the highest first; of a memory those of all words, word 0 last. */
  readonly bits: string;
}

/** The commands that set the values; the design has to be flat, and its processes translated. */
export function powerUpCommands(values: readonly PowerUpValue[]): string[] {
  if (values.length === 0) return [];
  const memories = values.filter(({ kind }) => kind === 'memory');
  const registers = values.filter(({ kind }) => kind === 'register');
  return [
    ...registers.map(({ path, bits }) => `setattr -set init ${bits.length}'b${bits} w:${path}`),
    'memory_collect',
    ...memories.map(({ path, bits }) => `setparam -set INIT ${bits.length}'b${bits} c:${path}`),
  ];
}
