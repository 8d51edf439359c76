import {
  bit,
  counter,
  mux,
  named,
  range,
  register,
  type Signal,
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

/** A reset that is 1 from power-up for a time that is safe at this clock, and then 0. */
export function powerOnReset(clockMHz: number): Signal {
  const cycles = Math.ceil(clockMHz * resetMicroseconds);
  const { power_on } = named({ power_on: register(range(0, cycles)) });
  const isOver = power_on.equals(cycles);
  power_on.next(mux(isOver, cycles, power_on.add(1)).assume(power_on.interval, 'it stops at its last value'));
  return isOver.not();
}

/** A bit that changes slowly enough to be seen. */
export function blink(clockMHz: number): Signal {
  const halfPeriod = Math.max(1, Math.round((clockMHz * 1e6) / (2 * blinkHz)));
  const { count, isLast } = counter(halfPeriod, { reset: true });
  const light = register(bit, { reset: true, enable: isLast });
  light.next(light.not());
  named({ blink: { count, light } });
  return light;
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
