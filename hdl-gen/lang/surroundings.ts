import type { ClockDomain } from './domain.ts';
import { currentModule } from './module.ts';
import { requireBit, requireHere, type Signal } from './signal.ts';

/*
 * What registers, memory ports and components take from where they are built, and are not told one by one: their
 * clock domain, their reset, and an enable.
 */

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
