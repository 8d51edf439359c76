import type { Circuit, Step } from '../../ir/index.ts';
import { type Code, codeOf, type Style } from './codegen.ts';
import {
  constant,
  encodeModule,
  firstFunction,
  memoryOperand,
  unsigned,
  type WasmFunction,
} from './encoder.ts';
import type { Layout } from './layout.ts';
import { op, opcodes } from './opcodes.ts';
import type { Pack } from './packs.ts';
import { scheduleOf } from './schedule.ts';
import type { Goal } from './units.ts';
import type { OperationLookup } from './values.ts';
import { growTo, type WasmMemory, wasm } from './wasm.ts';

/**
 * Runs a compiled program `cycles` times. The records of stimuli and results lie at the given addresses, with
 * the given numbers of bytes from one cycle's to the next.
 *
 * @returns 0, or one more than the place of the property that is broken. Then the cycles that were not made, the
 * one where it broke included, stand at `layout.remaining`.
 */
export type Program = (
  cycles: number,
  stimulus: number,
  stimulusStride: number,
  result: number,
  resultStride: number,
) => number;

/** What a program is compiled from. */
export interface Source {
  readonly circuit: Circuit;
  /** All steps, in evaluation order. */
  readonly steps: readonly Step[];
  readonly style: Style;
  readonly layout: Layout;
  /** The registers that change together. */
  readonly packs: readonly Pack[];
  readonly operation: OperationLookup;
}

/**
 * @param access reads or writes a memory of the circuit that the host has: the place of the access in the layout.
 * @returns the program, and the first byte beyond the places that it uses.
 */
export function compileProgram(
  { circuit, steps, style, layout, packs, operation }: Source,
  goal: Goal,
  memory: WasmMemory,
  access: (index: number) => void,
): { readonly run: Program; readonly end: number } {
  const code = codeOf(
    circuit,
    style,
    layout,
    scheduleOf(circuit, steps, packs, goal, style.chunkCost),
    operation,
  );
  growTo(memory, code.end);
  const module = new wasm.Module(encodeModule([...code.functions, loopOver(code, layout)]));
  const run = new wasm.Instance(module, { sim: { memory, access } }).exports.run as Program;
  return { run, end: code.end };
}

/** The function that calls the others, cycle by cycle. */
function loopOver({ functions, checks }: Code, layout: Layout): WasmFunction {
  const [cycles, stimulus, stimulusStride, result, resultStride, broken] = [0, 1, 2, 3, 4, 5];
  const code: number[] = [];
  const get = (local: number) => code.push(op.localGet, local);
  const advance = (local: number, by: () => void, opcode: number) => {
    get(local);
    by();
    code.push(opcode, op.localSet, local);
  };

  code.push(op.block, op.noResult, op.loop, op.noResult);
  get(cycles);
  code.push(opcodes.i32.eqz, op.branchIf, 1);
  functions.forEach((_, i) => {
    get(stimulus);
    get(result);
    code.push(op.call);
    unsigned(code, firstFunction + i);
    if (checks[i]!) code.push(op.localTee, broken, op.branchIf, 1);
    else code.push(op.drop);
  });
  advance(stimulus, () => get(stimulusStride), opcodes.i32.add);
  advance(result, () => get(resultStride), opcodes.i32.add);
  advance(cycles, () => constant(code, 'i32', 1n), opcodes.i32.sub);
  code.push(op.branch, 0, op.end, op.end);
  constant(code, 'i32', 0n);
  get(cycles);
  code.push(opcodes.i32.store);
  memoryOperand(code, layout.remaining);
  get(broken);
  return { parameters: 5, locals: ['i32'], code };
}
