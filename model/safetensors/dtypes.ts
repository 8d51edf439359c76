/** The types of tensors in safetensors files, and the bits of an element. */
const bits: Readonly<Record<string, number>> = {
  BOOL: 8,
  F4: 4,
  F6_E2M3: 6,
  F6_E3M2: 6,
  U8: 8,
  I8: 8,
  F8_E5M2: 8,
  F8_E4M3: 8,
  F8_E8M0: 8,
  F8_E4M3FNUZ: 8,
  F8_E5M2FNUZ: 8,
  I16: 16,
  U16: 16,
  F16: 16,
  BF16: 16,
  I32: 32,
  U32: 32,
  F32: 32,
  C64: 64,
  F64: 64,
  I64: 64,
  U64: 64,
};

/** The types whose numbers are read. U8 and I8 hold packed weights. */
const read = new Set(['F32', 'F16', 'BF16', 'U8', 'I8']);

/** Bits of an element; undefined for a type that is not known. */
export function dtypeBits(dtype: string): number | undefined {
  return Object.hasOwn(bits, dtype) ? bits[dtype] : undefined;
}

/** Why tensors of a known type are not read; undefined where they are. */
export function dtypeRefusal(dtype: string): string | undefined {
  return read.has(dtype) ? undefined : `of the types of safetensors, ${[...read].join(', ')} are read`;
}
