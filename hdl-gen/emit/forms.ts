import type { VerilogForms } from '../../ir/index.ts';
import type { Expression } from './ast.ts';

/** The expression forms of the table of operations, as syntax. */
export const forms: VerilogForms<Expression> = {
  constant: (value, width) => ({ kind: 'number', value: BigInt.asUintN(width, value), width }),
  binary: (operator, left, right) => {
    if (operator === '<') return { kind: 'binary', operator, left: unsigned(left), right: unsigned(right) };
    const isShift = operator === '<<' || operator === '>>';
    return { kind: 'binary', operator, left, right: isShift ? unsigned(right) : right };
  },
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

/** An expression that Verilog takes as a two's complement number. */
function signed(operand: Expression): Expression {
  return operand.kind === 'name' && operand.signed ? operand : { kind: 'cast', to: 'signed', operand };
}

/**
 * An expression that Verilog takes as a number without a sign. Only comparisons, shift counts and addresses depend
 * on that, because all other forms have operands of the width of their result.
 */
export function unsigned(operand: Expression): Expression {
  return isSigned(operand) ? { kind: 'cast', to: 'unsigned', operand } : operand;
}

/** Whether Verilog takes an expression as signed: where all that it is made of is signed. */
function isSigned(expression: Expression): boolean {
  switch (expression.kind) {
    case 'name':
      return expression.signed;
    case 'cast':
      return expression.to === 'signed';
    case 'unary':
      return (expression.operator === '~' || expression.operator === '-') && isSigned(expression.operand);
    case 'binary': {
      const { operator, left, right } = expression;
      if (operator === '<' || operator === '==') return false;
      return isSigned(left) && (operator === '<<' || operator === '>>' || isSigned(right));
    }
    case 'conditional':
      return isSigned(expression.whenTrue) && isSigned(expression.whenFalse);
    default:
      return false;
  }
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
      joined[joined.length - 1] = isWhole
        ? { kind: 'name', name: last.name, signed: last.signed }
        : { ...last, low: part.low };
    } else if (last?.kind === 'number' && part.kind === 'number') {
      const value = (last.value << BigInt(part.width)) | part.value;
      joined[joined.length - 1] = { kind: 'number', value, width: last.width + part.width };
    } else {
      joined.push(part);
    }
  }
  return joined;
}
