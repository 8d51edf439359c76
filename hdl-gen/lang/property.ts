import { callerLine } from '../../diagnostic/index.ts';
import { currentModule } from './module.ts';
import { requireBit, requireHere, type Signal } from './signal.ts';

/** A condition that every simulation checks before each edge, except during a reset. */
export interface Property {
  readonly kind: 'assume' | 'assert' | 'cover';
  readonly condition: Signal;
  /** The signal whose value is shown when the condition does not hold. */
  readonly subject: Signal;
  readonly why: string;
  readonly source: string;
}

/** What a message shows beside the reason. */
export interface PropertyOptions {
  /** The signal whose value is told when the condition does not hold; the condition itself by default. */
  readonly subject?: Signal;
}

/**
 * Claims that `condition` is always 1; every simulation and proof checks it. What the intervals prove already is not
 * checked again.
 */
export function assert(condition: Signal, why: string, options?: PropertyOptions): void {
  addProperty('assert', condition, why, options);
}

/** Asks that `condition` is 1 at least once; a simulation counts how often it is. */
export function cover(condition: Signal, why: string, options?: PropertyOptions): void {
  addProperty('cover', condition, why, options);
}

function addProperty(
  kind: 'assert' | 'cover',
  condition: Signal,
  why: string,
  options: PropertyOptions = {},
): void {
  requireHere(condition);
  requireBit(condition, kind);
  if (kind === 'assert' && condition.constant === 1n) return;
  const { subject = condition } = options;
  currentModule().properties.push({ kind, condition, subject, why, source: callerLine() });
}
