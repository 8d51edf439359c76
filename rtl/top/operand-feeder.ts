import {
  bit,
  concat,
  counter,
  type Interval,
  mapShape,
  named,
  type OperandsOf,
  register,
  registered,
  rom,
  type Shape,
  type Signal,
  uint,
  wire,
} from '../../hdl-gen/lang/index.ts';
import { type SelfTestProgram, wordBits } from './self-test-program.ts';

/**
 * Reads the beats of a program from a ROM, word by word, and offers each one until it is accepted. `accepted` is
 * the ready of whoever takes the beats. The bits of a beat are those of `shape`, in its order.
 */
export function operandFeeder<S extends Shape>(
  shape: S,
  { words, wordsPerBeat, beatsPerProduct }: SelfTestProgram,
): { valid: Signal; first: Signal; last: Signal; beat: OperandsOf<S>; accepted: ReturnType<typeof wire> } {
  const accepted = wire(bit);
  const offered = register(bit, { reset: true });
  // What `accepted` sets off waits for a cycle, so that the path which the core begins is short.
  const done = registered(offered.and(accepted), { reset: true });

  // While a beat is not complete, each cycle reads a word and shifts in the one that was read before.
  const { loading } = named({ loading: register(bit, { initial: 1, reset: true }) });
  const { count: word, isLast: isLastWord } = counter(wordsPerBeat, { reset: true, enable: loading });
  const { count: address } = counter(words.length, { reset: true, enable: loading });
  loading.next(loading.and(isLastWord.not()).or(done));
  const arriving = registered(loading, { reset: true });
  const complete = registered(loading.and(isLastWord), { reset: true });
  offered.next(complete.or(offered.and(accepted.not())));

  const contents = rom(uint(wordBits), words, 'operands');
  const operand = contents.read(address);
  const bits = register(uint(wordBits * wordsPerBeat), { enable: arriving });
  bits.next(wordsPerBeat === 1 ? operand : concat(bits.slice(wordBits, bits.width - wordBits), operand));

  const { count: beatOfProduct, isLast } = counter(beatsPerProduct, { reset: true, enable: done });
  const first = beatOfProduct.equals(0);
  named({ feeder: { word, address, arriving, operand, bits, beat: beatOfProduct, offered, accepted } });
  return { valid: offered, first, last: isLast, beat: fieldsFrom(bits, shape), accepted };
}

/** Takes the leaves of a shape out of a word, one after the other from the lowest bit. */
function fieldsFrom<S extends Shape>(word: Signal, shape: S): OperandsOf<S> {
  let low = 0;
  return mapShape(shape, (interval: Interval) => {
    if (interval.isConstant) return interval.min;
    const field = word.slice(low, interval.width);
    low += interval.width;
    return interval.signed ? field.wrap(interval) : field;
  }) as OperandsOf<S>;
}
