import type { VerilogForms } from '../../ir/index.ts';
import type { Expression } from './ast.ts';

/** The expression forms of the table of operations, as syntax. */
export const forms: VerilogForms<Expression> = {
  constant: (value, width) => ({ kind: 'number', value: BigInt.asUintN(width, value), width }),
  binary: (operator, left, right) => ({ kind: 'binary', operator, left, right }),
  signedLess: (left, right) => ({ kind: 'binary', operator: '<', left: signed(left), right: signed(right) }),
  unary: (operator, operand) => ({ kind: 'unary', operator, operand }),
  conditional: (condition, whenTrue, whenFalse) => ({ kind: 'conditional', condition, whenTrue, whenFalse }),
  concat: lowFirst => {
    const parts = lowFirst.toReversed().flatMap(part => (part.kind === 'concat' ? part.parts : [part]));
    const joined = joinNeighbours(parts);
    return joined.length === 1 ? joined[0]! : { kind: 'concat', parts: joined };
  },
  repeat: (bit, count) => (count === 1 ? bit : { kind: 'repeat', count, part: bit }),
};

function signed(operand: Expression): Expression {
  return { kind: 'signed', operand };
}

/** Neighbouring bits of one vector, and neighbouring constants, become one part. */
function joinNeighbours(highFirst: readonly Expression[]): Expression[] {
  const joined: Expression[] = [];
  for (const part of highFirst) {
    const last = joined[joined.length - 1];
    if (
      last?.kind === 'select' &&
      part.kind === 'select' &&
      last.name === part.name &&
      last.low === part.high + 1
    ) {
      const isWhole = part.low === 0 && last.high === last.size - 1;
      joined[joined.length - 1] = isWhole ? { kind: 'name', name: last.name } : { ...last, low: part.low };
    } else if (last?.kind === 'number' && part.kind === 'number') {
      const value = (last.value << BigInt(part.width)) | part.value;
      joined[joined.length - 1] = { kind: 'number', value, width: last.width + part.width };
    } else {
      joined.push(part);
    }
  }
  return joined;
}
