import { type Design, type MemoryNode, type Module, usesOf } from '../lang/index.ts';
import { ModuleEmitter } from './module.ts';
import { moduleNames } from './names.ts';

/** A memory in the Verilog of its module. */
export interface EmittedMemory {
  readonly node: MemoryNode;
  /** The array of words. */
  readonly name: string;
  /** The register of each read port. */
  readonly reads: readonly string[];
}

/** What the Verilog calls the memories of each module, without those that only proofs read. */
export function emittedMemories(design: Design): ReadonlyMap<Module, readonly EmittedMemory[]> {
  const names = moduleNames(design.modules);
  const own = design.modules.filter(module => module.foreign === undefined);
  return new Map(
    own.map(module => {
      const { memories } = usesOf(module, { withProperties: false });
      if (memories.size === 0) return [module, []];
      const emitter = new ModuleEmitter(module, other => names.get(other)!);
      emitter.declaration([]);
      return [module, [...memories].map(node => ({ node, ...emitter.memories.get(node)! }))];
    }),
  );
}
