import { partsOf, type Sum } from './sum.ts';

/** When the operands and controls of each part of a sum are due. */
export interface Schedule {
  /** In edges after the earliest one; for each part of the sum. */
  readonly due: ReadonlyMap<Sum, number>;
  /** The parts that end in a register. */
  readonly registered: ReadonlySet<Sum>;
  /** When the whole sum is there; it is registered by whoever takes it, one edge before. */
  readonly latency: number;
}

/**
 * Registers behind every gate and behind every `pipeline`-th adder, counted from the end, so that the last one has one
 * whatever `pipeline` is. Lanes of different depth enter at different times, and no register does nothing but wait.
 */
export function schedule(root: Sum, pipeline: number): Schedule {
  const due = new Map<Sum, number>();
  const registered = new Set<Sum>();
  // Backwards in time from the end, which is 0.
  const visit = (sum: Sum, depth: number, end: number): void => {
    const hasRegister = sum.kind === 'gated' || depth % pipeline === 0;
    if (hasRegister) registered.add(sum);
    const begin = hasRegister ? end - 1 : end;
    due.set(sum, begin);
    for (const part of partsOf(sum)) visit(part, depth + 1, begin);
  };
  visit(root, 0, 0);
  const earliest = Math.min(...due.values());
  for (const [sum, time] of due) due.set(sum, time - earliest);
  return { due, registered, latency: -earliest };
}
