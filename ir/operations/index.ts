import * as arithmetic from './arithmetic.ts';
import * as bitwise from './bitwise.ts';
import * as choice from './choice.ts';
import * as gates from './gates.ts';
import type { Operation, Primitive } from './operation.ts';
import * as wide from './wide.ts';

type Primitives = typeof arithmetic & typeof bitwise & typeof choice;
type Rows = Primitives & typeof gates & typeof wide;

/** The name of a row that the language has. */
export type PrimitiveName = keyof Primitives;

/** The name of a row of the table. */
export type OperationName = keyof Rows;

/** The parameters that a row takes. */
export type ParametersOf<N extends OperationName> = Rows[N] extends Operation<infer P> ? P : never;

/** The rows that the language has, and the emitter can write. */
export const primitives: Primitives = { ...arithmetic, ...bitwise, ...choice };

/**
 * The table of operations: the primitives of the language, and what foreign Verilog and netlists need beyond them.
 * Each row knows its interval, its meaning and its fast code, and a primitive its Verilog; adding a primitive is
 * adding one row.
 */
export const operations: Rows = { ...primitives, ...gates, ...wide };

/** A row looked up by a name that is known only at run time. */
export function operationNamed(name: OperationName): Operation {
  return operations[name] as Operation;
}

/** A primitive looked up by a name that is known only at run time. */
export function primitiveNamed(name: PrimitiveName): Primitive {
  return primitives[name] as Primitive;
}

export type { Machine } from './machine.ts';
export type { Operation, Primitive } from './operation.ts';
export type { Operand, VerilogForms } from './verilog-forms.ts';
