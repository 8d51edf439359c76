/** The largest memory of a netlist: its contents at power-up are drawn word by word. */
export const memoryLimit = { words: 2 ** 22, bits: 2 ** 27 } as const;
