import { describe, expect, test } from 'vitest';
import { array, bit, component, type Signal, type SignalTree, uint } from '../../../hdl-gen/lang/index.ts';
import { build, refusalsOf } from './refusals.ts';

const { refusal } = refusalsOf(import.meta.url);

describe('ports, and what is connected to them', () => {
  const grid = component('grid', {
    inputs: { x: array(2, array(2, bit)), link: array(2, { valid: bit, data: uint(2) }) },
    build: ({ x, link }) => ({ y: x[0]![1]!.and(link[1]!.valid), z: link[0]!.data }),
  });
  const linked = (c: Signal) => [0, 1].map(() => ({ valid: c, data: 0 }));

  test('TCT-1019: nested arrays of other lengths, also where all elements together are as many', () => {
    const program = () =>
      build(({ c, d }) => {
        grid({ x: [[c], [d, c, d]], link: linked(c) }); // here
      });
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1019: input 'x[0]' of 'grid' has 2 elements, but 1 is connected
        at HERE
        help: connect an array of the same length"
    `);
  });

  test('TCT-1025: an array that is not nested as the port is', () => {
    const program = () =>
      build(({ c, d }) => {
        grid({ x: [c, d] as never, link: linked(c) }); // here
      });
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1025: input 'x[0]' of 'grid' is a Signal, where an array of 2 is expected
        at HERE
        help: connect an array as deep as the port is"
    `);
  });

  test('TCT-1025: an array where one value is expected', () => {
    const program = () =>
      build(({ c, d }) => {
        grid({ x: [[c, [d]] as never, [c, d]], link: linked(c) }); // here
      });
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1025: input 'x[0][1]' of 'grid' is an array of 1, which is neither a signal nor a number, nor a record or array of these
        at HERE
        help: give every field a signal or a constant"
    `);
  });

  test('TCT-1025: a record for an array, and nothing for a record', () => {
    const program = () =>
      build(({ c, d }) => {
        const x = [
          [c, d],
          [d, c],
        ];
        expect(refusal(() => grid({ x: { 0: c } as never, link: linked(c) }))).toContain(
          "input 'x' of 'grid' is a record, where an array of 2 is expected",
        );
        expect(refusal(() => grid(undefined as never))).toContain(
          "what is connected to 'grid' is undefined, where a record is expected",
        );
        grid({ x, link: [undefined as never, { valid: c, data: 0 }] }); // here
      });
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1025: input 'link[0]' of 'grid' is undefined, where a record is expected
        at HERE
        help: write '{ key: signal }': the keys become the names of the ports"
    `);
  });

  test('TCT-1017: a field of a record within an array', () => {
    const program = () =>
      build(({ c, d }) => {
        const x = [
          [c, d],
          [d, c],
        ];
        grid({ x, link: [{ valid: c, data: 0 }, { valid: c } as never] }); // here
      });
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1017: input 'link[1].data' of 'grid' is not connected
        at HERE
        help: give every input a signal or a constant"
    `);
  });

  test('TCT-1018: a field too many within an array', () => {
    const program = () =>
      build(({ c, d }) => {
        const x = [
          [c, d],
          [d, c],
        ];
        grid({ x, link: [{ valid: c, data: 0 }, { valid: c, data: 1, more: 1 } as never] }); // here
      });
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1018: 'grid' has no input 'link[1].more'
        at HERE
        help: its inputs are: link[1].valid, link[1].data"
    `);
  });

  test('TCT-1025: an output that is no signal', () => {
    const program = () =>
      component('test', {
        // here
        inputs: { x: bit },
        build: ({ x }) => ({ y: x.not(), z: [{ valid: undefined as never }] }),
      }).module;
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1025: output 'z[0].valid' of component 'test' is undefined, which is neither a signal nor a number, nor a record or array of these
        at HERE
        help: give every field a signal or a constant"
    `);
  });

  test('TCT-1025: an object of a class, a text, and nothing at all', () => {
    const returning = (returned: unknown) => () =>
      component('test', {
        // here
        inputs: { x: bit },
        build: () => returned as never,
      }).module;
    expect(refusal(returning({ store: new Map() }))).toContain(
      "output 'store' of component 'test' is a Map, which is neither a signal",
    );
    expect(refusal(returning({ y: 'text' }))).toContain("output 'y' of component 'test' is a string");
    const program = returning(undefined);
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1025: what 'build' of component 'test' returns is undefined, where a record is expected
        at HERE
        help: write '{ key: signal }': the keys become the names of the ports"
    `);
  });

  test('TCT-1027: outputs in an array whose elements are not alike', () => {
    const of = (list: (x: Signal) => SignalTree) => () =>
      component('test', {
        // here
        inputs: { x: uint(4) },
        build: ({ x }) => ({ levels: list(x) }),
      }).module;
    expect(refusal(of(x => [{ a: x }, { b: x }]))).toContain("TCT-1027: the elements of array 'levels'");
    expect(refusal(of(x => [x, { b: x }]))).toContain("TCT-1027: the elements of array 'levels'");
    const program = of(x => [x.bits(), [x.bit(0)]]);
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1027: the elements of array 'levels' are not alike: they have other fields, or arrays of other lengths
        at HERE
        help: give all elements one shape, or put those that differ under keys of their own"
    `);
  });

  test('TCT-1028: an input that is declared with a number', () => {
    const program = () =>
      component('test', {
        // here
        inputs: { x: bit, pair: { left: bit, right: 8 as never } },
        build: ({ x }) => ({ y: x.not() }),
      }).module;
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1028: input 'pair.right' of component 'test' is declared as 8, which is no shape
        at HERE
        help: a shape is an interval such as 'int(8)' or 'bit', 'array(length, shape)', or a record of shapes"
    `);
  });
});
