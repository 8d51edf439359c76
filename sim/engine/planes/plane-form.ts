import { Interval } from '../../../ir/index.ts';
import { planeBytes, planeFormat } from '../../planes.ts';
import { load, type Node } from '../expression.ts';
import type { Form } from '../form.ts';
import { vector } from '../opcodes.ts';
import type { Word } from '../word.ts';
import { constantPlanes, inPlanes, plane, planeMachine, xor, zeros } from './plane-machine.ts';

/** The planes of a value of the interval with its sign, which is 0 and not stored for numbers without one. */
const planesOf = ({ width, signed }: Interval): number => width + (signed ? 0 : 1);

/** The values of 128 streams at once, in bit planes: see `plane-machine.ts`. */
export const planeForm: Form = formWith(xor);

/**
 * The same, but what is asked of `xor` a second time is not computed a second time: an adder's sum and its carry have an
 * `xor` in common. It is for code that is done from its begin to its end, as a value that was computed in one of two
 * branches is not there in the other.
 */
export function sharingForm(): Form {
  const known = new Map<Node, Map<Node, Node>>();
  return formWith((a, b) => {
    const before = known.get(a)?.get(b) ?? known.get(b)?.get(a);
    if (before !== undefined) return before;
    const result = xor(a, b);
    const others = known.get(a);
    if (others === undefined) known.set(a, new Map([[b, result]]));
    else others.set(b, result);
    return result;
  });
}

function formWith(xorOf: typeof xor): Form {
  const form: Form = {
    loadsAtHand: 16,
    inSequence: sharingForm,
    hasHostMemories: true,
    format: planeFormat,
    constant: value => constantPlanes(value),
    load: (address, offset, { width, signed }) => {
      const word: Word = Array.from({ length: width }, (_, i) =>
        load('v128', vector.load, address, offset + planeBytes * i),
      );
      return signed ? word : [...word, zeros];
    },
    store: (word, { bytes }) =>
      Array.from({ length: bytes / planeBytes }, (_, i) => ({
        node: plane(word, i),
        opcode: vector.store,
        offset: planeBytes * i,
      })),
    cell: (operation, parameters, operands, intervals, result) => {
      let bits = planesOf(intervals.reduce((hull, interval) => hull.hull(interval), result));
      for (;;) {
        let needed = bits;
        const machine = planeMachine(bits, xorOf);
        const word = operation.compile<Word>(
          {
            ...machine,
            constant: value => {
              needed = Math.max(needed, planesOf(Interval.of(value)));
              return machine.constant(value);
            },
          },
          operands,
          parameters,
        );
        if (needed === bits) return form.fit(word, result);
        bits = needed;
      }
    },
    fit: (word, { width, signed }) => (signed ? inPlanes(word, width) : [...inPlanes(word, width), zeros]),
  };
  return form;
}
