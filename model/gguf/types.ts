/**
 * The types of tensors in GGUF files, by their number: the name, how many weights are a block, and its bytes.
 *
 * A number may mean two things. llama.cpp, where GGUF is from, gives out the numbers; microsoft/BitNet is an old branch of it with types of
 * its own, whose numbers llama.cpp has used for others, before or after.
 *
 *     number   in llama.cpp             in microsoft/BitNet
 *     36       IQ4_NL_4_4, removed      I2_S
 *     37       IQ4_NL_4_8, removed      I8_S
 *     38       IQ4_NL_8_8, removed      TL1
 *     39       MXFP4                    TL2, in its first versions
 *     42       Q2_0                     TL2
 *
 * So 36 is taken for I2_S, as no file can hold the other any more, and its bytes must be those of I2_S. The others are not read.
 */

/** Bytes of a type: of a block of weights, or as a function of all of them. */
export interface GgufType {
  readonly name: string;
  /** Weights of a block; the first size of a tensor is a multiple of it. */
  readonly block: number;
  /** Bytes of a block. Where it is missing, the number has two meanings with different ones. */
  readonly bytes: number | undefined;
}

const type = (name: string, block: number, bytes: number | undefined): GgufType => ({ name, block, bytes });

/** The number of I2_S, whose tensors end in a scale for all. */
export const i2sId = 36;

const types: ReadonlyMap<number, GgufType> = new Map([
  [0, type('F32', 1, 4)],
  [1, type('F16', 1, 2)],
  [2, type('Q4_0', 32, 18)],
  [3, type('Q4_1', 32, 20)],
  [6, type('Q5_0', 32, 22)],
  [7, type('Q5_1', 32, 24)],
  [8, type('Q8_0', 32, 34)],
  [9, type('Q8_1', 32, 40)],
  [10, type('Q2_K', 256, 84)],
  [11, type('Q3_K', 256, 110)],
  [12, type('Q4_K', 256, 144)],
  [13, type('Q5_K', 256, 176)],
  [14, type('Q6_K', 256, 210)],
  [15, type('Q8_K', 256, 292)],
  [16, type('IQ2_XXS', 256, 66)],
  [17, type('IQ2_XS', 256, 74)],
  [18, type('IQ3_XXS', 256, 98)],
  [19, type('IQ1_S', 256, 50)],
  [20, type('IQ4_NL', 32, 18)],
  [21, type('IQ3_S', 256, 110)],
  [22, type('IQ2_S', 256, 82)],
  [23, type('IQ4_XS', 256, 136)],
  [24, type('I8', 1, 1)],
  [25, type('I16', 1, 2)],
  [26, type('I32', 1, 4)],
  [27, type('I64', 1, 8)],
  [28, type('F64', 1, 8)],
  [29, type('IQ1_M', 256, 56)],
  [30, type('BF16', 1, 2)],
  [34, type('TQ1_0', 256, 54)],
  [35, type('TQ2_0', 256, 66)],
  [i2sId, type('I2_S', 1, undefined)],
  [37, type('I8_S', 1, undefined)],
  [38, type('TL1', 1, undefined)],
  [39, type('MXFP4 or TL2', 1, undefined)],
  [40, type('NVFP4', 64, 36)],
  [41, type('Q1_0', 128, 18)],
  [42, type('Q2_0 or TL2', 1, undefined)],
]);

/** The types whose numbers are read. */
const read = new Set(['F32', 'F16', 'BF16', 'I8', 'TQ1_0', 'TQ2_0', 'I2_S']);

const permuted =
  'its weights are permuted by tile sizes that depend on the machine the model was converted for, and that the file does not tell';

const refusals: ReadonlyMap<number, string> = new Map([
  [
    37,
    'the number 37 means I8_S in microsoft/BitNet, which is for activations, and meant IQ4_NL_4_8 in llama.cpp',
  ],
  [38, `the number 38 means TL1 in microsoft/BitNet: ${permuted}; in llama.cpp it meant IQ4_NL_8_8`],
  [
    39,
    `the number 39 means MXFP4 in llama.cpp, and TL2 in early versions of microsoft/BitNet: of that ${permuted}`,
  ],
  [42, `the number 42 means Q2_0 in llama.cpp, and TL2 in microsoft/BitNet: of that ${permuted}`],
]);

/** What a number means; one that nobody has given out has no size either. */
export function ggufType(id: number): GgufType {
  return types.get(id) ?? type(`type ${id}`, 1, undefined);
}

/** Why tensors of this type are not read; undefined where they are. */
export function ggufRefusal(id: number): string | undefined {
  const { name } = ggufType(id);
  if (read.has(name)) return undefined;
  return (
    refusals.get(id) ??
    (types.has(id)
      ? `the type ${name} has more than three values a weight, or scales within its blocks`
      : `the number ${id} means no type of GGUF that Tercet knows`)
  );
}

/** The number of a type that is written. */
export function ggufId(name: string): number {
  for (const [id, each] of types) if (each.name === name) return id;
  throw new RangeError(`there is no GGUF type ${name}`);
}
