import { describe, expect, test } from 'vitest';
import {
  bit,
  enabledBy,
  named,
  register,
  registered,
  type Signal,
  toSignal,
  type Wire,
  wire,
} from '../../../hdl-gen/lang/index.ts';
import { build, refusalsOf } from './refusals.ts';

const { refusal } = refusalsOf(import.meta.url);

describe('where signals may be made and used', () => {
  test('TCT-1001: code outside a component', () => {
    const program = () => wire(bit); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1001: signals are made inside a component, but none is being built here
        at HERE
        help: move the code into the 'build' function of a component"
    `);
  });

  test('TCT-1001: an operation of constants alone is allowed, of a wire it is not', () => {
    const program = () => named({ y: toSignal(1).add(2) }) && register(bit); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1001: signals are made inside a component, but none is being built here
        at HERE
        help: move the code into the 'build' function of a component"
    `);
  });

  test('TCT-1002: a signal of another component', () => {
    const program = () => {
      let stolen: Signal | undefined;
      build(({ a }) => {
        stolen = a;
      }, 'owner');
      build(({ b }) => {
        b.add(stolen!); // here
      });
    };
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1002: 'a' belongs to component 'owner' and is used in 'test'
        at HERE
        help: pass it through a port: an input or output of the component"
    `);
  });

  test('TCT-1002: as an enable', () => {
    const program = () => {
      let stolen: Signal | undefined;
      build(({ c }) => {
        stolen = c;
      }, 'owner');
      build(({ b }) => {
        enabledBy(stolen!, () => registered(b)); // here
      });
    };
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1002: 'c' belongs to component 'owner' and is used in 'test'
        at HERE
        help: pass it through a port: an input or output of the component"
    `);
  });

  test('TCT-1002: a wire of another component is driven', () => {
    const program = () => {
      let stolen: Wire | undefined;
      build(() => {
        stolen = named({ late: wire(bit) }).late;
      }, 'owner');
      build(() => {
        stolen!.drive(1); // here
      });
    };
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1002: 'late' belongs to component 'owner' and is used in 'test'
        at HERE
        help: pass it through a port: an input or output of the component"
    `);
  });
});
