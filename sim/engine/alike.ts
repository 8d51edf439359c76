import { changeOf, controlsOf, type Unit } from './units.ts';

type Before = (unit: Unit) => readonly Unit[];

const isHold = ({ task }: Unit) => task.kind === 'hold';

/**
 * The same units in another order that respects what must be done before what: as many states as possible under the same
 * reset and enable follow each other, as they share what these cost. A value is computed just before its first user,
 * and once it is, those that have all they need come at once: so a chain of carries is gone along with each sum stored on
 * the way, and few values wait.
 */
export function alikeTogether(ordered: readonly Unit[], before: Before): Unit[] {
  const changes = ordered.filter(unit => !isHold(unit));
  const needed = new Map(
    changes.map(unit => [unit, before(unit).filter(other => other !== unit && !isHold(other))]),
  );
  const levels = new Map<Unit, number>();
  for (const unit of changes)
    levels.set(unit, 1 + Math.max(-1, ...needed.get(unit)!.map(other => levels.get(other)!)));
  const sorted = changes.toSorted((a, b) => levels.get(a)! - levels.get(b)!);

  const rest = new Map<string, Unit[]>();
  for (const unit of sorted) {
    const alike = rest.get(keyOf(unit));
    if (alike === undefined) rest.set(keyOf(unit), [unit]);
    else alike.push(unit);
  }
  const order = new Order(changes, before);
  const isReady = (unit: Unit) => needed.get(unit)!.every(other => order.has(other));
  for (const first of sorted) {
    if (order.has(first)) continue;
    // Of the same level or below, so what it needs is done; that of others like it may be done too.
    const key = keyOf(first);
    const isNext = (unit: Unit) => !order.has(unit) && keyOf(unit) === key && isReady(unit);
    for (const unit of rest.get(key)!) if (isNext(unit)) order.add(unit, isNext);
    rest.set(
      key,
      rest.get(key)!.filter(unit => !order.has(unit)),
    );
  }
  return order.units;
}

/** The same for all that come together. */
function keyOf({ task }: Unit): string {
  const change = changeOf(task);
  if (change === undefined) return '';
  const { reset, enable } = controlsOf(change);
  return `${reset} ${enable}`;
}

/** Units in their order, each with the values before it that it needs. */
class Order {
  readonly units: Unit[] = [];
  readonly #before: Before;
  readonly #done = new Set<Unit>();
  /** How many values each unit waits for. */
  readonly #missing = new Map<Unit, number>();
  /** Who waits for a value. */
  readonly #waiting = new Map<Unit, Unit[]>();

  constructor(changes: readonly Unit[], before: Before) {
    this.#before = before;
    for (const unit of changes) {
      const holds = new Set(before(unit).filter(isHold));
      this.#missing.set(unit, holds.size);
      for (const hold of holds) {
        const others = this.#waiting.get(hold);
        if (others === undefined) this.#waiting.set(hold, [unit]);
        else others.push(unit);
      }
    }
  }

  has(unit: Unit): boolean {
    return this.#done.has(unit);
  }

  /**
   * @param isNext which of the states that wait for values come at once when they have them. Packs wait for their turn, as
   * those of one level are put into one loop.
   */
  add(root: Unit, isNext: (unit: Unit) => boolean): void {
    const stack = [{ unit: root, needed: this.#before(root).filter(isHold) }];
    while (stack.length > 0) {
      const { unit, needed } = stack.at(-1)!;
      const next = needed.pop();
      if (next !== undefined) {
        if (!this.has(next)) stack.push({ unit: next, needed: this.#before(next).filter(isHold) });
        continue;
      }
      stack.pop();
      if (this.has(unit)) continue;
      this.#append(unit);
      for (const other of this.#waiting.get(unit) ?? []) {
        const missing = this.#missing.get(other)! - 1;
        this.#missing.set(other, missing);
        if (missing === 0 && other.task.kind === 'state' && isNext(other)) this.#append(other);
      }
    }
  }

  #append(unit: Unit): void {
    this.#done.add(unit);
    this.units.push(unit);
  }
}
