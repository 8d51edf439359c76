import { describe, expect, test } from 'vitest';
import { array, bit, component, elaborate, range, uint } from '../../../hdl-gen/lang/index.ts';
import { refusalsOf } from './refusals.ts';

const { shown } = refusalsOf(import.meta.url);

describe('warnings', () => {
  test('TCT-1101: inputs that nothing uses, of an array only those', () => {
    const { warnings } = elaborate(
      component('test', {
        // here
        inputs: { a: bit, b: bit, some: array(3, bit), none: array(2, bit), pair: { left: bit, right: bit } },
        build: ({ a, some, pair }) => ({ y: a.and(some[1]!).and(pair.right) }),
      }),
    );
    expect(warnings.map(shown).join('\n')).toMatchInlineSnapshot(`
      "TCT-1101: input 'b' of 'test' is used by nothing
        at HERE
        help: remove the port, or use it
      TCT-1101: input 'some_0' of 'test' is used by nothing
        at HERE
        help: remove the port, or use it
      TCT-1101: input 'some_2' of 'test' is used by nothing
        at HERE
        help: remove the port, or use it
      TCT-1101: input 'none' of 'test' is used by nothing
        at HERE
        help: remove the port, or use it
      TCT-1101: input 'pair_left' of 'test' is used by nothing
        at HERE
        help: remove the port, or use it"
    `);
  });

  test('none for an input that only a promise looks at', () => {
    const { warnings } = elaborate(
      component('test', {
        inputs: { a: uint(4), b: uint(4) },
        build({ a, b }) {
          b.assume(range(0, 9), 'it is a digit');
          return { y: a.add(1) };
        },
      }),
    );
    expect(warnings).toEqual([]);
  });
});
