/*
 * A small encoder of the WebAssembly binary format (core specification, chapter 5): as much as the engine needs.
 * Code is a list of bytes.
 */

import { op, opcodes, type ValueType, vector, vectorPrefix } from './opcodes.ts';
import { mostPages } from './wasm.ts';

/** How a type is written, of a local or of what a block leaves. */
export const typeCode = { i32: 0x7f, i64: 0x7e, v128: 0x7b } as const;

/** The limits of a memory that is shared and has a maximum. */
const sharedMemory = 0x03;

/** A number from 0 in LEB128. */
export function unsigned(bytes: number[], value: number): void {
  let rest = value;
  while (rest > 127) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
}

/** `i32.const` or `i64.const` with its operand in signed LEB128, or `v128.const` with its 16 bytes. */
export function constant(bytes: number[], type: ValueType, value: bigint): void {
  if (type === 'v128') {
    instruction(bytes, vector.constant);
    for (let i = 0; i < 16; i++) bytes.push(Number((value >> BigInt(8 * i)) & 0xffn));
    return;
  }
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

/** An instruction: those of the vector extension, from 0xfd00 on, take a prefix. */
export function instruction(bytes: number[], opcode: number): void {
  if (opcode < vectorPrefix) bytes.push(opcode);
  else {
    bytes.push(vectorPrefix >> 8);
    unsigned(bytes, opcode - vectorPrefix);
  }
}

/** What follows a load's or store's opcode: no promise of an alignment, and the constant offset. */
export function memoryOperand(bytes: number[], offset: number): void {
  bytes.push(0);
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

/** The number of the imported function; those of the module follow. */
export const accessFunction = 0;
export const firstFunction = 1;

/**
 * A module with these functions that imports a shared memory as `sim.memory` and a function of one parameter as `sim.access`,
 * and exports the last function as `run`.
 */
export function encodeModule(functions: readonly WasmFunction[]): Uint8Array {
  const arities = [...new Set([1, ...functions.map(({ parameters }) => parameters)])];
  const module = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
  const types = arities.map(arity => [
    0x60,
    ...listOf(Array.from({ length: arity }, () => [typeCode.i32])),
    1,
    typeCode.i32,
  ]);
  const most: number[] = [];
  unsigned(most, mostPages);
  section(module, 1, listOf(types));
  section(
    module,
    2,
    listOf([
      [...name('sim'), ...name('memory'), 0x02, sharedMemory, 0, ...most],
      [...name('sim'), ...name('access'), 0x00, arities.indexOf(1)],
    ]),
  );
  section(module, 3, listOf(functions.map(({ parameters }) => [arities.indexOf(parameters)])));
  const last: number[] = [];
  unsigned(last, firstFunction + functions.length - 1);
  section(module, 7, listOf([[...name('run'), 0x00, ...last]]));
  section(module, 10, listOf(functions.map(body)));
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
  const bytes = listOf(
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

function listOf(items: readonly (readonly number[])[]): number[] {
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
