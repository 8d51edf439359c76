import { Memory, type MemoryNode } from './memory.ts';
import { currentModule } from './module.ts';
import { Register } from './register.ts';
import { requireName } from './reserved.ts';
import { Signal } from './signal.ts';

/**
 * Gives signals the names of their keys, in the Verilog, in traces and in messages, and hands the record on:
 * `const { sum, carry } = named({ sum: a.add(b), carry: … })`. The elements of an array get its name and their
 * index, those of a record its name and their key. A name that is taken gets a number; a signal keeps the first
 * name it was given.
 * @throws Diagnostic TCT-1008 for a name that Verilog reserves or cannot spell.
 */
export function named<T extends Record<string, unknown>>(record: T): T {
  for (const [key, value] of Object.entries(record)) nameTree(value, key);
  return record;
}

/** Puts `prefix` and an underscore before the names that are given inside. */
export function scope<T>(prefix: string, build: () => T): T {
  requireName(prefix);
  const module = currentModule();
  return module.within({ prefix: `${module.context.prefix}${prefix}_` }, build);
}

function nameTree(value: unknown, name: string): void {
  if (value instanceof Signal) nameSignal(value, name);
  else if (value instanceof Memory) nameMemory(value.node, name);
  else if (Array.isArray(value))
    for (const [i, element] of value.entries()) nameTree(element, `${name}_${i}`);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, part] of Object.entries(value)) nameTree(part, `${name}_${key}`);
  }
}

function nameSignal(signal: Signal, name: string): void {
  if (signal.module === undefined || signal.name !== undefined) return;
  const { module } = signal;
  const wish = module.context.prefix + name;
  requireName(wish);
  signal.name = module.uniqueName(wish);
  // The registers of a delay line are called after what comes out of it.
  let edges = 1;
  for (
    let stage = previous(signal);
    stage !== undefined && stage.name === undefined;
    stage = previous(stage)
  ) {
    stage.name = module.uniqueName(`${signal.name}_early_${edges++}`);
  }
}

function previous(signal: Signal): Register | undefined {
  const next = signal instanceof Register ? signal.nextValue : undefined;
  // What another clock domain holds is not a stage of this line.
  const isStage = next instanceof Register && next.domain.name === (signal as Register).domain.name;
  return isStage ? next : undefined;
}

function nameMemory(node: MemoryNode, name: string): void {
  if (node.name !== undefined) return;
  const module = currentModule();
  const wish = module.context.prefix + name;
  requireName(wish);
  node.name = module.uniqueName(wish);
}
