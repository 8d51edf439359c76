import type { Diagnostic } from '../../diagnostic/index.ts';
import { type Circuit, type DomainId, evaluationOrder, type NetId } from '../../ir/index.ts';
import { combinationalLoop, crossesDomains, noDriver, unusedInput } from './diagnostics.ts';
import { describeMemory } from './memory.ts';
import type { Module } from './module.ts';
import { Register } from './register.ts';
import { usesOf } from './uses.ts';
import { Wire } from './wire.ts';

/** Refuses a wire or a register of the module that nothing drives. */
export function checkDrivers(module: Module): void {
  for (const signal of module.signals) {
    if (signal instanceof Wire && signal.driver === undefined) throw noDriver(signal, module);
    if (signal instanceof Register && signal.nextValue === undefined) throw noDriver(signal, module);
  }
  for (const memory of module.memories) {
    const { initial, reads, writes, source } = memory;
    if (initial !== undefined || writes.length > 0 || reads.length === 0) continue;
    throw noDriver({ describe: () => describeMemory(memory), source }, module);
  }
}

/** A warning for each input that nothing uses; of an array, for those of its elements. */
export function unusedInputs(module: Module): Diagnostic[] {
  const { signals } = usesOf(module, { withProperties: true });
  return module.inputs.flatMap(port => {
    const unused = port.elements.filter(element => !signals.has(element));
    const told = unused.length === port.elements.length ? [port.name] : unused.map(element => element.name!);
    return unused.length === 0
      ? []
      : told.map(name => unusedInput(module.component, name, unused[0]!.source));
  });
}

/** Refuses a combinational loop, and tells its whole path. */
export function checkLoops(circuit: Circuit): void {
  const { loop } = evaluationOrder(circuit);
  if (loop !== undefined) throw combinationalLoop(loop.map(net => told(circuit, net)));
}

/** Refuses a value that goes from one clock domain to another other than through a synchroniser. */
export function checkDomains(circuit: Circuit): void {
  if (circuit.domains.length < 2) return;
  // For every net the registers, ports and memories of each domain that its value comes from: one for each domain.
  const origins = new Map<NetId, ReadonlyMap<DomainId, NetId>>();
  for (const { net, domain } of circuit.inputs)
    if (domain !== undefined) origins.set(net, new Map([[domain, net]]));
  for (const { output, domain } of circuit.registers) origins.set(output, new Map([[domain, output]]));
  for (const { reads } of circuit.memories)
    for (const { data, domain } of reads) origins.set(data, new Map([[domain, data]]));
  for (const { operands, output } of evaluationOrder(circuit).steps ?? []) {
    const merged = new Map<DomainId, NetId>();
    for (const operand of operands)
      for (const [domain, net] of origins.get(operand) ?? []) merged.set(domain, net);
    origins.set(output, merged);
  }
  const take = (net: NetId | undefined, domain: DomainId, sink: NetId, sinkName?: string): void => {
    if (net === undefined) return;
    for (const [other, source] of origins.get(net) ?? []) {
      if (other === domain) continue;
      const tell = (net: NetId, id: DomainId) => ({
        ...told(circuit, net),
        domain: circuit.domains[id]!.name,
      });
      const to = tell(sink, domain);
      throw crossesDomains(tell(source, other), { ...to, name: sinkName ?? to.name });
    }
  };
  for (const { next, enable, reset, domain, output, isSynchroniser } of circuit.registers) {
    // A synchroniser takes a value of one other domain; a mixture of domains could change at any time.
    const [only, ...more] = origins.get(next)?.keys() ?? [];
    if (!isSynchroniser) take(next, domain, output);
    else if (more.length > 0) take(next, only!, output);
    take(enable, domain, output);
    take(reset, domain, output);
  }
  for (const { name, reads, writes } of circuit.memories) {
    for (const { address, enable, data, domain } of reads)
      for (const net of [address, enable]) take(net, domain, data);
    for (const { address, enable, data, domain } of writes)
      for (const net of [address, enable, data]) take(net, domain, net, name);
  }
}

/** How messages call a net: by its own name or, where it has none, by that of a wire or port that it drives. */
function told({ nets, signals }: Circuit, net: NetId): { readonly name: string; readonly source: string } {
  const { name, source } = nets[net]!;
  if (!name.endsWith('>')) return { name, source };
  return { name: signals.find(signal => signal.net === net)?.path ?? name, source };
}
