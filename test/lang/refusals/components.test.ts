import { describe, expect, test } from 'vitest';
import {
  array,
  bit,
  clockDomain,
  component,
  type Definition,
  elaborate,
  enabledBy,
  registered,
  type Signal,
  type SignalTree,
  uint,
} from '../../../hdl-gen/lang/index.ts';
import { build, refusalsOf } from './refusals.ts';

const { refusal } = refusalsOf(import.meta.url);

describe('components', () => {
  test('TCT-1017: a port left unconnected', () => {
    const program = () =>
      build(({ c, d }) => {
        const inner = component('inner', {
          inputs: { x: array(2, bit), z: bit },
          build: ({ x, z }) => ({ y: x[0]!.and(x[1]!).and(z) }),
        });
        inner({ x: [c, d] } as never); // here
      });
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1017: input 'z' of 'inner' is not connected
        at HERE
        help: give every input a signal or a constant"
    `);
  });

  test('TCT-1018: a port that is not there', () => {
    const program = () =>
      build(({ c, d }) => {
        const inner = component('inner', {
          inputs: { x: array(2, bit), z: bit },
          build: ({ x, z }) => ({ y: x[0]!.and(x[1]!).and(z) }),
        });
        inner({ x: [c, d], z: c, w: d } as never); // here
      });
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1018: 'inner' has no input 'w'
        at HERE
        help: its inputs are: x, z"
    `);
  });

  test('TCT-1018: a domain for a port that is not there', () => {
    const program = () =>
      component('test', {
        // here
        inputs: { x: bit },
        domains: { y: clockDomain('fast') },
        build: ({ x }) => ({ y: registered(x) }),
      }).module;
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1018: 'test' has no input 'y'
        at HERE
        help: its inputs are: x"
    `);
  });

  test('TCT-1019: an array of another length', () => {
    const program = () =>
      build(({ c }) => {
        const inner = component('inner', {
          inputs: { x: array(2, bit), z: bit },
          build: ({ x, z }) => ({ y: x[0]!.and(x[1]!).and(z) }),
        });
        inner({ x: [c], z: c }); // here
      });
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1019: input 'x' of 'inner' has 2 elements, but 1 is connected
        at HERE
        help: connect an array of the same length"
    `);
  });

  test('TCT-1020: a component inside itself', () => {
    const program = () => {
      const endless = component('endless', ({ depth }: { depth: number }) => ({
        inputs: { x: bit },
        build: ({ x }): { y: Signal } => endless({ depth })({ x }), // here
      }));
      endless({ depth: 1 }).module;
    };
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1020: component 'endless' contains itself with the same parameters
        at HERE
        'endless' { depth: 1 }
        contains 'endless' { depth: 1 }
        help: change a parameter with each level, so that the recursion ends"
    `);
  });

  test('TCT-1021: a function as a parameter', () => {
    const program = () => {
      const mapped = component('mapped', ({ f }: { f: (x: Signal) => Signal }) => ({
        inputs: { x: bit },
        build: ({ x }) => ({ y: f(x) }),
      }));
      mapped({ f: x => x.not() }); // here
    };
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1021: parameter 'f' of component 'mapped' is a function, so two sets of parameters cannot be told apart
        at HERE
        help: use numbers, texts, intervals, or arrays and records of these; a plain function can take anything"
    `);
  });

  test('TCT-1021: a map, and a number that is none', () => {
    const program = () => {
      const mapped = component('mapped', (_: { of: unknown }) => ({
        inputs: { x: bit },
        build: ({ x }) => ({ y: x.not() }),
      }));
      expect(refusal(() => mapped({ of: Number.NaN }))).toContain(
        "parameter 'of' of component 'mapped' is NaN",
      );
      mapped({ of: new Map() }); // here
    };
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1021: parameter 'of' of component 'mapped' is a Map, so two sets of parameters cannot be told apart
        at HERE
        help: use numbers, texts, intervals, or arrays and records of these; a plain function can take anything"
    `);
  });

  test('TCT-1022: nothing comes out', () => {
    const program = () =>
      component('test', {
        // here
        inputs: { x: bit },
        build: ({ x }) => ({ y: x.and(0) }),
      }).module;
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1022: component 'test' has no output that can change
        at HERE
        help: return a record of signals from 'build'"
    `);
  });

  test('TCT-1023: a component that an enable would have to reach into', () => {
    const program = () =>
      build(({ c, d }) => {
        const inner = component('inner', {
          inputs: { x: array(2, bit), z: bit },
          build: ({ x, z }) => ({ y: x[0]!.and(x[1]!).and(z) }),
        });
        enabledBy(c, () => inner({ x: [c, d], z: c })); // here
      });
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1023: component 'inner' is placed inside 'enabledBy', which cannot reach into it
        at HERE
        help: give the component an input for the enable, or make it a plain function, which is built in place"
    `);
  });

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

  test('TCT-1020: a component inside itself, through another one and in its definition', () => {
    const program = () => {
      const leaf = component('leaf', ({ bits }: { bits: number }) => ({
        inputs: { x: uint(bits) },
        build: ({ x }): { y: Signal } => ({ y: tree({ bits })({ x }).y }),
      }));
      const tree = component('tree', ({ bits }: { bits: number }) => {
        const inner = leaf({ bits });
        return { inputs: { x: uint(bits) }, build: ({ x }): { y: Signal } => inner({ x }) }; // here
      });
      const defined = component(
        'defined',
        ({ bits }: { bits: number }): Definition<Record<string, never>, never> => {
          defined({ bits });
          throw new Error('never reached');
        },
      );
      expect(refusal(() => defined({ bits: 1 }))).toContain(
        "'defined' contains itself with the same parameters",
      );
      tree({ bits: 3 }).module;
    };
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1020: component 'tree' contains itself with the same parameters
        at another line
        'tree' { bits: 3 }
        contains 'leaf' { bits: 3 }
        contains 'tree' { bits: 3 }
        help: change a parameter with each level, so that the recursion ends"
    `);
  });

  test('TCT-1029: a component that places itself with a parameter that grows', () => {
    const program = () => {
      const grow = component('grow', ({ n }: { n: number }) => ({
        inputs: { x: bit },
        build: ({ x }): { y: Signal } => grow({ n: n + 1 })({ x }), // here
      }));
      elaborate(component('outer', { inputs: { x: bit }, build: ({ x }) => grow({ n: 1 })({ x }) }));
    };
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1029: component 'grow' stands inside more than 300 others: the recursion does not seem to end
        at HERE
        'outer'
        contains 'grow' { n: 1 }
        contains 'grow' { n: 2 }
        contains 'grow' { n: 3 }
        contains 294 more
        contains 'grow' { n: 298 }
        contains 'grow' { n: 299 }
        contains 'grow' { n: 300 }
        help: change a parameter with each level towards a value at which the component no longer places itself"
    `);
  });

  test('TCT-1029: the same in its definition', () => {
    const program = () => {
      const grow = component('grow', ({ n }: { n: number }): Definition<Record<string, never>, never> => {
        grow({ n: n + 1 }); // here
        throw new Error('never reached');
      });
      grow({ n: 1 });
    };
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1029: component 'grow' stands inside more than 300 others: the recursion does not seem to end
        at HERE
        'grow' { n: 1 }
        contains 'grow' { n: 2 }
        contains 'grow' { n: 3 }
        contains 'grow' { n: 4 }
        contains 294 more
        contains 'grow' { n: 299 }
        contains 'grow' { n: 300 }
        contains 'grow' { n: 301 }
        help: change a parameter with each level towards a value at which the component no longer places itself"
    `);
  });

  test('a deep recursion that ends is allowed', () => {
    const delay = component('delay', ({ edges }: { edges: number }) => ({
      inputs: { x: bit },
      build: ({ x }): { y: Signal } => ({
        y: registered(edges === 1 ? x : delay({ edges: edges - 1 })({ x }).y),
      }),
    }));
    expect(elaborate(delay({ edges: 250 })).circuit.registers).toHaveLength(250);
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
