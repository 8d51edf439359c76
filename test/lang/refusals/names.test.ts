import { describe, expect, test } from 'vitest';
import {
  bit,
  clockDomain,
  component,
  foreign,
  inDomain,
  memory,
  named,
  registered,
  uint,
} from '../../../hdl-gen/lang/index.ts';
import { build, refusalsOf } from './refusals.ts';

const { refusal } = refusalsOf(import.meta.url);

describe('names', () => {
  test('TCT-1008: a word that Verilog reserves', () => {
    const program = () => build(({ a }) => named({ wire: a.add(1) })); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1008: 'wire' cannot be a name: Verilog, SystemVerilog or C++ reserves the word
        at HERE
        help: choose another key"
    `);
  });

  test('TCT-1008: a word that SystemVerilog reserves, as a port', () => {
    const program = () =>
      component('test', {
        // here
        inputs: { logic: bit },
        build: ({ logic }) => ({ y: logic.not() }),
      }).module;
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1008: 'logic' cannot be a name: Verilog, SystemVerilog or C++ reserves the word
        at HERE
        help: choose another key"
    `);
  });

  test('TCT-1008: no identifier', () => {
    const program = () =>
      component('my component', { inputs: { x: bit }, build: ({ x }) => ({ y: x.not() }) }); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1008: 'my component' cannot be a name: Verilog names are letters, digits and underscores, and do not begin with a digit
        at HERE
        help: choose another key"
    `);
  });

  test('TCT-1008: as an output', () => {
    const program = () =>
      component('test', {
        // here
        inputs: { x: bit },
        build: ({ x }) => ({ '2nd': x.not() }),
      }).module;
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1008: '2nd' cannot be a name: Verilog names are letters, digits and underscores, and do not begin with a digit
        at HERE
        help: choose another key"
    `);
  });

  test('TCT-1008: of a clock domain', () => {
    const program = () => clockDomain('48 MHz'); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1008: '48 MHz_clk' cannot be a name: Verilog names are letters, digits and underscores, and do not begin with a digit
        at HERE
        help: choose another key"
    `);
  });

  test('TCT-1008: of a memory', () => {
    const program = () => build(() => memory(uint(8), { depth: 4, name: 'reg' })); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1008: 'reg' cannot be a name: Verilog, SystemVerilog or C++ reserves the word
        at HERE
        help: choose another key"
    `);
  });

  test('TCT-1008: of a foreign module', () => {
    const program = () =>
      foreign({ name: 'SB-IO' }, { inputs: { x: bit }, build: ({ x }) => ({ y: x.not() }) }); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1008: 'SB-IO' cannot be a name: Verilog names are letters, digits and underscores, and do not begin with a digit
        at HERE
        help: choose another key"
    `);
  });

  test('TCT-1009: an input that is also an output', () => {
    const program = () =>
      component('test', {
        // here
        inputs: { x: bit },
        build: ({ x }) => ({ x }),
      }).module;
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1009: component 'test' has two things that the Verilog would call 'x'
        at HERE
        help: rename one of them; a component, its clocks and its resets also have names ('clk' and 'rst' by default)"
    `);
  });

  test('TCT-1009: a record and a port that meet', () => {
    const program = () =>
      component('test', {
        // here
        inputs: { x: { y: bit }, x_y: bit },
        build: ({ x, x_y }) => ({ z: x.y.and(x_y) }),
      }).module;
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1009: component 'test' has two things that the Verilog would call 'x_y'
        at HERE
        help: rename one of them; a component, its clocks and its resets also have names ('clk' and 'rst' by default)"
    `);
  });

  test('TCT-1009: the name of the clock', () => {
    const program = () =>
      component('test', {
        // here
        inputs: { clk: bit },
        build: ({ clk }) => ({ y: registered(clk) }),
      }).module;
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1009: component 'test' has two things that the Verilog would call 'clk'
        at HERE
        help: rename one of them; a component, its clocks and its resets also have names ('clk' and 'rst' by default)"
    `);
  });

  test('TCT-1009: the clock of another domain', () => {
    const program = () =>
      component('test', {
        // here
        inputs: { x: bit },
        build: ({ x }) => ({ fast_clk: inDomain(clockDomain('fast'), () => registered(x)) }),
      }).module;
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1009: component 'test' has two things that the Verilog would call 'fast_clk'
        at HERE
        help: rename one of them; a component, its clocks and its resets also have names ('clk' and 'rst' by default)"
    `);
  });

  test('TCT-1009: the name of the component itself', () => {
    const program = () =>
      component('sum', {
        // here
        inputs: { x: bit },
        build: ({ x }) => ({ sum: x.not() }),
      }).module;
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1009: component 'sum' has two things that the Verilog would call 'sum'
        at HERE
        help: rename one of them; a component, its clocks and its resets also have names ('clk' and 'rst' by default)"
    `);
  });

  test('TCT-1009: elements of an array and another output', () => {
    const program = () =>
      component('test', {
        // here
        inputs: { x: uint(2) },
        build: ({ x }) => ({ y: x.bits(), y_1: x.not() }),
      }).module;
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1009: component 'test' has two things that the Verilog would call 'y_1'
        at HERE
        help: rename one of them; a component, its clocks and its resets also have names ('clk' and 'rst' by default)"
    `);
  });
});
