import {
  bit,
  type Circuit,
  component,
  concat,
  type Interval,
  int,
  mapShape,
  mux,
  named,
  type OperandsOf,
  type RecordShape,
  registered,
  Signal,
  type SignalRecord,
  toSignal,
} from '../../hdl-gen/lang/index.ts';

/** How the inputs are fed. */
export interface KeepAliveOptions {
  /**
   * Whether each bit of the inputs has a flip-flop of its own, from which nothing but the circuit's input and the next
   * flip-flop goes: the default, so that the clock is that of the circuit. With `false` the elements of an array overlap:
   * each one takes the bits of the one before, moved by one place. That keeps the wrapper small, but its flip-flops have
   * many readers, and may be what limits the clock.
   */
  readonly ownBits: boolean;
  /**
   * Whether each stage of the shift register is the inverse of the one before. It is for a circuit with an input that goes straight into a
   * flip-flop, as a synchroniser has one: tools would find it equal to the next stage, and make one of both.
   */
  readonly isInverting?: boolean;
}

/**
 * Puts a circuit behind four pins, so that its real cost can be seen on a chip: with its ports on pins it would not
 * fit, with its ports open the tools would remove it.
 *
 * Every input comes from a shift register that the pin `serial_in` fills, and every output is caught in another one
 * that leaves through `serial_out` while `capture` is 0. So no bit is known to the tools and none is unused, and no two
 * elements of an array are equal. The instance of the circuit is named `core`; all else is the wrapper's own.
 */
export function keepAlive<I extends RecordShape, O extends SignalRecord>(
  circuit: Circuit<I, O>,
  options: KeepAliveOptions = { ownBits: true },
): Circuit<{ serial_in: Interval; capture: Interval }, { serial_out: Signal }> {
  return component(`${circuit.component}_on_pins`, {
    inputs: { serial_in: bit, capture: bit },
    build: ({ serial_in, capture }) => {
      const chain = shiftRegister(serial_in, options);
      const inputs = mapShape(circuit.inputs, bitsFrom(chain, options)) as OperandsOf<I>;
      const outputs = circuit(inputs, { name: 'core' });
      let tail: Signal = serial_in;
      for (const output of signalsIn(outputs)) {
        // The port of a signed value is caught bit by bit as well.
        for (const each of output.bits()) tail = registered(mux(capture, each, tail));
      }
      return named({ serial_out: tail });
    },
  });
}

/** Bit i of a shift register that grows as it is asked for. */
function shiftRegister(input: Signal, { isInverting = false }: KeepAliveOptions): (index: number) => Signal {
  const stages: Signal[] = [];
  return index => {
    while (stages.length <= index) {
      const before = stages[stages.length - 1] ?? input;
      const stage = registered(isInverting ? before.not() : before);
      named({ [`chain_${stages.length}`]: stage });
      stages.push(stage);
    }
    return stages[index]!;
  };
}

/** Gives each leaf of a shape its bits: the first element of a field new ones, each next element new ones or one. */
function bitsFrom(
  chain: (index: number) => Signal,
  { ownBits }: KeepAliveOptions,
): (interval: Interval, field: string) => Signal {
  let free = 0;
  const starts = new Map<string, number>();
  return (interval, field) => {
    const previous = ownBits ? undefined : starts.get(field);
    const start = previous === undefined ? free : previous + 1;
    starts.set(field, start);
    free = Math.max(free, start + interval.width);
    if (interval.isConstant) return toSignal(interval.min);
    const pattern = concat(...Array.from({ length: interval.width }, (_, i) => chain(start + i)));
    return (interval.signed ? pattern.wrap(int(interval.width)) : pattern).saturate(interval);
  };
}

function signalsIn(tree: unknown): Signal[] {
  if (tree instanceof Signal) return tree.constant === undefined ? [tree] : [];
  return Object.values(tree as object).flatMap(signalsIn);
}
