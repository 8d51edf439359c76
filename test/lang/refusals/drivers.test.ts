import { describe, expect, test } from 'vitest';
import { component, elaborate, memory, named, register, uint, wire } from '../../../hdl-gen/lang/index.ts';
import { build, refusalsOf } from './refusals.ts';

const { refusal } = refusalsOf(import.meta.url);

describe('drivers', () => {
  test('TCT-1004: a wire driven twice', () => {
    const program = () =>
      build(({ a }) => {
        const { late } = named({ late: wire(uint(8)) });
        late.drive(a); // here
        late.drive(a.and(1)); // here
      });
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1004: 'late' is driven twice
        at HERE
        'late' was made at another line
        it was driven first at HERE
        help: choose between the two values with 'mux', and drive it once"
    `);
  });

  test('TCT-1004: a register driven twice', () => {
    const program = () =>
      build(({ a }) => {
        const state = register(uint(8)).next(a); // here
        state.next(a.and(1)); // here
      });
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1004: an unnamed register is driven twice
        at HERE
        an unnamed register was made at HERE
        it was driven first at HERE
        help: choose between the two values with 'mux', and drive it once"
    `);
  });

  test('TCT-1005: a wire without a driver', () => {
    const program = () =>
      elaborate(
        component('test', {
          inputs: {},
          build: () => named({ missing: wire(uint(8)) }), // here
        }),
      );
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1005: 'missing' of component 'test' is never driven
        at HERE
        help: give a wire its driver with '.drive(value)', a register its next value with '.next(value)', and a memory initial contents or a write"
    `);
  });

  test('TCT-1005: a register without a next value, deep inside', () => {
    const program = () => {
      const inner = component('inner', {
        inputs: {},
        build: () => ({ y: register(uint(8)) }), // here
      });
      elaborate(component('outer', { inputs: {}, build: () => ({ z: inner({}).y }) }));
    };
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1005: 'y' of component 'inner' is never driven
        at HERE
        help: give a wire its driver with '.drive(value)', a register its next value with '.next(value)', and a memory initial contents or a write"
    `);
  });

  test('TCT-1005: a memory that nothing writes', () => {
    const program = () =>
      elaborate(
        component('test', {
          inputs: { at: uint(3) },
          build: ({ at }) => ({
            data: memory(uint(8), { depth: 8, name: 'empty' }) // here
              .read(at),
          }),
        }),
      );
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1005: memory 'empty' of component 'test' is never driven
        at HERE
        help: give a wire its driver with '.drive(value)', a register its next value with '.next(value)', and a memory initial contents or a write"
    `);
  });

  test('TCT-1004: a register that becomes an output', () => {
    const program = () =>
      component('test', {
        inputs: { a: uint(8) },
        build({ a }) {
          const held = register(uint(8)).next(a); // here
          held.next(0); // here
          return { state: held };
        },
      }).module;
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1004: 'state' is driven twice
        at HERE
        'state' was made at HERE
        it was driven first at HERE
        help: choose between the two values with 'mux', and drive it once"
    `);
  });
});
