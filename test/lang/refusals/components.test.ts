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
});
