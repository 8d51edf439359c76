import { defaultDomain } from './domain.ts';
import type { MemoryNode, ReadPort } from './memory.ts';
import type { Module } from './module.ts';
import { Register } from './register.ts';
import type { Signal } from './signal.ts';
import { Wire } from './wire.ts';

/** What a module really needs. */
export interface Uses {
  readonly signals: ReadonlySet<Signal>;
  readonly memories: ReadonlySet<MemoryNode>;
}

/** The signals that one signal depends on, at once or through an edge. Instances and memories count as a whole. */
export function dependenciesOf(signal: Signal): readonly (Signal | undefined)[] {
  const { origin } = signal;
  if (signal instanceof Register) return [signal.nextValue, signal.enable, signal.reset];
  if (signal instanceof Wire) return [signal.driver];
  if (origin.kind === 'operation') return origin.operands;
  return [];
}

/**
 * The signals and memories that outputs and instances depend on and, where `withProperties` asks for it, those
 * that only assumptions and assertions look at.
 */
export function usesOf(module: Module, { withProperties }: { withProperties: boolean }): Uses {
  const signals = new Set<Signal>();
  const memories = new Set<MemoryNode>();
  const pending: Signal[] = [];
  const need = (signal: Signal | undefined): void => {
    if (signal !== undefined && !signals.has(signal)) {
      signals.add(signal);
      pending.push(signal);
    }
  };
  for (const port of module.outputs) port.elements.forEach(need);
  for (const { inputs, reset } of module.instances) {
    for (const elements of inputs.values()) elements.forEach(need);
    need(reset);
  }
  if (withProperties) {
    for (const { condition, subject } of module.properties) [condition, subject].forEach(need);
  }
  for (let signal = pending.pop(); signal !== undefined; signal = pending.pop()) {
    dependenciesOf(signal).forEach(need);
    if (signal.origin.kind === 'read') needMemory(signal.origin.port, memories, need);
  }
  return { signals, memories };
}

function needMemory(
  { memory }: ReadPort,
  memories: Set<MemoryNode>,
  need: (signal: Signal | undefined) => void,
): void {
  if (memories.has(memory)) return;
  memories.add(memory);
  for (const { address, enable, data } of memory.reads) [address, enable, ...data].forEach(need);
  for (const { address, fields } of memory.writes) {
    [address, ...fields.flatMap(field => [field.data, field.enable])].forEach(need);
  }
}

/** The names of the domains whose clock, or whose reset, a module needs for itself and what is inside it. */
export function domainsOf(module: Module, what: 'clock' | 'reset'): ReadonlySet<string> {
  const names = new Set<string>();
  if (what === 'reset') {
    for (const name of module.resets.keys()) names.add(name);
  } else {
    for (const signal of module.signals) if (signal instanceof Register) names.add(signal.domain.name);
    for (const { reads, writes } of module.memories)
      for (const { domain } of [...reads, ...writes]) names.add(domain.name);
    for (const { domain } of module.inputs) if (domain !== defaultDomain) names.add(domain.name);
  }
  for (const { module: inner, domain, reset } of module.instances) {
    for (const name of domainsOf(inner, what)) {
      const isGiven = what === 'reset' && name === '' && reset !== undefined;
      if (!isGiven) names.add(name === '' ? domain.name : name);
    }
  }
  const { clock, reset } = module.foreign ?? {};
  if ((what === 'clock' ? clock : reset) !== undefined) names.add('');
  // A module with a reset has a clock, also where nothing else asks for one.
  if (what === 'clock') for (const name of module.resets.keys()) names.add(name);
  return names;
}
