import type { Machine } from '../../ir/index.ts';
import { apply, as, binary, compare, constantNode, type Node, select, signOf } from './expression.ts';
import { op, opcodes } from './opcodes.ts';
import { inWords, type Word } from './word.ts';

const zero: Node = constantNode('i64', 0n);
const number = (value: number): Node => constantNode('i64', BigInt(value));
const carried = (bit: Node): Node => apply('i64', op.extendUnsigned, bit);

const lowHalf = (node: Node): Node => binary('and', node, constantNode('i64', 0xffffffffn));
const highHalf = (node: Node): Node => binary('shrUnsigned', node, number(32));
/** The lowest `count` digits of 32 bits. */
const digits = (word: Word, count: number): Node[] =>
  Array.from({ length: count }, (_, i) => (i % 2 === 0 ? lowHalf : highHalf)(word[i >> 1]!));

/** The machine whose words are `limbs` i64 (from 2), the lowest first; the sign is in the last. */
export function limbMachine(limbs: number): Machine<Word> {
  const bits = 64 * limbs;
  const wide = (word: Word): Word => inWords(word, 2 * limbs);
  const each = (of: (i: number) => Node): Word => Array.from({ length: limbs }, (_, i) => of(i));
  const bitwise =
    (name: 'and' | 'or' | 'xor') =>
    (a: Word, b: Word): Word => {
      const [x, y] = [wide(a), wide(b)];
      return each(i => binary(name, x[i]!, y[i]!));
    };

  /** Limb by limb, with a carry or a borrow from each to the next. */
  function chain(name: 'add' | 'sub', a: Word, b: Word): Word {
    const [x, y] = [wide(a), wide(b)];
    const lost = (left: Node, right: Node, result: Node) =>
      name === 'add' ? compare('ltUnsigned', result, left) : compare('ltUnsigned', left, right);
    let carry: Node | undefined;
    return each(i => {
      const part = binary(name, x[i]!, y[i]!);
      const first = lost(x[i]!, y[i]!, part);
      if (carry === undefined) {
        carry = first;
        return part;
      }
      const incoming = carried(carry);
      const whole = binary(name, part, incoming);
      carry = binary('or', first, lost(part, incoming, whole));
      return whole;
    });
  }

  function shiftLeft(a: Word, count: number): Word {
    const x = wide(a);
    const [far, near] = [Math.floor(count / 64), count % 64];
    return each(i => {
      const high = i >= far ? binary('shl', x[i - far]!, number(near)) : zero;
      return near > 0 && i > far
        ? binary('or', high, binary('shrUnsigned', x[i - far - 1]!, number(64 - near)))
        : high;
    });
  }

  function shiftRight(a: Word, count: number): Word {
    const x = wide(a);
    const sign = signOf(x.at(-1)!);
    const [far, near] = [Math.floor(count / 64), count % 64];
    return each(i => {
      const from = i + far;
      if (from >= limbs) return sign;
      if (from === limbs - 1) return binary('shrSigned', x[from]!, number(near));
      const low = binary('shrUnsigned', x[from]!, number(near));
      return near > 0 ? binary('or', low, binary('shl', x[from + 1]!, number(64 - near))) : low;
    });
  }

  /** A shift by the low bits of `count`, one power of two after the other. */
  function shiftBy(shift: (a: Word, count: number) => Word, a: Word, count: Word): Word {
    let result = wide(a);
    const low = as('i64', count[0]!);
    for (let power = 0; 2 ** power < bits; power++) {
      const taken = as('i32', binary('and', binary('shrUnsigned', low, number(power)), number(1)));
      const shifted = shift(result, 2 ** power);
      result = each(i => select(taken, shifted[i]!, result[i]!));
    }
    return result;
  }

  function less(a: Word, b: Word): Node {
    const [x, y] = [wide(a), wide(b)];
    let result = compare('ltUnsigned', x[0]!, y[0]!);
    for (let i = 1; i < limbs; i++) {
      const here = compare(i === limbs - 1 ? 'ltSigned' : 'ltUnsigned', x[i]!, y[i]!);
      result = binary('or', here, binary('and', compare('eq', x[i]!, y[i]!), result));
    }
    return result;
  }

  function zeroExtend(a: Word, width: number): Word {
    const x = wide(a);
    return each(i => {
      const held = Math.min(64, Math.max(0, width - 64 * i));
      return held === 64 ? x[i]! : binary('and', x[i]!, constantNode('i64', (1n << BigInt(held)) - 1n));
    });
  }

  function signExtend(a: Word, width: number): Word {
    const x = wide(a);
    if (width >= bits) return x;
    const last = Math.floor((width - 1) / 64);
    const unused = number(64 * (last + 1) - width);
    const top = binary('shrSigned', binary('shl', x[last]!, unused), unused);
    return each(i => (i < last ? x[i]! : i === last ? top : signOf(top)));
  }

  /** The word of this one limb, of which the low `width` bits count. */
  function lowest(limb: Node, width: number): Word {
    return zeroExtend(
      each(i => (i === 0 ? limb : zero)),
      width,
    );
  }

  /** The product of digits of 32 bits: all low and high halves that meet in one place are added up there. */
  function multiply(a: Word, b: Word, width: number): Word {
    if (width <= 64) return lowest(apply('i64', opcodes.i64.mul, wide(a)[0]!, wide(b)[0]!), width);
    const count = Math.min(2 * limbs, Math.ceil(width / 32));
    const [x, y] = [digits(wide(a), count), digits(wide(b), count)];
    const sums: (Node | undefined)[] = [];
    const gather = (place: number, node: Node) => {
      const sum = sums[place];
      sums[place] = sum === undefined ? node : binary('add', sum, node);
    };
    for (let i = 0; i < count; i++)
      for (let j = 0; i + j < count; j++) {
        const product = apply('i64', opcodes.i64.mul, x[i]!, y[j]!);
        gather(i + j, lowHalf(product));
        gather(i + j + 1, highHalf(product));
      }
    for (let place = 0; place < count; place++) {
      if (place + 1 < count) gather(place + 1, highHalf(sums[place]!));
      sums[place] = lowHalf(sums[place]!);
    }
    const digit = (place: number) => (place < count ? sums[place]! : zero);
    const product = each(i => binary('or', digit(2 * i), binary('shl', digit(2 * i + 1), number(32))));
    return zeroExtend(product, width);
  }

  const together = (name: 'or' | 'xor', nodes: Word) => nodes.reduce((a, b) => binary(name, a, b));

  return {
    constant: value => each(i => constantNode('i64', value >> BigInt(64 * i))),
    add: (a, b) => chain('add', a, b),
    sub: (a, b) => chain('sub', a, b),
    and: bitwise('and'),
    or: bitwise('or'),
    xor: bitwise('xor'),
    shiftLeft,
    shiftRight,
    // Only 0 can be shifted by more than the word's bits, and any shift of it is 0.
    shiftLeftBy: (a, b) => shiftBy(shiftLeft, a, b),
    shiftRightBy: (a, b) => {
      const beyond = compare('eq', together('or', shiftRight(b, Math.ceil(Math.log2(bits)))), zero);
      const shifted = shiftBy(shiftRight, a, b);
      const sign = signOf(wide(a).at(-1)!);
      return each(i => select(beyond, shifted[i]!, sign));
    },
    zeroExtend,
    signExtend,
    equal: (a, b) => [compare('eq', together('or', bitwise('xor')(a, b)), zero)],
    less: (a, b) => [less(a, b)],
    select: (condition, a, b) => {
      const [x, y] = [wide(a), wide(b)];
      const bit = as('i32', condition[0]!);
      return each(i => select(bit, x[i]!, y[i]!));
    },
    multiply,
    divide: (a, b) => lowest(apply('i64', opcodes.i64.divUnsigned, wide(a)[0]!, wide(b)[0]!), 64),
    remainder: (a, b) => lowest(apply('i64', opcodes.i64.remUnsigned, wide(a)[0]!, wide(b)[0]!), 64),
    parity: a => {
      const ones = apply('i64', opcodes.i64.popcnt, together('xor', wide(a)));
      return [binary('and', as('i32', ones), constantNode('i32', 1n))];
    },
  };
}
