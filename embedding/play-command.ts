import type { EmbeddedCore } from './core.ts';

/** What a testbench tells of the core that it plays. */
export type PlayedCore = Pick<EmbeddedCore, 'top' | 'madeBy' | 'models'>;

/** The command that compiles the testbench and runs it in Icarus, in the folder of the core. */
export function playCommand({ models }: Pick<PlayedCore, 'models'>): string {
  const sources = ['testbench.v', 'verilog/*.v', ...(models.length === 0 ? [] : ['models/*.v'])];
  return `iverilog -g2005 -o testbench.vvp ${sources.join(' ')} && vvp testbench.vvp`;
}
