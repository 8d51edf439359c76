import type { Diagnostic } from '../../diagnostic/index.ts';
import { type Circuit, evaluationOrder } from '../../ir/index.ts';
import { combinationalLoop, noDriver, unusedInput } from './diagnostics.ts';
import { loopIn } from './loop.ts';
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
export function checkLoops(circuit: Circuit, top: Module): void {
  if (evaluationOrder(circuit).loop !== undefined) throw combinationalLoop(loopIn(top));
}
