import { noSuchClock } from './diagnostics.ts';
import { plain, type VcdHeader, type VcdVariable } from './vcd-header.ts';

/**
 * The variable of a clock, named within a scope or from the outermost one on.
 * @throws Diagnostic TCT-3606 if there is no signal of one bit of that name.
 */
export function findClock({ variables }: VcdHeader, scope: string, clock: string): VcdVariable {
  const name = plain(clock);
  const single = variables.filter(({ bits }) => bits.length === 1);
  const path = ({ scopes, bits }: VcdVariable) => [...scopes, bits[0]!].join('.');
  const inside = scope === '' ? name : `${scope}.${name}`;
  const found =
    single.find(variable => path(variable) === inside) ?? single.find(variable => path(variable) === name);
  if (found === undefined) throw noSuchClock(clock, single.map(path));
  return found;
}
