import type { Machine } from '../../../ir/index.ts';
import { apply, type Constant, type Node } from '../expression.ts';
import { vector } from '../opcodes.ts';
import type { Word } from '../word.ts';

/*
 * Values in bit planes. A plane is a vector of 128 bits, a bit for each stream; a word is a list of planes, the
 * lowest bit first, in two's complement: the last plane is the sign, and stands for all that would follow.
 */

const allOnes = (1n << 128n) - 1n;
export const zeros: Constant = { kind: 'constant', type: 'v128', value: 0n };
export const ones: Constant = { kind: 'constant', type: 'v128', value: allOnes };

const isZeros = (node: Node) => node.kind === 'constant' && node.value === 0n;
const isOnes = (node: Node) => node.kind === 'constant' && node.value === allOnes;

export function not(a: Node): Node {
  if (isZeros(a)) return ones;
  if (isOnes(a)) return zeros;
  if (a.kind === 'apply' && a.opcode === vector.not) return a.operands[0]!;
  return apply('v128', vector.not, a);
}

export function and(a: Node, b: Node): Node {
  if (isZeros(a) || isZeros(b)) return zeros;
  if (isOnes(a) || a === b) return b;
  if (isOnes(b)) return a;
  if (b.kind === 'apply' && b.opcode === vector.not) return apply('v128', vector.andNot, a, b.operands[0]!);
  if (a.kind === 'apply' && a.opcode === vector.not) return apply('v128', vector.andNot, b, a.operands[0]!);
  return apply('v128', vector.and, a, b);
}

export function or(a: Node, b: Node): Node {
  if (isOnes(a) || isOnes(b)) return ones;
  if (isZeros(a) || a === b) return b;
  if (isZeros(b)) return a;
  return apply('v128', vector.or, a, b);
}

export function xor(a: Node, b: Node): Node {
  if (a === b) return zeros;
  if (isZeros(a)) return b;
  if (isZeros(b)) return a;
  if (isOnes(a)) return not(b);
  if (isOnes(b)) return not(a);
  return apply('v128', vector.xor, a, b);
}

export function choose(condition: Node, whenTrue: Node, whenFalse: Node): Node {
  if (isOnes(condition) || whenTrue === whenFalse) return whenTrue;
  if (isZeros(condition)) return whenFalse;
  if (isZeros(whenFalse)) return and(condition, whenTrue);
  if (isZeros(whenTrue)) return and(whenFalse, not(condition));
  if (isOnes(whenTrue) || whenTrue === condition) return or(condition, whenFalse);
  if (isOnes(whenFalse)) return or(whenTrue, not(condition));
  if (whenFalse === condition) return and(condition, whenTrue);
  return apply('v128', vector.bitSelect, whenTrue, whenFalse, condition);
}

/** The bit of this weight. */
export const plane = (word: Word, i: number): Node => word[Math.min(i, word.length - 1)]!;

/** The same value in `count` planes, which must be able to hold it. */
export const inPlanes = (word: Word, count: number): Word =>
  Array.from({ length: count }, (_, i) => plane(word, i));

/** A constant in as few planes as it takes. */
export function constantPlanes(value: bigint): Word {
  const planes: Node[] = [];
  for (let rest = value; ; rest >>= 1n) {
    planes.push((rest & 1n) === 1n ? ones : zeros);
    if (rest === 0n || rest === -1n) return planes;
  }
}

/** The machine for values that fit in `bits` planes. @param xorOf what computes `xor`. */
export function planeMachine(bits: number, xorOf = xor): Machine<Word> {
  const bounded = (count: number) => Math.min(bits, count);
  const longest = (a: Word, b: Word) => Math.max(a.length, b.length);
  const bitwise =
    (operation: (a: Node, b: Node) => Node) =>
    (a: Word, b: Word): Word =>
      Array.from({ length: longest(a, b) }, (_, i) => operation(plane(a, i), plane(b, i)));

  /** A sum, or a difference with what is borrowed in place of what is carried. */
  function ripple(a: Word, b: Word, count: number, isDifference: boolean, first: Node): Word {
    let carry = first;
    return Array.from({ length: count }, (_, i) => {
      const [x, y] = [plane(a, i), plane(b, i)];
      const differ = xorOf(x, y);
      const sum = xorOf(differ, carry);
      carry = isDifference ? choose(differ, y, carry) : choose(differ, carry, x);
      return sum;
    });
  }
  const sub = (a: Word, b: Word) => ripple(a, b, bounded(longest(a, b) + 1), true, zeros);

  const shiftLeft = (a: Word, count: number): Word => {
    const low: Node[] = Array(Math.min(count, bits)).fill(zeros);
    return [...low, ...a].slice(0, bits);
  };
  const shiftRight = (a: Word, count: number): Word => a.slice(Math.min(count, a.length - 1));
  const select = (condition: Node, a: Word, b: Word): Word =>
    Array.from({ length: longest(a, b) }, (_, i) => choose(condition, plane(a, i), plane(b, i)));
  /** A shift by the planes of `count`, one power of two after the other. */
  const shiftBy = (shift: (a: Word, count: number) => Word, a: Word, count: Word): Word =>
    count.reduce<Word>((all, taken, power) => select(taken, shift(all, 2 ** Math.min(power, 30)), all), a);

  /** Long division of numbers without a sign: a bit of the quotient for each of the dividend. */
  function divided(a: Word, b: Word): { readonly quotient: Word; readonly rest: Word } {
    let rest: Word = [zeros];
    const quotient: Node[] = [];
    for (let i = a.length - 1; i >= 0; i--) {
      const open = [plane(a, i), ...rest];
      const less = ripple(open, b, Math.max(open.length, b.length) + 1, true, zeros);
      const taken = not(less.at(-1)!);
      quotient.unshift(taken);
      // What remains is less than the divisor, and has no sign.
      rest = [...inPlanes(select(taken, less, open), Math.min(open.length, b.length) - 1), zeros];
    }
    return { quotient: [...quotient, zeros], rest: [...rest, zeros] };
  }

  return {
    constant: constantPlanes,
    add: (a, b) => ripple(a, b, bounded(longest(a, b) + 1), false, zeros),
    sub,
    and: bitwise(and),
    or: bitwise(or),
    xor: bitwise(xorOf),
    shiftLeft,
    shiftRight,
    shiftLeftBy: (a, b) => shiftBy(shiftLeft, a, b),
    shiftRightBy: (a, b) => shiftBy(shiftRight, a, b),
    zeroExtend: (a, width) => [...inPlanes(a, width), zeros],
    signExtend: (a, width) => inPlanes(a, width),
    equal: (a, b) => [not(bitwise(xor)(a, b).reduce(or)), zeros],
    less: (a, b) => [ripple(a, b, longest(a, b) + 1, true, zeros).at(-1)!, zeros],
    select: (condition, a, b) => select(condition[0]!, a, b),
    parity: a => [a.reduce(xor), zeros],
    multiply: (a, b, width) => {
      let product: Word = [zeros];
      for (let i = 0; i < width; i++) {
        const row = [...Array<Node>(i).fill(zeros), ...inPlanes(a, width - i).map(x => and(x, plane(b, i)))];
        product = ripple(product, row, width, false, zeros);
      }
      return [...inPlanes(product, width), zeros];
    },
    divide: (a, b) => divided(a, b).quotient,
    remainder: (a, b) => divided(a, b).rest,
  };
}
