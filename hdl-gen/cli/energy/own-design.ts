import { needsOption } from '../diagnostics.ts';
import { flagOf } from '../option-kinds.ts';
import type { EnergyValues } from './options.ts';

/**
 * Whether a design of the user's own is asked for, in place of an array.
 * @throws Diagnostic TCT-6037 for options about one, or about a VCD file, that is not given.
 */
export function isOwnDesign(values: EnergyValues): boolean {
  const { placed, netlist, vcd, stimulus } = values;
  const isOwn = placed !== undefined || netlist !== undefined;
  const require = (keys: readonly (keyof EnergyValues)[], other: string): void => {
    const lonely = keys.find(key => values[key] !== undefined);
    if (lonely !== undefined) throw needsOption(`--${flagOf(lonely)}`, other);
  };
  if (!isOwn) require(['sdf', 'vcd', 'stimulus', 'scope', 'clock', 'clockMhz'], '--placed');
  if (vcd === undefined && stimulus === undefined) require(['scope', 'clock'], '--vcd');
  return isOwn;
}
