import { bit, component, named, resetBy, wire } from '../../hdl-gen/lang/index.ts';
import { type ArrayParameters, streamShape, ternaryStream } from '../ternary/index.ts';
import { operandFeeder } from './operand-feeder.ts';
import { resultChecker } from './result-checker.ts';
import { selfTestProgram } from './self-test-program.ts';
import { heartbeat, type Led, lockInput, statusLights } from './status.ts';

/** What the self-test is made for. */
export interface SelfTestParameters extends ArrayParameters {
  /** Decides the operands. */
  readonly seed: number;
  /** The board's clock, in MHz. */
  readonly clockMHz: number;
  /** The board's lights, in the order of the output `led`. */
  readonly leds: readonly Led[];
  /** Whether the clock comes from a PLL: then there is an input `pll_locked`. */
  readonly pll?: boolean;
}

/**
 * A top level that tests the core on a board: it feeds seeded operands from a ROM, compares every sum with the
 * expected one, again and again, and shows on the lights whether it runs, has passed once, or has ever failed. Its
 * ports are `clk` and the vector `led`.
 */
export const selfTest = component(
  'self_test',
  ({ seed, clockMHz, leds, pll = false, ...core }: SelfTestParameters) => ({
    inputs: lockInput(pll),
    build({ pll_locked }) {
      const { reset, blink } = heartbeat(clockMHz, pll_locked);
      return resetBy(reset, () => {
        const program = selfTestProgram(core, seed);
        const operands = streamShape(core);
        const { accepted, beat, ...control } = operandFeeder(operands, program);
        const { result_ready } = named({ result_ready: wire(bit) });
        const stream = ternaryStream(core)(
          { in: { ...control, ...beat }, out: { ready: result_ready } },
          { name: 'core' },
        );
        accepted.drive(stream.in.ready);
        const { ready, passed, failed } = resultChecker(stream.out.valid, stream.out.y, program);
        result_ready.drive(ready);
        return { led: statusLights({ running: blink, passed, failed }, leds) };
      });
    },
  }),
);
