import { describe, expect, test } from 'vitest';
import {
  clockDomain,
  component,
  elaborate,
  inDomain,
  memory,
  named,
  registered,
  uint,
} from '../../../hdl-gen/lang/index.ts';
import { refusalsOf } from './refusals.ts';

const { refusal } = refusalsOf(import.meta.url);

describe('clock domains', () => {
  test('TCT-1007: a register takes what another clock made', () => {
    const program = () =>
      elaborate(
        component('test', {
          inputs: { a: uint(8) },
          build({ a }) {
            const { slow } = named({ slow: registered(a) }); // here
            const quick = inDomain(clockDomain('fast'), () => registered(slow.add(1))); // here
            return { quick };
          },
        }),
      );
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1007: 'slow' belongs to the default clock domain, but 'quick' of clock domain 'fast' takes its value
        at HERE
        'slow' was made at HERE
        help: bring one bit across with 'synchronise', more bits through an asynchronous FIFO"
    `);
  });

  test('TCT-1007: an input of another domain, through an instance', () => {
    const program = () => {
      const inner = component('inner', {
        inputs: { x: uint(8) },
        build: ({ x }) => ({ y: registered(x) }), // here
      });
      elaborate(
        component('outer', {
          // here
          inputs: { a: uint(8) },
          domains: { a: clockDomain('fast') },
          build: ({ a }) => ({ y: inner({ x: a }, { name: 'part' }).y }),
        }),
      );
    };
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1007: 'a' belongs to clock domain 'fast', but 'part.y' of the default clock domain takes its value
        at HERE
        'a' was made at HERE
        help: bring one bit across with 'synchronise', more bits through an asynchronous FIFO"
    `);
  });

  test('TCT-1007: what a memory is written with', () => {
    const program = () =>
      elaborate(
        component('test', {
          // here
          inputs: { a: uint(8) },
          domains: { a: clockDomain('fast') },
          build({ a }) {
            const words = memory(uint(8), { depth: 2, name: 'store' });
            words.write(1, a);
            return { data: words.read(0) };
          },
        }),
      );
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1007: 'a' belongs to clock domain 'fast', but 'store' of the default clock domain takes its value
        at HERE
        'a' was made at HERE
        help: bring one bit across with 'synchronise', more bits through an asynchronous FIFO"
    `);
  });
});
