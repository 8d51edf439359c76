import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Diagnostic } from '../../diagnostic/index.ts';
import {
  accumulate,
  all,
  any,
  array,
  bit,
  choose,
  clockDomain,
  component,
  concat,
  delayed,
  elaborate,
  enabledBy,
  foreign,
  Interval,
  inDomain,
  int,
  memory,
  mux,
  named,
  range,
  register,
  registered,
  resetBy,
  rom,
  type Signal,
  synchronise,
  toSignal,
  uint,
  wire,
} from '../../hdl-gen/lang/index.ts';

/*
 * Every refusal of the language, word for word. The place is told as `HERE` where it is the line of this file that is
 * marked so by a comment `// here`, which each case has on the line that is wrong.
 */

/** What the language says of a program, the marked line of the caller's source told as HERE. */
function refusal(program: () => unknown): string {
  try {
    program();
  } catch (error) {
    if (error instanceof Diagnostic) return shown(error);
    throw error;
  }
  throw new Error('nothing was refused');
}

function shown(diagnostic: Diagnostic): string {
  return diagnostic
    .format()
    .replaceAll(/test\/lang\/diagnostics\.test\.ts:(\d+)/g, (_, line) =>
      marked.has(Number(line)) ? 'HERE' : 'another line',
    );
}

/** The lines that end in the comment, or have it alone on the next line. */
const marked = new Set(
  readFileSync(new URL(import.meta.url), 'utf8')
    .split('\n')
    .flatMap((line, i) => (line.trim() === '// here' ? [i] : line.endsWith('// here') ? [i + 1] : [])),
);

/** Builds a component around a few lines that use the inputs `a` [0, 255], `b` [-128, 127], `c` and `d` (bits). */
function build(
  lines: (inputs: { a: Signal; b: Signal; c: Signal; d: Signal }) => unknown,
  name = 'test',
): void {
  const inputs = { a: uint(8), b: int(8), c: bit, d: bit };
  component(name, {
    inputs,
    build(signals) {
      lines(signals);
      return { ...named({ sum: signals.a.add(signals.b) }) };
    },
  }).module;
}

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
});

describe('values that could be lost', () => {
  test('TCT-1003: a wire', () => {
    const program = () => build(({ a }) => wire(uint(7)).drive(a)); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1003: 'a' holds [0, 255], but an unnamed wire takes [0, 127]: a value could be lost
        at HERE
        'a' was made at another line
        help: say how the interval becomes smaller ('wrap', 'saturate', 'assume' or 'slice'), or declare the target wider"
    `);
  });

  test('TCT-1003: a register', () => {
    const program = () =>
      build(({ a, b }) => {
        const state = register(int(8));
        named({ state });
        state.next(a.add(b)); // here
      });
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1003: the unnamed result of 'add' holds [-128, 382], but 'state' takes [-128, 127]: a value could be lost
        at HERE
        the unnamed result of 'add' was made at HERE
        help: say how the interval becomes smaller ('wrap', 'saturate', 'assume' or 'slice'), or declare the target wider"
    `);
  });

  test('TCT-1003: an input of a component', () => {
    const program = () =>
      build(({ a }) => {
        const inner = component('inner', { inputs: { x: uint(7) }, build: ({ x }) => ({ y: x.add(1) }) });
        inner({ x: a }); // here
      });
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1003: 'a' holds [0, 255], but input 'x' of 'inner' takes [0, 127]: a value could be lost
        at HERE
        'a' was made at another line
        help: say how the interval becomes smaller ('wrap', 'saturate', 'assume' or 'slice'), or declare the target wider"
    `);
  });

  test('TCT-1003: an element of an array', () => {
    const program = () =>
      build(({ a }) => {
        const inner = component('inner', {
          inputs: { x: array(2, uint(7)) },
          build: ({ x }) => ({ y: x[0]!.add(x[1]!) }),
        });
        inner({ x: [a.slice(0, 7), a] }); // here
      });
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1003: 'a' holds [0, 255], but input 'x[1]' of 'inner' takes [0, 127]: a value could be lost
        at HERE
        'a' was made at another line
        help: say how the interval becomes smaller ('wrap', 'saturate', 'assume' or 'slice'), or declare the target wider"
    `);
  });

  test('TCT-1003: an input that can only be one number', () => {
    const program = () =>
      build(() => {
        const inner = component('inner', {
          inputs: { x: uint(4), zero: Interval.of(0n) },
          build: ({ x }) => ({ y: x.add(1) }),
        });
        inner({ x: 3, zero: 4 }); // here
      });
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1003: the constant 4 holds [4, 4], but input 'zero' of 'inner' takes [0, 0]: a value could be lost
        at HERE
        help: say how the interval becomes smaller ('wrap', 'saturate', 'assume' or 'slice'), or declare the target wider"
    `);
  });

  test('TCT-1003: a word of a memory', () => {
    const program = () => build(({ a }) => memory(int(8), { depth: 4, name: 'store' }).write(0, a)); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1003: 'a' holds [0, 255], but memory 'store' takes [-128, 127]: a value could be lost
        at HERE
        'a' was made at another line
        help: say how the interval becomes smaller ('wrap', 'saturate', 'assume' or 'slice'), or declare the target wider"
    `);
  });

  test('TCT-1003: an address', () => {
    const program = () => build(({ a }) => memory(int(8), { depth: 200, name: 'store' }).read(a)); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1003: 'a' holds [0, 255], but an address of memory 'store' takes [0, 199]: a value could be lost
        at HERE
        'a' was made at another line
        help: say how the interval becomes smaller ('wrap', 'saturate', 'assume' or 'slice'), or declare the target wider"
    `);
  });

  test('TCT-1003: a running sum', () => {
    const program = () => build(({ b, c }) => accumulate(b, { restart: c, within: range(0, 999) })); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1003: 'b' holds [-128, 127], but the running sum takes [0, 999]: a value could be lost
        at HERE
        'b' was made at another line
        help: say how the interval becomes smaller ('wrap', 'saturate', 'assume' or 'slice'), or declare the target wider"
    `);
  });
});

describe('drivers', () => {
  test('TCT-1004: a wire driven twice', () => {
    const program = () =>
      build(({ a }) => {
        const { late } = named({ late: wire(uint(8)) });
        late.drive(a); // here
        late.drive(a.and(1)); // here
      });
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1004: 'late' is driven twice
        at HERE
        it was driven first at HERE
        help: choose between the two values with 'mux', and drive it once"
    `);
  });

  test('TCT-1004: a register driven twice', () => {
    const program = () =>
      build(({ a }) => {
        const state = register(uint(8)).next(a); // here
        state.next(a.and(1)); // here
      });
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1004: an unnamed register is driven twice
        at HERE
        it was driven first at HERE
        help: choose between the two values with 'mux', and drive it once"
    `);
  });

  test('TCT-1005: a wire without a driver', () => {
    const program = () =>
      elaborate(
        component('test', {
          inputs: {},
          build: () => named({ missing: wire(uint(8)) }), // here
        }),
      );
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1005: 'missing' of component 'test' is never driven
        at HERE
        help: give a wire its driver with '.drive(value)', a register its next value with '.next(value)', and a memory initial contents or a write"
    `);
  });

  test('TCT-1005: a register without a next value, deep inside', () => {
    const program = () => {
      const inner = component('inner', {
        inputs: {},
        build: () => ({ y: register(uint(8)) }), // here
      });
      elaborate(component('outer', { inputs: {}, build: () => ({ z: inner({}).y }) }));
    };
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1005: 'y' of component 'inner' is never driven
        at HERE
        help: give a wire its driver with '.drive(value)', a register its next value with '.next(value)', and a memory initial contents or a write"
    `);
  });

  test('TCT-1005: a memory that nothing writes', () => {
    const program = () =>
      elaborate(
        component('test', {
          inputs: { at: uint(3) },
          build: ({ at }) => ({
            data: memory(uint(8), { depth: 8, name: 'empty' }) // here
              .read(at),
          }),
        }),
      );
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1005: memory 'empty' of component 'test' is never driven
        at HERE
        help: give a wire its driver with '.drive(value)', a register its next value with '.next(value)', and a memory initial contents or a write"
    `);
  });
});

describe('combinational loops', () => {
  test('TCT-1006: through operations', () => {
    const program = () =>
      elaborate(
        component('test', {
          inputs: { a: uint(8) },
          build({ a }) {
            const { back } = named({ back: wire(uint(8)) });
            const { more } = named({ more: back.add(a) }); // here
            const { less } = named({ less: more.shiftRight(1) }); // here
            back.drive(less.wrap(uint(8))); // here
            return { y: more };
          },
        }),
      );
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1006: 'more' depends on itself without a register in between
        at HERE
        'more' (HERE)
        <- 'less' (HERE)
        <- 'more' (HERE)
        help: put a register somewhere on the path"
    `);
  });

  test('TCT-1006: across instances', () => {
    const program = () => {
      const inner = component('inner', {
        inputs: { x: uint(8) },
        build: ({ x }) => ({ y: x.not() }), // here
      });
      elaborate(
        component('outer', {
          inputs: { a: uint(8) },
          build({ a }) {
            const back = wire(uint(8));
            const first = inner({ x: back }, { name: 'first' });
            const second = inner({ x: first.y.and(a) }, { name: 'second' }); // here
            back.drive(second.y);
            return { y: first.y };
          },
        }),
      );
    };
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1006: 'second.x' depends on itself without a register in between
        at HERE
        'second.x' (HERE)
        <- 'first.y' (HERE)
        <- 'second.y' (HERE)
        <- 'second.x' (HERE)
        help: put a register somewhere on the path"
    `);
  });

  test('TCT-1006: through wires alone', () => {
    const program = () =>
      elaborate(
        component('test', {
          inputs: {},
          build() {
            const { one, two, three } = named({
              one: wire(bit), // here
              two: wire(bit), // here
              three: wire(bit), // here
            });
            one.drive(two);
            two.drive(three);
            three.drive(one);
            return { y: one.not() };
          },
        }),
      );
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1006: 'one' depends on itself without a register in between
        at HERE
        'one' (HERE)
        <- 'two' (HERE)
        <- 'three' (HERE)
        <- 'one' (HERE)
        help: put a register somewhere on the path"
    `);
  });

  test('with a register in between there is none', () => {
    const design = elaborate(
      component('test', {
        inputs: {},
        build() {
          const back = wire(uint(8));
          const { state } = named({ state: registered(back) });
          back.drive(state.add(1).wrap(uint(8)));
          return { state };
        },
      }),
    );
    expect(design.circuit.registers).toHaveLength(1);
  });
});

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

describe('numbers, bits and intervals', () => {
  test('TCT-1010: half a constant', () => {
    const program = () => build(({ a }) => a.add(0.5)); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1010: 0.5 is not a whole number that a constant can hold exactly
        at HERE
        help: round it knowingly, and give numbers beyond 2^53 as BigInt, such as 9007199254740993n"
    `);
  });

  test('TCT-1010: a number too large to be exact', () => {
    const program = () => build(({ a }) => a.lessThan(2 ** 60)); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1010: 1152921504606847000 is not a whole number that a constant can hold exactly
        at HERE
        help: round it knowingly, and give numbers beyond 2^53 as BigInt, such as 9007199254740993n"
    `);
  });

  test('TCT-1010: as an initial value', () => {
    const program = () => build(({ a }) => registered(a, { initial: 1.5 })); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1010: 1.5 is not a whole number that a constant can hold exactly
        at HERE
        help: round it knowingly, and give numbers beyond 2^53 as BigInt, such as 9007199254740993n"
    `);
  });

  test('TCT-1011: a number as a condition', () => {
    const program = () => build(({ a, b }) => mux(a, b, 0)); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1011: 'mux' takes one bit, but 'a' holds [0, 255]
        at HERE
        help: compare it ('.notEquals(0)') or pick one bit ('.bit(i)')"
    `);
  });

  test('TCT-1011: as an enable', () => {
    const program = () => build(({ a, b }) => registered(b, { enable: a })); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1011: 'enable' takes one bit, but 'a' holds [0, 255]
        at HERE
        help: compare it ('.notEquals(0)') or pick one bit ('.bit(i)')"
    `);
  });

  test('TCT-1011: as a reset', () => {
    const program = () => build(({ a, b }) => resetBy(a, () => registered(b, { reset: true }))); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1011: 'resetBy' takes one bit, but 'a' holds [0, 255]
        at HERE
        help: compare it ('.notEquals(0)') or pick one bit ('.bit(i)')"
    `);
  });

  test('TCT-1011: as a mask', () => {
    const program = () => build(({ a }) => a.mask()); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1011: 'mask' takes one bit, but 'a' holds [0, 255]
        at HERE
        help: compare it ('.notEquals(0)') or pick one bit ('.bit(i)')"
    `);
  });

  test('TCT-1011: among bits', () => {
    const program = () => build(({ a, c }) => [any([c]), all([c, a])]); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1011: 'all' takes one bit, but 'a' holds [0, 255]
        at HERE
        help: compare it ('.notEquals(0)') or pick one bit ('.bit(i)')"
    `);
  });

  test('TCT-1011: across clocks', () => {
    const program = () => build(({ a }) => synchronise(a)); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1011: 'synchronise' takes one bit, but 'a' holds [0, 255]
        at HERE
        help: compare it ('.notEquals(0)') or pick one bit ('.bit(i)')"
    `);
  });

  test('TCT-1012: a slice outside', () => {
    const program = () => build(({ a }) => a.slice(4, 5)); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1012: 'a' has bits 0 to 7, so a slice of 5 bits from bit 4 is outside
        at HERE
        help: slice within the bits of the signal"
    `);
  });

  test('TCT-1012: a bit that is not there', () => {
    const program = () => build(({ a, b }) => concat(a.bit(7), b.bit(8))); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1012: 'b' has bits 0 to 7, so a slice of 1 bit from bit 8 is outside
        at HERE
        help: slice within the bits of the signal"
    `);
  });

  test('TCT-1013: wrapping to what is no number of bits', () => {
    const program = () => build(({ a }) => a.wrap(range(0, 99))); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1013: 'a' cannot be wrapped to [0, 99], because these are not all values of some number of bits
        at HERE
        help: wrap to 'int(bits)' or 'uint(bits)', or use 'saturate'"
    `);
  });

  test('TCT-1014: a promise that cannot be kept', () => {
    const program = () => build(({ a }) => a.assume(range(300, 400), 'it is large')); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1014: 'a' holds [0, 255], which can not be taken as a value of [300, 400]
        at HERE
        help: check the interval that is asked for; a shift count must not be negative"
    `);
  });

  test('TCT-1014: a shift count that may be negative', () => {
    const program = () => build(({ a, b }) => a.shiftLeft(b)); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1014: 'b' holds [-128, 127], which can not be taken as a value of [0, 127]
        at HERE
        help: check the interval that is asked for; a shift count must not be negative"
    `);
  });

  test('TCT-1014: a shift beyond all use', () => {
    const program = () => build(({ a }) => a.shiftLeft(1e9)); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1014: the constant 1000000000 holds [1000000000, 1000000000], which can not be taken as a value of [0, 65536]
        at HERE
        help: check the interval that is asked for; a shift count must not be negative"
    `);
  });

  test('TCT-1015: a register that starts outside its interval', () => {
    const program = () => build(() => register(uint(4), { initial: 16 })); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1015: an unnamed register starts with 16, but holds [0, 15]
        at HERE
        help: choose initial contents inside the interval, or declare it wider"
    `);
  });

  test('TCT-1015: a word that does', () => {
    const program = () => build(() => rom(uint(4), [1, 2, 16], 'table_of_three')); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1015: word 2 of memory 'table_of_three' starts with 16, but holds [0, 15]
        at HERE
        help: choose initial contents inside the interval, or declare it wider"
    `);
  });
});

describe('memories', () => {
  test('TCT-1016: no words', () => {
    const program = () => build(() => memory(uint(8), { depth: 0, name: 'store' })); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1016: memory 'store' is refused: its depth is 0; a memory has 1 word or more
        at HERE
        help: declare depth, element and initial contents so that they agree; see docs/language.md, 'Memories'"
    `);
  });

  test('TCT-1016: too few contents', () => {
    const program = () => build(() => memory(uint(8), { depth: 3, initial: [1, 2] })); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1016: the memory is refused: it has 3 words, but initial contents for 2
        at HERE
        help: declare depth, element and initial contents so that they agree; see docs/language.md, 'Memories'"
    `);
  });

  test('TCT-1016: open contents of an interval that is not all bits', () => {
    const program = () => build(() => memory(range(0, 9), { depth: 3 })); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1016: the memory is refused: without initial contents its words can hold anything that fits in their bits, but [0, 9] is less than that
        at HERE
        help: declare depth, element and initial contents so that they agree; see docs/language.md, 'Memories'"
    `);
  });

  test('TCT-1016: words that are arrays', () => {
    const program = () => build(() => memory({ list: array(2, bit) }, { depth: 3 })); // here
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1016: the memory is refused: its words hold an array; words are integers or records of integers
        at HERE
        help: declare depth, element and initial contents so that they agree; see docs/language.md, 'Memories'"
    `);
  });

  test('TCT-1016: a word without a field', () => {
    const program = () =>
      build(({ a }) => {
        const words = memory({ low: uint(8), high: uint(8) }, { depth: 2, name: 'store' });
        words.write(0, { low: a } as never); // here
      });
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1016: memory 'store' is refused: a word is given without its field 'high'
        at HERE
        help: declare depth, element and initial contents so that they agree; see docs/language.md, 'Memories'"
    `);
  });

  test('TCT-1016: a word with a field too many', () => {
    const program = () =>
      build(({ a }) => {
        const words = memory({ low: uint(8) }, { depth: 2, name: 'store' });
        words.write(0, { low: a, high: a } as never); // here
      });
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1016: memory 'store' is refused: its words have no field 'high'
        at HERE
        help: declare depth, element and initial contents so that they agree; see docs/language.md, 'Memories'"
    `);
  });

  test('TCT-1016: a mask for what is not there', () => {
    const program = () =>
      build(({ a, c }) => {
        const words = memory({ low: uint(8) }, { depth: 2, name: 'store' });
        words.write(0, { low: a }, { mask: { high: c } as never }); // here
      });
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1016: memory 'store' is refused: its words have no field 'high' to mask
        at HERE
        help: declare depth, element and initial contents so that they agree; see docs/language.md, 'Memories'"
    `);
  });

  test('TCT-1016: written from two clocks', () => {
    const program = () =>
      build(({ a }) => {
        const words = memory(uint(8), { depth: 2, name: 'store' });
        words.write(0, a);
        inDomain(clockDomain('fast'), () => words.write(1, 0)); // here
      });
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1016: memory 'store' is refused: it is written from two clock domains
        at HERE
        help: declare depth, element and initial contents so that they agree; see docs/language.md, 'Memories'"
    `);
  });

  test('TCT-1016: used in another component', () => {
    const program = () => {
      let stolen: ReturnType<typeof memory<Interval>> | undefined;
      build(() => {
        stolen = memory(uint(8), { depth: 2, name: 'store' });
      });
      build(() => stolen!.read(0)); // here
    };
    expect(refusal(program)).toMatchInlineSnapshot(`
      "TCT-1016: memory 'store' is refused: it belongs to another component
        at HERE
        help: declare depth, element and initial contents so that they agree; see docs/language.md, 'Memories'"
    `);
  });
});

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
      "TCT-1025: 'x' is neither a signal nor a number, nor a record or array of these
        at HERE
        help: give every field a signal or a constant"
    `);
  });
});

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
