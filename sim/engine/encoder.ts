/*
 * A small encoder of the WebAssembly binary format (core specification, chapter 5): as much as the engine needs.
 * Code is a list of bytes; opcodes are plain numbers.
 */

export type ValueType = 'i32' | 'i64';

/** The opcodes that exist for both types of value. */
export interface TypedOpcodes {
  readonly constant: number;
  readonly load: number;
  readonly store: number;
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

export const opcodes: Readonly<Record<ValueType, TypedOpcodes>> = {
  // biome-ignore format: one table
  i32: {
    constant: 0x41, load: 0x28, store: 0x36, eqz: 0x45, eq: 0x46, ltSigned: 0x48, ltUnsigned: 0x49, popcnt: 0x69,
    add: 0x6a, sub: 0x6b, mul: 0x6c, divUnsigned: 0x6e, remUnsigned: 0x70, and: 0x71, or: 0x72, xor: 0x73, shl: 0x74,
    shrSigned: 0x75, shrUnsigned: 0x76, extend8: 0xc0, extend16: 0xc1,
  },
  // biome-ignore format: one table
  i64: {
    constant: 0x42, load: 0x29, store: 0x37, eqz: 0x50, eq: 0x51, ltSigned: 0x53, ltUnsigned: 0x54, popcnt: 0x7b,
    add: 0x7c, sub: 0x7d, mul: 0x7e, divUnsigned: 0x80, remUnsigned: 0x82, and: 0x83, or: 0x84, xor: 0x85, shl: 0x86,
    shrSigned: 0x87, shrUnsigned: 0x88, extend8: 0xc2, extend16: 0xc3,
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
  wrap: 0xa7,
  extendSigned: 0xac,
  extendUnsigned: 0xad,
  /** A block that leaves no value. */
  noResult: 0x40,
} as const;

const typeCode = { i32: 0x7f, i64: 0x7e } as const;

/** A number from 0 in LEB128. */
export function unsigned(bytes: number[], value: number): void {
  let rest = value;
  while (rest > 127) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
}

/** `i32.const` or `i64.const` with its operand in signed LEB128. */
export function constant(bytes: number[], type: ValueType, value: bigint): void {
  bytes.push(opcodes[type].constant);
  let rest = value;
  for (;;) {
    const byte = Number(rest & 0x7fn);
    rest >>= 7n;
    if ((rest === 0n && byte < 64) || (rest === -1n && byte >= 64)) {
      bytes.push(byte);
      return;
    }
    bytes.push(byte | 0x80);
  }
}

/** What follows a load's or store's opcode: the alignment (that of a 32-bit word) and the constant offset. */
export function memoryOperand(bytes: number[], offset: number): void {
  bytes.push(2);
  unsigned(bytes, offset);
}

/** One function: its parameters are all i32 and so is its only result. */
export interface WasmFunction {
  readonly parameters: number;
  /** The types of its other locals, which are numbered after the parameters. */
  readonly locals: readonly ValueType[];
  /** Without the final `end`. */
  readonly code: readonly number[];
}

/** A module with these functions that imports a memory as `sim.memory` and exports the last function as `run`. */
export function encodeModule(functions: readonly WasmFunction[]): Uint8Array {
  const arities = [...new Set(functions.map(({ parameters }) => parameters))];
  const module = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
  const types = arities.map(arity => [
    0x60,
    ...vector(Array.from({ length: arity }, () => [typeCode.i32])),
    1,
    typeCode.i32,
  ]);
  section(module, 1, vector(types));
  section(module, 2, vector([[...name('sim'), ...name('memory'), 0x02, 0x00, 0x01]]));
  section(module, 3, vector(functions.map(({ parameters }) => [arities.indexOf(parameters)])));
  const last: number[] = [];
  unsigned(last, functions.length - 1);
  section(module, 7, vector([[...name('run'), 0x00, ...last]]));
  section(module, 10, vector(functions.map(body)));
  return Uint8Array.from(module);
}

function body({ locals, code }: WasmFunction): number[] {
  // Neighbours of one type are declared together.
  const groups: { type: ValueType; count: number }[] = [];
  for (const type of locals) {
    const last = groups.at(-1);
    if (last?.type === type) last.count++;
    else groups.push({ type, count: 1 });
  }
  const bytes = vector(
    groups.map(({ type, count }) => {
      const group: number[] = [];
      unsigned(group, count);
      group.push(typeCode[type]);
      return group;
    }),
  );
  append(bytes, code);
  bytes.push(op.end);
  const sized: number[] = [];
  unsigned(sized, bytes.length);
  append(sized, bytes);
  return sized;
}

function section(module: number[], id: number, content: readonly number[]): void {
  module.push(id);
  unsigned(module, content.length);
  append(module, content);
}

function vector(items: readonly (readonly number[])[]): number[] {
  const bytes: number[] = [];
  unsigned(bytes, items.length);
  for (const item of items) append(bytes, item);
  return bytes;
}

function name(text: string): number[] {
  return [text.length, ...new TextEncoder().encode(text)];
}

/** A loop, because `push(...)` takes its arguments on the call stack, where a long list has no room. */
function append(bytes: number[], more: readonly number[]): void {
  for (const byte of more) bytes.push(byte);
}
