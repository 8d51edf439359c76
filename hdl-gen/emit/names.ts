import type { Module } from '../lang/index.ts';

/**
 * What each module is called in the Verilog: the name of its component and, where the design has several of one
 * component, the parameters in which they differ. A foreign module keeps its name.
 */
export function moduleNames(modules: readonly Module[]): ReadonlyMap<Module, string> {
  const names = new Map<Module, string>();
  const taken = new Set<string>();
  for (const module of modules) {
    if (module.foreign === undefined) continue;
    names.set(module, module.foreign.name);
    taken.add(module.foreign.name);
  }
  for (const module of modules) {
    if (module.foreign !== undefined) continue;
    const siblings = modules.filter(
      other => other.component === module.component && other.foreign === undefined,
    );
    const wish = [module.component, ...differences(module, siblings)].join('_');
    let name = wish;
    for (let i = 1; taken.has(name); i++) name = `${wish}_${i}`;
    names.set(module, name);
    taken.add(name);
  }
  return names;
}

/** `lanes64`, `bits8`: the parameters of plain values that not all siblings share. */
function differences(module: Module, siblings: readonly Module[]): string[] {
  return Object.entries(module.parameters).flatMap(([key, value]) => {
    const isPlain = typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean';
    if (!isPlain || siblings.every(other => other.parameters[key] === value)) return [];
    return `${key}${value}`.replaceAll(/[^A-Za-z0-9_]/g, '_');
  });
}
