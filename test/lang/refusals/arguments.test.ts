import { describe, expect, test } from 'vitest';
import {
  accumulate,
  array,
  bit,
  choose,
  component,
  counter,
  delayed,
  synchronise,
} from '../../../hdl-gen/lang/index.ts';
import { build, refusalsOf } from './refusals.ts';

const { refusal } = refusalsOf(import.meta.url);

describe('arguments', () => {
  test('TCT-1024: no choice', () => {
    const program = () => build(({ c }) => choose(c, [])); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1024: 'choose' needs one choice or more
        at HERE
        help: correct the argument"
    `);
  });

  test('TCT-1024: fewer choices than the index has values', () => {
    const program = () => build(({ a }) => choose(a, [1, 2, 3])); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1024: 'choose' has 3 choices, but its index 'a' holds [0, 255]
        at HERE
        help: correct the argument"
    `);
  });

  test('TCT-1024: half an array', () => {
    const program = () => array(1.5, bit); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1024: the length of an array is a whole number from 1, not 1.5
        at HERE
        help: correct the argument"
    `);
  });

  test('TCT-1024: a delay back in time', () => {
    const program = () => build(({ a }) => delayed(a, -1)); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1024: a delay is a whole number of edges from 0, not -1
        at HERE
        help: correct the argument"
    `);
  });

  test('TCT-1024: a synchroniser of one stage', () => {
    const program = () => build(({ c }) => synchronise(c, 1)); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1024: a synchroniser has 2 stages or more, not 1
        at HERE
        help: correct the argument"
    `);
  });

  test('TCT-1024: a sum of no terms', () => {
    const program = () => build(({ a, c }) => accumulate(a, { restart: c, terms: 0 })); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1024: a running sum adds a whole number of terms from 1, not 0
        at HERE
        help: correct the argument"
    `);
  });

  test('TCT-1025: what is no signal', () => {
    const program = () =>
      build(() => {
        const inner = component('inner', { inputs: { x: bit }, build: ({ x }) => ({ y: x.not() }) });
        inner({ x: undefined } as never); // here
      });
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1025: input 'x' of 'inner' is undefined, which is neither a signal nor a number, nor a record or array of these
        at HERE
        help: give every field a signal or a constant"
    `);
  });

  test('TCT-1024: a counter of no values', () => {
    const program = () => build(() => counter(0)); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1024: the length of a counter is a whole number from 1, not 0
        at HERE
        help: correct the argument"
    `);
  });
});
