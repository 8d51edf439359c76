import { describe, expect, test } from 'vitest';
import {
  bit,
  clockDomain,
  component,
  concat,
  elaborate,
  inDomain,
  memory,
  named,
  register,
  registered,
  rom,
  type Signal,
  type SignalRecord,
  synchronise,
  uint,
  wire,
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
        help: bring one bit across with 'synchronise', more bits through an 'asyncFifo'"
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
        help: bring one bit across with 'synchronise', more bits through an 'asyncFifo'"
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
            words.write(1, a); // here
            return { data: words.read(0) };
          },
        }),
      );
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1007: 'a' belongs to clock domain 'fast', but memory 'store' of the default clock domain takes its value
        at HERE
        'a' was made at HERE
        help: bring one bit across with 'synchronise', more bits through an 'asyncFifo'"
    `);
  });

  const fast = clockDomain('fast');
  /** A circuit with the inputs `a` and `b` of the default domain and `c` of the domain `fast`, all bits. */
  const two = (build: (inputs: { a: Signal; b: Signal; c: Signal }) => SignalRecord) => () =>
    elaborate(component('test', { inputs: { a: bit, b: bit, c: bit }, domains: { c: fast }, build }));

  test('TCT-1007: registers without a name, in a part', () => {
    const inner = component('inner', {
      inputs: { x: bit },
      build: ({ x }) => ({ y: registered(registered(x)).not() }), // here
    });
    const program = two(({ a, c }) => ({
      y: inDomain(fast, () => registered(inner({ x: a }, { name: 'part' }).y).xor(c)),
    }));
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1007: 'a' belongs to the default clock domain, but an unnamed register in 'part' of clock domain 'fast' takes its value
        at HERE
        'a' was made at another line
        help: bring one bit across with 'synchronise', more bits through an 'asyncFifo'"
    `);
  });

  test('TCT-1007: an enable, told as logic without a name', () => {
    const program = two(({ a, b, c }) => {
      const both = registered(a).and(c); // here
      return { y: registered(b, { enable: both }) }; // here
    });
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1007: 'c' belongs to clock domain 'fast', but 'y' of the default clock domain takes its value
        at HERE
        'c' was made at another line
        help: bring one bit across with 'synchronise', more bits through an 'asyncFifo'"
    `);
  });

  test('TCT-1007: an address that a memory is read at', () => {
    const program = two(({ c }) => ({
      y: rom(uint(2), [1, 2]).read(c), // here
    }));
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1007: 'c' belongs to clock domain 'fast', but the read of an unnamed memory of the default clock domain takes its value
        at HERE
        'c' was made at another line
        help: bring one bit across with 'synchronise', more bits through an 'asyncFifo'"
    `);
  });

  test('TCT-1007: a memory that is written in one domain and read in another', () => {
    const program = two(({ a, b, c }) => {
      const words = memory(bit, { depth: 2, name: 'store' }); // here
      words.write(a, b);
      return { y: inDomain(fast, () => words.read(c)) }; // here
    });
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1007: memory 'store' is written in the default clock domain, but read in clock domain 'fast'
        at HERE
        memory 'store' was made at HERE
        help: take an 'asyncFifo', or give the memory 'acrossDomains' with the reason why no word is read while it is written"
    `);
  });

  test('a memory may be, with a reason', () => {
    const { modules, circuit } = two(({ a, b, c }) => {
      const words = memory(bit, { depth: 2, name: 'store', acrossDomains: 'c changes long after a write' });
      words.write(a, b);
      return { y: inDomain(fast, () => words.read(c)) };
    })();
    expect(modules[0]!.memories[0]!.acrossDomains).toBe('c changes long after a write');
    expect(circuit.memories[0]!.isCrossing).toBe(true);
  });

  test('TCT-1016: a memory across domains without a reason', () => {
    const program = two(({ a, b, c }) => {
      const words = memory(bit, { depth: 2, name: 'store', acrossDomains: ' ' }); // here
      words.write(a, b);
      return { y: inDomain(fast, () => words.read(c)) };
    });
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1016: memory 'store' is refused: 'acrossDomains' gives no reason
        at HERE
        help: declare depth, element and initial contents so that they agree; see docs/language.md, 'Memories'"
    `);
  });

  test('TCT-1016: a memory whose collisions do not matter, without a reason', () => {
    const program = two(({ a, b }) => {
      const words = memory(bit, { depth: 2, name: 'store', collisions: '' }); // here
      words.write(a, b);
      return { y: words.read(a) };
    });
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1016: memory 'store' is refused: 'collisions' gives no reason
        at HERE
        help: declare depth, element and initial contents so that they agree; see docs/language.md, 'Memories'"
    `);
  });

  test('TCT-1030: a synchroniser of what logic makes', () => {
    const program = two(({ a, b, c }) => {
      const { ready } = named({ ready: registered(a).and(registered(b)) }); // here
      return { y: inDomain(fast, () => synchronise(ready).and(c)) }; // here
    });
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1030: 'synchronise' takes 'ready', which does not come straight out of a register or a port: a glitch could be caught
        at HERE
        'ready' was made at HERE
        help: put a register of its own clock domain before it: 'inDomain(domain, () => registered(bit))'"
    `);
  });

  test('TCT-1030: of one bit of a sum, through a part and a wire, in one domain', () => {
    const sum = component('sum_of', {
      inputs: { x: bit, y: bit },
      build: ({ x, y }) => ({ z: x.add(y) }), // here
    });
    const program = () =>
      elaborate(
        component('test', {
          inputs: { a: bit, b: bit },
          build({ a, b }) {
            const late = wire(uint(2));
            const y = synchronise(late.bit(1)); // here
            late.drive(sum({ x: a, y: b }).z);
            return { y };
          },
        }),
      );
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1030: 'synchronise' takes the unnamed result of 'slice', which does not come straight out of a register or a port: a glitch could be caught
        at HERE
        the unnamed result of 'slice' was made at HERE
        help: put a register of its own clock domain before it: 'inDomain(domain, () => registered(bit))'"
    `);
  });

  test('TCT-1030: of what a memory reads', () => {
    const program = two(({ a, c }) => {
      const word = rom(bit, [0, 1]).read(a); // here
      return { y: inDomain(fast, () => synchronise(word).and(c)) }; // here
    });
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1030: 'synchronise' takes an unnamed read, which does not come straight out of a register or a port: a glitch could be caught
        at HERE
        an unnamed read was made at HERE
        help: put a register of its own clock domain before it: 'inDomain(domain, () => registered(bit))'"
    `);
  });

  test('a synchroniser of a port, a register, or one bit of it, wherever these come through', () => {
    const inner = component('inner', { inputs: { x: bit }, build: ({ x }) => ({ y: registered(x) }) });
    const count = () => {
      const value = register(uint(4), { reset: true });
      return value.next(value.add(1).wrap(uint(4)));
    };
    const { circuit } = two(({ a, b, c }) => {
      const late = wire(bit);
      const bits = [a, late, inner({ x: b }).y, count().bit(3), concat(count(), registered(a)).bit(4)];
      late.drive(registered(b));
      return { y: inDomain(fast, () => bits.map(each => synchronise(each))), z: synchronise(c) };
    })();
    expect(circuit.registers.filter(({ isSynchroniser }) => isSynchroniser)).toHaveLength(6);
  });
});
