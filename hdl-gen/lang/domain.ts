import { currentModule } from './module.ts';
import { requireName } from './reserved.ts';
import { requireBit, requireHere, type Signal } from './signal.ts';

/**
 * Registers and memories that share one clock and one reset. The default domain has the ports `clk` and `rst`; a
 * domain named `fast` has `fast_clk` and `fast_rst`. Two domains of the same name are the same domain.
 */
export class ClockDomain {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  get clockPort(): string {
    return this.name === '' ? 'clk' : `${this.name}_clk`;
  }

  get resetPort(): string {
    return this.name === '' ? 'rst' : `${this.name}_rst`;
  }
}

/** The domain that everything belongs to unless it says otherwise. */
export const defaultDomain: ClockDomain = new ClockDomain('');

/** A clock domain with ports `<name>_clk` and `<name>_rst`. */
export function clockDomain(name: string): ClockDomain {
  requireName(`${name}_clk`);
  return new ClockDomain(name);
}

/** Builds with `domain` in place of the current one: registers and memory ports made inside belong to it. */
export function inDomain<T>(domain: ClockDomain, build: () => T): T {
  return currentModule().within({ domain, reset: undefined }, build);
}

/**
 * Builds with `reset` in place of the reset port of the current domain: it resets the registers and the components
 * made inside. So a top level makes its own reset, for example at power-up.
 */
export function resetBy<T>(reset: Signal, build: () => T): T {
  requireHere(reset);
  requireBit(reset, 'resetBy');
  return currentModule().within({ reset }, build);
}

/**
 * Builds with a clock enable: every register made inside keeps its value while `enable` is 0, whatever other
 * enable it has. A reset works all the same.
 */
export function enabledBy<T>(enable: Signal, build: () => T): T {
  requireHere(enable);
  requireBit(enable, 'enabledBy');
  const module = currentModule();
  const outer = module.context.enable;
  return module.within({ enable: outer === undefined ? enable : outer.and(enable) }, build);
}
