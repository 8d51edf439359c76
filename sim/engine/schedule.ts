import type { Circuit, NetId, Step } from '../../ir/index.ts';
import { alikeTogether } from './alike.ts';
import type { Demand } from './demand.ts';
import type { Pack } from './packs.ts';
import { type Goal, type State, type Unit, type Units, unitsOf } from './units.ts';

/** A program before it is code: the tasks in order, divided into functions. */
export interface Schedule {
  readonly chunks: readonly (readonly Unit[])[];
  readonly demand: Demand;
}

/**
 * @param steps all steps, in evaluation order.
 * @param packs registers that change together, where that needs no old value to be kept.
 * @param chunkCost the most instructions, roughly, of one function. Compilers take more than linear time for large
 * functions; small ones must pass more values through memory.
 */
export function scheduleOf(
  circuit: Circuit,
  steps: readonly Step[],
  packs: readonly Pack[],
  goal: Goal,
  chunkCost: number,
): Schedule {
  const units = unitsOf(circuit, steps, packs, goal);
  const { ordered, inRing } = order(circuit, units);
  if (inRing.size === 0) return { chunks: divide(ordered, chunkCost), demand: units.demand };
  const rest = packs.filter(pack => !inRing.has(pack));
  return scheduleOf(circuit, steps, rest, goal, chunkCost);
}

/**
 * Orders the units so that a state is stored after its last reader and a memory is written after it was read:
 * then no old value need be kept. Where states read each other in a ring, one of them is prepared first and
 * committed at the very end. A pack is not kept so: `inRing` has the packs where a ring closes, and if there is one,
 * the order is not to be used.
 */
function order(
  circuit: Circuit,
  { holds, first, states, writes }: Units,
): {
  readonly ordered: Unit[];
  readonly inRing: ReadonlySet<Pack>;
} {
  const readers = new Map<NetId, Unit[]>();
  for (const unit of [...first, ...holds.values(), ...states, ...writes])
    for (const net of unit.reads) {
      const list = readers.get(net);
      if (list === undefined) readers.set(net, [unit]);
      else list.push(unit);
    }
  const memoryReads = new Map<number, Unit[]>();
  for (const unit of states) {
    if (unit.task.kind !== 'state' || !('memory' in unit.task.state.source)) continue;
    const { memory } = unit.task.state.source;
    memoryReads.set(memory, [...(memoryReads.get(memory) ?? []), unit]);
  }
  for (const { memory, output } of circuit.lookups) {
    const unit = holds.get(output);
    if (unit !== undefined) memoryReads.set(memory, [...(memoryReads.get(memory) ?? []), unit]);
  }

  /** What must be done before the unit. */
  function before({ task, held }: Unit): readonly Unit[] {
    const computed = held.map(net => holds.get(net)!);
    if (task.kind === 'state') return [...computed, ...(readers.get(task.state.net) ?? [])];
    if (task.kind === 'pack')
      return [...computed, ...task.pack.registers.flatMap(({ output }) => readers.get(output) ?? [])];
    if (task.kind === 'write') return [...computed, ...(memoryReads.get(task.memory) ?? [])];
    return computed;
  }

  const ordered: Unit[] = [];
  const commits: Unit[] = [];
  const done = new Set<Unit>();
  const open = new Set<Unit>();
  const deferred = new Set<Unit>();
  const prepared = new Set<Unit>();
  const inRing = new Set<Pack>();
  for (const root of [...first, ...states, ...writes]) {
    if (done.has(root)) continue;
    // An explicit stack: a pipeline can be longer than the call stack.
    const stack: { unit: Unit; before: readonly Unit[]; next: number }[] = [];
    const push = (unit: Unit) => {
      open.add(unit);
      stack.push({ unit, before: before(unit), next: 0 });
    };
    push(root);
    while (stack.length > 0) {
      const top = stack[stack.length - 1]!;
      const needed = top.before[top.next++];
      if (needed === undefined) {
        stack.pop();
        open.delete(top.unit);
        done.add(top.unit);
        // What was prepared when a ring closed must not be read again: a write may lie in between.
        if (deferred.has(top.unit) && !prepared.has(top.unit)) ordered.push(prepare(top.unit));
        if (deferred.has(top.unit) || prepared.has(top.unit)) commits.push(commit(top.unit));
        else ordered.push(top.unit);
      } else if (needed === top.unit || done.has(needed) || prepared.has(needed)) {
        // A state may read itself: its new value is complete before it is stored.
      } else if (!open.has(needed)) {
        push(needed);
      } else if (top.unit.task.kind === 'state') {
        // A ring closes here. What is open reads this state, so the new value has to wait.
        deferred.add(top.unit);
      } else if (top.unit.task.kind === 'pack') {
        inRing.add(top.unit.task.pack);
      } else {
        // A ring closes at a write to a memory, whose read port is open: the word is read now and shown later.
        prepared.add(needed);
        push(prepare(needed));
      }
    }
  }
  if (commits.length > 0 || inRing.size > 0) return { ordered: [...ordered, ...commits], inRing };
  return { ordered: alikeTogether(ordered, before), inRing };
}

function prepare(unit: Unit): Unit {
  return { ...unit, task: { kind: 'prepare', state: stateOf(unit) } };
}

function commit(unit: Unit): Unit {
  return { task: { kind: 'commit', state: stateOf(unit) }, held: [], deciding: [], reads: [], cost: 4 };
}

function stateOf({ task }: Unit): State {
  if (task.kind !== 'state') throw new Error(`internal error: a ring closes at a ${task.kind}`);
  return task.state;
}

function divide(units: readonly Unit[], chunkCost: number): Unit[][] {
  const chunks: Unit[][] = [];
  let cost = Number.POSITIVE_INFINITY;
  for (const unit of units) {
    if (cost + unit.cost > chunkCost) {
      chunks.push([]);
      cost = 0;
    }
    chunks.at(-1)!.push(unit);
    cost += unit.cost;
  }
  return chunks;
}
