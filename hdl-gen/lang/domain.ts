import { requireName } from './reserved.ts';

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
