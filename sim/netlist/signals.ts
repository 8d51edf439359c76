import { int } from '../../ir/index.ts';
import type { CircuitBuilder } from './builder.ts';
import type { NetlistModule } from './json.ts';
import type { Wires } from './wires.ts';

/** Makes the names of the netlist's author known in the circuit. Clocks, and what has no value, have none. */
export function nameSignals(module: NetlistModule, builder: CircuitBuilder, wires: Wires): void {
  for (const [name, { bits, hide_name, signed }] of Object.entries(module.netnames)) {
    if (hide_name === 1 || bits.length === 0 || Object.hasOwn(module.ports, name)) continue;
    const net = wires.peek(bits, () => ({ name: `the name '${name}'`, source: '' }));
    if (net === undefined) continue;
    builder.signals.push({ path: name, net: signed === 1 ? builder.wrapped(net, int(bits.length)) : net });
  }
}
