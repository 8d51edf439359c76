import { describe, expect, test } from 'vitest';
import {
  array,
  bit,
  clockDomain,
  component,
  enabledBy,
  registered,
  type Signal,
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
});
