import { describe, expect, test } from 'vitest';
import {
  all,
  any,
  concat,
  Interval,
  int,
  mux,
  range,
  register,
  registered,
  resetBy,
  rom,
  synchronise,
  uint,
} from '../../../hdl-gen/lang/index.ts';
import { build, refusalsOf } from './refusals.ts';

const { refusal } = refusalsOf(import.meta.url);

describe('numbers, bits and intervals', () => {
  test('TCT-1010: half a constant', () => {
    const program = () => build(({ a }) => a.add(0.5)); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1010: 0.5 is not a whole number that a constant can hold exactly
        at HERE
        help: round it knowingly, and give numbers beyond 2^53 as BigInt, such as 9007199254740993n"
    `);
  });

  test('TCT-1010: a number too large to be exact', () => {
    const program = () => build(({ a }) => a.lessThan(2 ** 60)); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1010: 1152921504606847000 is not a whole number that a constant can hold exactly
        at HERE
        help: round it knowingly, and give numbers beyond 2^53 as BigInt, such as 9007199254740993n"
    `);
  });

  test('TCT-1010: as an initial value', () => {
    const program = () => build(({ a }) => registered(a, { initial: 1.5 })); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1010: 1.5 is not a whole number that a constant can hold exactly
        at HERE
        help: round it knowingly, and give numbers beyond 2^53 as BigInt, such as 9007199254740993n"
    `);
  });

  test('TCT-1011: a number as a condition', () => {
    const program = () => build(({ a, b }) => mux(a, b, 0)); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1011: 'mux' takes one bit, but 'a' holds [0, 255]
        at HERE
        help: compare it ('.notEquals(0)') or pick one bit ('.bit(i)')"
    `);
  });

  test('TCT-1011: as an enable', () => {
    const program = () => build(({ a, b }) => registered(b, { enable: a })); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1011: 'enable' takes one bit, but 'a' holds [0, 255]
        at HERE
        help: compare it ('.notEquals(0)') or pick one bit ('.bit(i)')"
    `);
  });

  test('TCT-1011: as a reset', () => {
    const program = () => build(({ a, b }) => resetBy(a, () => registered(b, { reset: true }))); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1011: 'resetBy' takes one bit, but 'a' holds [0, 255]
        at HERE
        help: compare it ('.notEquals(0)') or pick one bit ('.bit(i)')"
    `);
  });

  test('TCT-1011: as a mask', () => {
    const program = () => build(({ a }) => a.mask()); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1011: 'mask' takes one bit, but 'a' holds [0, 255]
        at HERE
        help: compare it ('.notEquals(0)') or pick one bit ('.bit(i)')"
    `);
  });

  test('TCT-1011: among bits', () => {
    const program = () => build(({ a, c }) => [any([c]), all([c, a])]); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1011: 'all' takes one bit, but 'a' holds [0, 255]
        at HERE
        help: compare it ('.notEquals(0)') or pick one bit ('.bit(i)')"
    `);
  });

  test('TCT-1011: across clocks', () => {
    const program = () => build(({ a }) => synchronise(a)); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1011: 'synchronise' takes one bit, but 'a' holds [0, 255]
        at HERE
        help: compare it ('.notEquals(0)') or pick one bit ('.bit(i)')"
    `);
  });

  test('TCT-1012: a slice outside', () => {
    const program = () => build(({ a }) => a.slice(4, 5)); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1012: 'a' has bits 0 to 7, so a slice of 5 bits from bit 4 is outside
        at HERE
        help: slice within the bits of the signal"
    `);
  });

  test('TCT-1012: a bit that is not there', () => {
    const program = () => build(({ a, b }) => concat(a.bit(7), b.bit(8))); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1012: 'b' has bits 0 to 7, so a slice of 1 bit from bit 8 is outside
        at HERE
        help: slice within the bits of the signal"
    `);
  });

  test('TCT-1013: wrapping to what is no number of bits', () => {
    const program = () => build(({ a }) => a.wrap(range(0, 99))); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1013: 'a' cannot be wrapped to [0, 99], because these are not all values of some number of bits
        at HERE
        help: wrap to 'int(bits)' or 'uint(bits)', or use 'saturate'"
    `);
  });

  test('TCT-1014: a promise that cannot be kept', () => {
    const program = () => build(({ a }) => a.assume(range(300, 400), 'it is large')); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1014: 'a' holds [0, 255], which can not be taken as a value of [300, 400]
        at HERE
        help: check the interval that is asked for; a shift count must not be negative"
    `);
  });

  test('TCT-1014: a shift count that may be negative', () => {
    const program = () => build(({ a, b }) => a.shiftLeft(b)); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1014: 'b' holds [-128, 127], which can not be taken as a value of [0, 127]
        at HERE
        help: check the interval that is asked for; a shift count must not be negative"
    `);
  });

  test('TCT-1014: a shift beyond all use', () => {
    const program = () => build(({ a }) => a.shiftLeft(1e9)); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1014: the constant 1000000000 holds [1000000000, 1000000000], which can not be taken as a value of [0, 65536]
        at HERE
        help: check the interval that is asked for; a shift count must not be negative"
    `);
  });

  test('TCT-1015: a register that starts outside its interval', () => {
    const program = () => build(() => register(uint(4), { initial: 16 })); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1015: an unnamed register starts with 16, but holds [0, 15]
        at HERE
        help: choose initial contents inside the interval, or declare it wider"
    `);
  });

  test('TCT-1015: a word that does', () => {
    const program = () => build(() => rom(uint(4), [1, 2, 16], 'table_of_three')); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1015: word 2 of memory 'table_of_three' starts with 16, but holds [0, 15]
        at HERE
        help: choose initial contents inside the interval, or declare it wider"
    `);
  });

  test('TCT-1026: numbers of no bits', () => {
    expect(refusal(() => int(1.5))).toContain(
      "'int' takes a whole number of bits from 1 to 16777216, not 1.5",
    );
    expect(refusal(() => uint(0))).toContain("'uint' takes a whole number of bits from 1 to 16777216, not 0");
    const program = () => int(0); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1026: 'int' takes a whole number of bits from 1 to 16777216, not 0
        at HERE
        help: write 'int(bits)' or 'uint(bits)' with 1 bit or more, or 'range(smallest, largest)'"
    `);
  });

  test('TCT-1026: an interval that ends before it begins', () => {
    expect(refusal(() => new Interval(1n, 0n))).toContain('the interval [1, 0] ends before it begins');
    const program = () => range(5, 1); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1026: the interval [5, 1] ends before it begins
        at HERE
        help: write 'int(bits)' or 'uint(bits)' with 1 bit or more, or 'range(smallest, largest)'"
    `);
  });

  test('TCT-1026: an end that is not whole', () => {
    const program = () => range(0, 2 ** 60); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1026: 'range' takes whole numbers that are exact (beyond 2^53 as BigInt), not 1152921504606847000
        at HERE
        help: write 'int(bits)' or 'uint(bits)' with 1 bit or more, or 'range(smallest, largest)'"
    `);
  });
});
