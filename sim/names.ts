import type { Circuit, NetId } from '../ir/index.ts';
import type { TracedDomain, TracedSignal } from './trace/index.ts';

/** All names under which something can be looked at: the ports and the signals of the hierarchy. */
export function namesOf(circuit: Circuit): ReadonlyMap<string, NetId> {
  const names = new Map<string, NetId>();
  for (const { name, net } of [...circuit.inputs, ...circuit.outputs]) names.set(name, net);
  for (const { path, net } of circuit.signals) if (!names.has(path)) names.set(path, net);
  return names;
}

/** What a trace shows: every name. */
export function tracedSignals(circuit: Circuit): TracedSignal[] {
  const hidden = new Set(circuit.outputs.flatMap(({ name, isHidden }) => (isHidden === true ? [name] : [])));
  const shown = [...namesOf(circuit)].filter(([path]) => !hidden.has(path));
  return shown.map(([path, net]) => ({ path, net, interval: circuit.nets[net]!.interval }));
}

export function tracedDomains(circuit: Circuit): TracedDomain[] {
  return circuit.domains.map(({ name }) => ({ clock: name === '' ? 'clk' : `${name}_clk` }));
}
