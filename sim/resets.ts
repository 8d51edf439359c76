import type { Circuit } from '../ir/index.ts';

/** The places in `circuit.inputs` of the domains' resets: the ports `rst` and `<domain>_rst`. */
export function resetInputs(circuit: Circuit): readonly number[] {
  const names = new Set(circuit.domains.map(({ name }) => `${name}_rst`)).add('rst');
  return circuit.inputs.flatMap(({ name }, i) => (names.has(name) ? [i] : []));
}
