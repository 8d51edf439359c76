import {
  type Circuit,
  type DomainId,
  evaluationOrder,
  type Memory,
  type NetId,
  type OperationName,
} from '../../ir/index.ts';
import { crossesDomains, memoryCrosses, synchronisesLogic } from './diagnostics.ts';

/*
 * What may go from one clock domain to another: a bit straight out of a register or a port, into a synchroniser; and
 * the words of a memory that is declared for it.
 */

/** Refuses a value that goes from one clock domain to another in any other way. */
export function checkCrossings(circuit: Circuit): void {
  checkSynchronisers(circuit);
  if (circuit.domains.length < 2) return;
  const origins = originsOf(circuit);
  const take = (net: NetId | undefined, domain: DomainId, told: string, source: string): void => {
    if (net === undefined) return;
    for (const [other, from] of origins.get(net) ?? []) {
      if (other === domain) continue;
      const maker = { ...tell(circuit, from), domain: circuit.domains[other]!.name };
      throw crossesDomains(maker, { told, source, domain: circuit.domains[domain]!.name });
    }
  };
  for (const { next, enable, reset, domain, output, isSynchroniser } of circuit.registers) {
    const { told, source } = tell(circuit, output);
    for (const net of [isSynchroniser ? undefined : next, enable, reset]) take(net, domain, told, source);
  }
  for (const memory of circuit.memories) {
    const told = tellMemory(memory);
    for (const { address, enable, data, domain } of memory.reads) {
      const { source } = circuit.nets[data]!;
      for (const net of [address, enable]) take(net, domain, `the read of ${told}`, source);
      const other = memory.writes.find(write => write.domain !== domain);
      if (other === undefined || memory.isCrossing) continue;
      const [from, to] = [other.domain, domain].map(id => circuit.domains[id]!.name);
      throw memoryCrosses(told, from!, to!, source, memory.source ?? '');
    }
    for (const { address, enable, data, domain, source } of memory.writes)
      for (const net of [address, enable, data]) take(net, domain, told, source ?? memory.source ?? '');
  }
}

/** For every net the registers, ports and memories that its value comes from: one for each domain. */
function originsOf(circuit: Circuit): ReadonlyMap<NetId, ReadonlyMap<DomainId, NetId>> {
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
  return origins;
}

/** Operations that only choose among bits, and so need no logic. */
const wiring: ReadonlySet<OperationName> = new Set<OperationName>(['slice', 'wrap', 'assume', 'concat']);

/**
 * Refuses a synchroniser of anything but a bit that comes straight out of a register or a port: logic in front of it
 * has glitches between the edges of its own clock, and the other clock could catch one.
 */
function checkSynchronisers(circuit: Circuit): void {
  const synchronisers = circuit.registers.filter(({ isSynchroniser }) => isSynchroniser);
  if (synchronisers.length === 0) return;
  const cells = new Map(circuit.cells.map(cell => [cell.output, cell]));
  const reads = new Set(circuit.memories.flatMap(memory => memory.reads.map(({ data }) => data)));
  const isSteady = (net: NetId): boolean => {
    const cell = cells.get(net);
    if (cell === undefined) return !reads.has(net);
    return wiring.has(cell.operation) && cell.operands.every(isSteady);
  };
  for (const { next, output } of synchronisers)
    if (!isSteady(next)) throw synchronisesLogic(tell(circuit, next), circuit.nets[output]!.source);
}

/** How messages call a net: by its own name or, where it has none, by that of a wire or port that it drives. */
function tell({ nets, signals }: Circuit, net: NetId): { readonly told: string; readonly source: string } {
  const { name, source } = nets[net]!;
  const unnamed = /^(?:(.*)\.)?<(.+)>$/.exec(name);
  if (unnamed === null) return { told: `'${name}'`, source };
  const known = signals.find(signal => signal.net === net)?.path;
  if (known !== undefined) return { told: `'${known}'`, source };
  const [, path, kind] = unnamed;
  const what = ['register', 'wire', 'read'].includes(kind!)
    ? `an unnamed ${kind}`
    : `the unnamed result of '${kind}'`;
  return { told: path === undefined ? what : `${what} in '${path}'`, source };
}

function tellMemory({ name }: Memory): string {
  return name.includes('<') ? 'an unnamed memory' : `memory '${name}'`;
}
