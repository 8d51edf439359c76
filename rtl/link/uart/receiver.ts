import {
  bit,
  component,
  mux,
  named,
  register,
  registered,
  type Signal,
  synchronise,
  uint,
} from '../../../hdl-gen/lang/index.ts';

/**
 * Takes bytes from the line of a UART: a start bit (0), eight bits with the lowest first, a stop bit (1).
 *
 * `pulse` comes `oversampling` times in a bit. What counts is the majority of the last three looks at the line, so a
 * glitch of one pulse is not seen. Half a bit after the line went to 0 it must still be 0, or it was no start. A stop bit that is 0
 * makes `damaged`; then the line must be 1 before the next byte can begin, so a receiver that began in the middle of the bytes comes
 * back into step at the next stop bit that it sees.
 *
 * `valid` and `damaged` come out of registers and are 1 for one cycle, in the middle of the stop bit. `data` stay until the next
 * start bit has been seen.
 */
export const uartReceiver = component('uart_receiver', ({ oversampling }: { oversampling: 4 | 8 }) => ({
  inputs: { pulse: bit, line: bit },
  build: ({ pulse, line }) => {
    // The line rests at 1, so registers start there; they hold its inverse, because flip-flops power up as 0.
    const low = synchronise(registered(line.not()));
    const { looks } = named({ looks: register(uint(2), { enable: pulse, reset: true }) });
    looks.next(looks.shiftLeft(1).wrap(uint(2)).or(low));
    const [one, two] = [looks.bit(0), looks.bit(1)] as const;
    const { is_low: isLow } = named({ is_low: majority(low, one, two) });

    const { receiving, starting, waiting } = named({
      receiving: register(bit, { enable: pulse, reset: true }),
      starting: register(bit, { enable: pulse }),
      waiting: register(bit, { enable: pulse, reset: true }),
    });
    const { begins } = named({ begins: receiving.not().and(waiting.not()).and(isLow) });
    const phase = register(uint(Math.log2(oversampling)), { enable: pulse });
    named({ phase });
    const { middle } = named({ middle: receiving.and(phase.equals(0)) });
    phase.next(mux(begins, oversampling / 2 - 1, phase.sub(1).wrap(uint(phase.width))));

    // A 1 goes in front of the bits; when it comes out at the end, start bit and byte are there.
    const { bits } = named({
      bits: register(uint(10), {
        initial: 512,
        enable: pulse.and(middle.or(begins)),
      }),
    });
    bits.next(mux(begins, 512, isLow.not().shiftLeft(9).or(bits.shiftRight(1))));
    const { ends } = named({ ends: middle.and(bits.bit(0)).and(starting.not()) });
    const falseStart = middle.and(starting).and(isLow.not());
    starting.next(begins.or(starting.and(middle.not())));
    receiving.next(begins.or(receiving.and(ends.or(falseStart).not())));
    waiting.next(isLow.and(ends.or(waiting)));
    const { valid, damaged } = named({
      valid: registered(ends.and(pulse).and(isLow.not()), { reset: true }),
      damaged: registered(ends.and(pulse).and(isLow), { reset: true }),
    });
    // The stop bit has moved them by one place.
    return { valid, damaged, data: bits.slice(1, 8) };
  },
}));

function majority(a: Signal, b: Signal, c: Signal): Signal {
  return a.and(b).or(c.and(a.or(b)));
}
