/*
 * The instructions of WebAssembly that the engine uses, by their numbers (core specification 2.0, section 5.4).
 */

/** An integer type of WebAssembly, and the vector of 128 bits. */
export type ScalarType = 'i32' | 'i64';
export type ValueType = ScalarType | 'v128';

/** The opcodes that exist for both scalar types. */
export interface TypedOpcodes {
  readonly constant: number;
  readonly load: number;
  readonly load8Signed: number;
  readonly load8Unsigned: number;
  readonly load16Signed: number;
  readonly load16Unsigned: number;
  readonly store: number;
  readonly store8: number;
  readonly store16: number;
  readonly eqz: number;
  readonly eq: number;
  readonly ltSigned: number;
  readonly ltUnsigned: number;
  readonly popcnt: number;
  readonly add: number;
  readonly sub: number;
  readonly mul: number;
  readonly divUnsigned: number;
  readonly remUnsigned: number;
  readonly and: number;
  readonly or: number;
  readonly xor: number;
  readonly shl: number;
  readonly shrSigned: number;
  readonly shrUnsigned: number;
  readonly extend8: number;
  readonly extend16: number;
}

export const opcodes: Readonly<Record<ScalarType, TypedOpcodes>> = {
  // biome-ignore format: one table
  i32: {
    constant: 0x41, load: 0x28, store: 0x36, eqz: 0x45, eq: 0x46, ltSigned: 0x48, ltUnsigned: 0x49, popcnt: 0x69,
    load8Signed: 0x2c, load8Unsigned: 0x2d, load16Signed: 0x2e, load16Unsigned: 0x2f, store8: 0x3a, store16: 0x3b,
    add: 0x6a, sub: 0x6b, mul: 0x6c, divUnsigned: 0x6e, remUnsigned: 0x70, and: 0x71, or: 0x72, xor: 0x73,
    shl: 0x74, shrSigned: 0x75, shrUnsigned: 0x76, extend8: 0xc0, extend16: 0xc1,
  },
  // biome-ignore format: one table
  i64: {
    constant: 0x42, load: 0x29, store: 0x37, eqz: 0x50, eq: 0x51, ltSigned: 0x53, ltUnsigned: 0x54, popcnt: 0x7b,
    load8Signed: 0x30, load8Unsigned: 0x31, load16Signed: 0x32, load16Unsigned: 0x33, store8: 0x3c, store16: 0x3d,
    add: 0x7c, sub: 0x7d, mul: 0x7e, divUnsigned: 0x80, remUnsigned: 0x82, and: 0x83, or: 0x84, xor: 0x85,
    shl: 0x86, shrSigned: 0x87, shrUnsigned: 0x88, extend8: 0xc2, extend16: 0xc3,
  },
};

/** The opcodes that are not there twice. */
export const op = {
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  else: 0x05,
  end: 0x0b,
  branch: 0x0c,
  branchIf: 0x0d,
  return: 0x0f,
  call: 0x10,
  drop: 0x1a,
  select: 0x1b,
  localGet: 0x20,
  localSet: 0x21,
  localTee: 0x22,
  /** i64.load32_s, i64.load32_u and i64.store32. */
  load32Signed: 0x34,
  load32Unsigned: 0x35,
  store32: 0x3e,
  wrap: 0xa7,
  extendSigned: 0xac,
  extendUnsigned: 0xad,
  /** A block that leaves no value. */
  noResult: 0x40,
} as const;

/** Instructions of the vector extension are numbered from here; they are encoded with a prefix of one byte. */
export const vectorPrefix = 0xfd00;

/** The instructions on vectors of lanes of one size: the lanes are two's complement numbers. */
export interface LaneOpcodes {
  readonly splat: number;
  readonly replace: number;
  readonly eq: number;
  readonly ltSigned: number;
  readonly shl: number;
  readonly shrSigned: number;
  readonly add: number;
  readonly sub: number;
}

/** By the bits of a lane. */
export const lanes: Readonly<Record<8 | 16 | 32, LaneOpcodes>> = {
  // biome-ignore format: one table
  8: {
    splat: 0xfd0f, replace: 0xfd17, eq: 0xfd23, ltSigned: 0xfd25, shl: 0xfd6b, shrSigned: 0xfd6c, add: 0xfd6e, sub: 0xfd71,
  },
  // biome-ignore format: one table
  16: {
    splat: 0xfd10, replace: 0xfd1a, eq: 0xfd2d, ltSigned: 0xfd2f, shl: 0xfd8b, shrSigned: 0xfd8c, add: 0xfd8e, sub: 0xfd91,
  },
  // biome-ignore format: one table
  32: {
    splat: 0xfd11, replace: 0xfd1c, eq: 0xfd37, ltSigned: 0xfd39, shl: 0xfdab, shrSigned: 0xfdac, add: 0xfdae, sub: 0xfdb1,
  },
};

/** Instructions on the 128 bits, and those that go from one size of lanes to another. */
export const vector = {
  load: 0xfd00,
  load8x8Signed: 0xfd01,
  load8x8Unsigned: 0xfd02,
  load16x4Signed: 0xfd03,
  load16x4Unsigned: 0xfd04,
  load32Zero: 0xfd5c,
  load64Zero: 0xfd5d,
  store: 0xfd0b,
  store32Lane: 0xfd5a,
  store64Lane: 0xfd5b,
  constant: 0xfd0c,
  swizzle: 0xfd0e,
  not: 0xfd4d,
  and: 0xfd4e,
  andNot: 0xfd4f,
  or: 0xfd50,
  xor: 0xfd51,
  bitSelect: 0xfd52,
  anyTrue: 0xfd53,
  narrow16Signed: 0xfd65,
  narrow16Unsigned: 0xfd66,
  narrow32Signed: 0xfd85,
  narrow32Unsigned: 0xfd86,
  extendLow8Signed: 0xfd87,
  extendHigh8Signed: 0xfd88,
  extendLow16Signed: 0xfda7,
  extendHigh16Signed: 0xfda8,
  extractLane8Unsigned: 0xfd16,
  extractLane64: 0xfd1d,
  splat64: 0xfd12,
  popcnt8: 0xfd62,
} as const;
