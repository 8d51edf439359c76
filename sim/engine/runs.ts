import type { NetId } from '../../ir/index.ts';
import { type Change, changeOf, controlsOf, type Unit } from './units.ts';

/** Units that follow each other and are one piece of code: states and packs under the same reset and enable. */
export interface Run {
  /** What others need too, or what is no state at all: to be done first, one after the other. */
  readonly before: readonly Unit[];
  /** The changes with the values that only they need, each before its users. Empty or with at least one change. */
  readonly changes: readonly Unit[];
}

/** @param users in how many places of the program the value of a held net is used. */
export function runsOf(units: readonly Unit[], users: ReadonlyMap<NetId, number>): Run[] {
  const runs: Run[] = [];
  let values: Unit[] = [];
  let run: Unit[] = [];
  let first: Change | undefined;
  const close = () => {
    if (first !== undefined) runs.push(divided(run, first, users));
    run = [];
    first = undefined;
  };
  for (const unit of units) {
    const change = changeOf(unit.task);
    if (unit.task.kind === 'hold') {
      values.push(unit);
      continue;
    }
    if (change === undefined || (first !== undefined && !sameControls(change, first))) close();
    if (change === undefined) runs.push({ before: [...values, unit], changes: [] });
    else {
      first ??= change;
      run.push(...values, unit);
    }
    values = [];
  }
  close();
  if (values.length > 0) runs.push({ before: values, changes: [] });
  return runs;
}

/** Takes out of a run what others need too, and what decides whether the run is done. */
function divided(units: readonly Unit[], change: Change, users: ReadonlyMap<NetId, number>): Run {
  const { reset, enable } = controlsOf(change);
  if (reset === undefined && enable === undefined) return { before: [], changes: units };
  const deciding = new Set(units.flatMap(unit => unit.deciding));
  const within = new Map<NetId, number>();
  const inner = new Set<Unit>();
  for (const unit of units.toReversed()) {
    if (unit.task.kind === 'hold') {
      const { net } = unit.task;
      if (deciding.has(net) || within.get(net) !== users.get(net)) continue;
    }
    inner.add(unit);
    for (const net of unit.held) within.set(net, (within.get(net) ?? 0) + 1);
  }
  return { before: units.filter(unit => !inner.has(unit)), changes: units.filter(unit => inner.has(unit)) };
}

function sameControls(a: Change, b: Change): boolean {
  const [x, y] = [controlsOf(a), controlsOf(b)];
  return x.reset === y.reset && x.enable === y.enable;
}
