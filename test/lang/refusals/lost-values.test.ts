import { describe, expect, test } from 'vitest';
import {
  accumulate,
  array,
  component,
  Interval,
  int,
  memory,
  named,
  range,
  register,
  uint,
  wire,
} from '../../../hdl-gen/lang/index.ts';
import { build, refusalsOf } from './refusals.ts';

const { refusal } = refusalsOf(import.meta.url);

describe('values that could be lost', () => {
  test('TCT-1003: a wire', () => {
    const program = () => build(({ a }) => wire(uint(7)).drive(a)); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1003: 'a' holds [0, 255], but an unnamed wire takes [0, 127]: a value could be lost
        at HERE
        'a' was made at another line
        an unnamed wire was made at HERE
        help: say how the interval becomes smaller ('wrap', 'saturate', 'assume' or 'slice'), or declare the target wider"
    `);
  });

  test('TCT-1003: a register', () => {
    const program = () =>
      build(({ a, b }) => {
        const state = register(int(8));
        named({ state });
        state.next(a.add(b)); // here
      });
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1003: the unnamed result of 'add' holds [-128, 382], but 'state' takes [-128, 127]: a value could be lost
        at HERE
        the unnamed result of 'add' was made at HERE
        'state' was made at another line
        help: say how the interval becomes smaller ('wrap', 'saturate', 'assume' or 'slice'), or declare the target wider"
    `);
  });

  test('TCT-1003: an input of a component', () => {
    const program = () =>
      build(({ a }) => {
        const inner = component('inner', { inputs: { x: uint(7) }, build: ({ x }) => ({ y: x.add(1) }) });
        inner({ x: a }); // here
      });
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1003: 'a' holds [0, 255], but input 'x' of 'inner' takes [0, 127]: a value could be lost
        at HERE
        'a' was made at another line
        help: say how the interval becomes smaller ('wrap', 'saturate', 'assume' or 'slice'), or declare the target wider"
    `);
  });

  test('TCT-1003: an element of an array', () => {
    const program = () =>
      build(({ a }) => {
        const inner = component('inner', {
          inputs: { x: array(2, uint(7)) },
          build: ({ x }) => ({ y: x[0]!.add(x[1]!) }),
        });
        inner({ x: [a.slice(0, 7), a] }); // here
      });
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1003: 'a' holds [0, 255], but input 'x[1]' of 'inner' takes [0, 127]: a value could be lost
        at HERE
        'a' was made at another line
        help: say how the interval becomes smaller ('wrap', 'saturate', 'assume' or 'slice'), or declare the target wider"
    `);
  });

  test('TCT-1003: an input that can only be one number', () => {
    const program = () =>
      build(() => {
        const inner = component('inner', {
          inputs: { x: uint(4), zero: Interval.of(0n) },
          build: ({ x }) => ({ y: x.add(1) }),
        });
        inner({ x: 3, zero: 4 }); // here
      });
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1003: the constant 4 holds [4, 4], but input 'zero' of 'inner' takes [0, 0]: a value could be lost
        at HERE
        help: say how the interval becomes smaller ('wrap', 'saturate', 'assume' or 'slice'), or declare the target wider"
    `);
  });

  test('TCT-1003: a word of a memory', () => {
    const program = () => build(({ a }) => memory(int(8), { depth: 4, name: 'store' }).write(0, a)); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1003: 'a' holds [0, 255], but memory 'store' takes [-128, 127]: a value could be lost
        at HERE
        'a' was made at another line
        help: say how the interval becomes smaller ('wrap', 'saturate', 'assume' or 'slice'), or declare the target wider"
    `);
  });

  test('TCT-1003: an address', () => {
    const program = () => build(({ a }) => memory(int(8), { depth: 200, name: 'store' }).read(a)); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1003: 'a' holds [0, 255], but an address of memory 'store' takes [0, 199]: a value could be lost
        at HERE
        'a' was made at another line
        help: say how the interval becomes smaller ('wrap', 'saturate', 'assume' or 'slice'), or declare the target wider"
    `);
  });

  test('TCT-1003: a running sum', () => {
    const program = () => build(({ b, c }) => accumulate(b, { restart: c, within: range(0, 999) })); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1003: 'b' holds [-128, 127], but the running sum takes [0, 999]: a value could be lost
        at HERE
        'b' was made at another line
        help: say how the interval becomes smaller ('wrap', 'saturate', 'assume' or 'slice'), or declare the target wider"
    `);
  });

  test('TCT-1003: a wire that becomes an output', () => {
    const program = () =>
      component('test', {
        inputs: { a: uint(8) },
        build({ a }) {
          const y = wire(uint(7)); // here
          y.drive(a.add(1)); // here
          return { late: y };
        },
      }).module;
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1003: the unnamed result of 'add' holds [1, 256], but 'late' takes [0, 127]: a value could be lost
        at HERE
        the unnamed result of 'add' was made at HERE
        'late' was made at HERE
        help: say how the interval becomes smaller ('wrap', 'saturate', 'assume' or 'slice'), or declare the target wider"
    `);
  });

  test('TCT-1003: names that are given later, on both sides', () => {
    const program = () =>
      build(({ a }) => {
        const state = register(uint(8)); // here
        const next = state.add(a); // here
        state.next(next); // here
        named({ total: state, next });
      });
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1003: 'next' holds [0, 510], but 'total' takes [0, 255]: a value could be lost
        at HERE
        'next' was made at HERE
        'total' was made at HERE
        help: say how the interval becomes smaller ('wrap', 'saturate', 'assume' or 'slice'), or declare the target wider"
    `);
  });

  test('TCT-1003: the first of several, also where the rest of the program fails', () => {
    const program = () =>
      build(({ a }) => {
        const { first, second } = named({ first: wire(uint(7)), second: wire(uint(6)) });
        first.drive(a); // here
        second.drive(a);
        throw new Error('of the program itself');
      });
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1003: 'a' holds [0, 255], but 'first' takes [0, 127]: a value could be lost
        at HERE
        'a' was made at another line
        'first' was made at another line
        help: say how the interval becomes smaller ('wrap', 'saturate', 'assume' or 'slice'), or declare the target wider"
    `);
  });
});
