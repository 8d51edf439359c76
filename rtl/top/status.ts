import {
  bit,
  counter,
  type Interval,
  mux,
  named,
  range,
  register,
  registered,
  type Signal,
  synchronise,
  toSignal,
} from '../../hdl-gen/lang/index.ts';

/** A light of a board. */
export interface Led {
  /** Its colour or what is printed beside it; a `red` one shows failures. */
  readonly label: string;
  /** True if 0 means lit. */
  readonly activeLow: boolean;
}

/**
 * How long the reset lasts after power-up, in microseconds. Block memories of the iCE40 read 0 for some
 * microseconds after configuration (icestorm issue 76), so nothing may look at them before.
 */
const resetMicroseconds = 100;

/** How often a light blinks, in periods a second. */
const blinkHz = 2;

/** The input of a top level whose clock comes from a PLL: 1 where that clock is as it should be. */
export const lockPort = 'pll_locked';

/** The inputs of a top level for that. */
export function lockInput(pll: boolean): { readonly [lockPort]?: Interval } {
  return pll ? { [lockPort]: bit } : {};
}

/** A bit that is 1 while there is no clock to rely on; undefined where the clock does not come from a PLL. */
function unlocked(locked: Signal | undefined): Signal | undefined {
  return locked === undefined ? undefined : synchronise(locked).not();
}

/**
 * A reset that is 1 from power-up for a time that is safe at this clock, and then 0; where the clock comes from a PLL, from the moment on in
 * which it is `locked`.
 */
export function powerOnReset(clockMHz: number, locked?: Signal): Signal {
  const last = Math.max(1, Math.ceil(clockMHz * resetMicroseconds) - 1);
  const { power_on } = named({ power_on: register(range(0, last), { reset: unlocked(locked) }) });
  const isOver = power_on.equals(last);
  power_on.next(mux(isOver, last, power_on.add(1)).assume(power_on.interval, 'it stops at its last value'));
  // It comes out of a register, because it goes to many places.
  return register(bit, { initial: 1 }).next(isOver.not());
}

/** What a board counts from power-up on. */
export interface Heartbeat {
  /** 1 from power-up for a time that is safe at this clock, and then 0. */
  readonly reset: Signal;
  /** A bit that changes slowly enough to be seen. */
  readonly blink: Signal;
}

/**
 * The reset of a board and its slowest light, from one chain of short counters: each one moves on when the carry of the one before
 * comes out of its register, so there is no long path, and the clock that a board reaches is that of the core. The chain is not
 * reset but where the clock comes from a PLL that is not `locked`; the reset ends with the first carry that comes late enough.
 */
export function heartbeat(clockMHz: number, locked?: Signal): Heartbeat {
  const restart = { reset: unlocked(locked) };
  let enable: Signal = toSignal(1);
  let cycles = 1;
  let over: Signal | undefined;
  for (const [i, length] of prescalers((clockMHz * 1e6) / (2 * blinkHz)).entries()) {
    const { count, isLast } = counter(length, { enable, ...restart });
    const carry = registered(isLast.and(enable), restart);
    named({ [`blink_${i}`]: { count, carry } });
    enable = carry;
    cycles *= length;
    if (cycles >= clockMHz * resetMicroseconds) over ??= carry;
  }
  const { reset, blink } = named({
    reset: register(bit, { initial: 1, ...restart }),
    blink: register(bit, { enable }),
  });
  reset.next(reset.and((over ?? enable).not()));
  return { reset, blink: blink.next(blink.not()) };
}

/** No short counter has more bits than a LUT has inputs. */
const longestPrescaler = 16;

/** Lengths of counters, one behind the other, that divide a clock by about `factor` (within a few per cent). */
function prescalers(factor: number): number[] {
  const stages = Math.max(1, Math.ceil(Math.log(factor) / Math.log(longestPrescaler)));
  const lengths: number[] = [];
  for (let rest = factor; lengths.length < stages; rest /= lengths.at(-1)!)
    lengths.push(Math.max(1, Math.round(rest ** (1 / (stages - lengths.length)))));
  return lengths;
}

/** What a test has to show. */
export interface Status {
  readonly running: Signal;
  readonly passed: Signal;
  readonly failed: Signal;
}

/**
 * The levels of the pins of a board's lights. A red light, or the last one, shows `failed`. With three lights or
 * more the others are `running` and `passed`; with fewer, the other one blinks until the test has passed and then
 * stays on. A light on its own does the same and goes dark for good when the test fails. Lights left over are dark.
 */
export function statusLights({ running, passed, failed }: Status, leds: readonly Led[]): Signal[] {
  const well = passed.or(running).and(failed.not());
  const red = leds.findIndex(({ label }) => label === 'red');
  const alarm = leds.length === 1 ? -1 : red >= 0 ? red : Math.min(2, leds.length - 1);
  const others = leds.length >= 3 ? [running, passed] : [well];
  return leds.map(({ activeLow }, i) => {
    const shown = i === alarm ? failed : (others.shift() ?? toSignal(0));
    return activeLow ? shown.not() : shown;
  });
}
