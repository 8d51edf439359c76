import { describe, expect, test } from 'vitest';
import { bit, component, elaborate, named, registered, uint, wire } from '../../../hdl-gen/lang/index.ts';
import { refusalsOf } from './refusals.ts';

const { refusal } = refusalsOf(import.meta.url);

describe('combinational loops', () => {
  test('TCT-1006: through operations', () => {
    const program = () =>
      elaborate(
        component('test', {
          inputs: { a: uint(8) },
          build({ a }) {
            const { back } = named({ back: wire(uint(8)) }); // here
            const { more } = named({ more: back.add(a) }); // here
            const { less } = named({ less: more.shiftRight(1) }); // here
            back.drive(less.wrap(uint(8))); // here
            return { y: more };
          },
        }),
      );
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1006: 'back' depends on itself without a register in between
        at HERE
        'back' (HERE)
        <- 'less' (HERE)
        <- 'more' (HERE)
        <- 'back' (HERE)
        help: put a register somewhere on the path"
    `);
  });

  test('TCT-1006: across instances', () => {
    const program = () => {
      const inner = component('inner', {
        inputs: { x: uint(8) },
        build: ({ x }) => ({ y: x.not() }), // here
      });
      elaborate(
        component('outer', {
          inputs: { a: uint(8) },
          build({ a }) {
            const back = wire(uint(8)); // here
            const first = inner({ x: back }, { name: 'first' }); // here
            const second = inner({ x: first.y.and(a) }, { name: 'second' }); // here
            back.drive(second.y);
            return { y: first.y };
          },
        }),
      );
    };
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1006: 'second.y' depends on itself without a register in between
        at HERE
        'second.y' (HERE)
        <- input 'second.x' (HERE)
        <- the unnamed result of 'and' (HERE)
        <- output 'first.y' (HERE)
        <- 'first.y' (HERE)
        <- input 'first.x' (HERE)
        <- an unnamed wire (HERE)
        <- output 'second.y' (HERE)
        <- 'second.y' (HERE)
        help: put a register somewhere on the path"
    `);
  });

  test('TCT-1006: through wires alone', () => {
    const program = () =>
      elaborate(
        component('test', {
          inputs: {},
          build() {
            const { one, two, three } = named({
              one: wire(bit), // here
              two: wire(bit), // here
              three: wire(bit), // here
            });
            one.drive(two);
            two.drive(three);
            three.drive(one);
            return { y: one.not() };
          },
        }),
      );
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1006: 'one' depends on itself without a register in between
        at HERE
        'one' (HERE)
        <- 'two' (HERE)
        <- 'three' (HERE)
        <- 'one' (HERE)
        help: put a register somewhere on the path"
    `);
  });

  test('with a register in between there is none', () => {
    const design = elaborate(
      component('test', {
        inputs: {},
        build() {
          const back = wire(uint(8));
          const { state } = named({ state: registered(back) });
          back.drive(state.add(1).wrap(uint(8)));
          return { state };
        },
      }),
    );
    expect(design.circuit.registers).toHaveLength(1);
  });

  test('TCT-1006: a loop without any name is told by its operations', () => {
    const program = () =>
      elaborate(
        component('test', {
          inputs: { a: uint(8) },
          build({ a }) {
            const back = wire(uint(8)); // here
            const sum = back.add(a); // here
            back.drive(sum.saturate(uint(8))); // here
            return { y: registered(sum) };
          },
        }),
      );
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1006: an unnamed wire depends on itself without a register in between
        at HERE
        an unnamed wire (HERE)
        <- the unnamed result of 'saturate' (HERE)
        <- the unnamed result of 'add' (HERE)
        <- an unnamed wire (HERE)
        help: put a register somewhere on the path"
    `);
  });
});
