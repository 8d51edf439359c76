import type { Circuit, NetId, Step } from '../../ir/index.ts';
import { wordsOf } from './word.ts';

/** How each step that is needed is computed. */
export interface Demand {
  /** The step that drives a net, if it is one that is needed. */
  step(net: NetId): Step | undefined;
  /** Whether the value of the net's step is computed once and held for its users, instead of within its one user. */
  isHeld(net: NetId): boolean;
  /** The work of a step with all that is computed within it, in instructions, roughly. */
  cost(net: NetId): number;
}

/**
 * The most instructions that are computed within one user. It bounds the depth of an expression, so that
 * recursion over it is safe, and the size of what cannot be divided between functions.
 */
const foldLimit = 300;

/**
 * Decides for each step that `roots` (nets, named once for each use) depend on whether it is held or folded into
 * its user. A lookup is held always, so that it is clear when the memory is read: before it is written.
 *
 * @param steps in evaluation order.
 */
export function demandOf(circuit: Circuit, steps: readonly Step[], roots: readonly NetId[]): Demand {
  const uses = new Uint32Array(circuit.nets.length);
  for (const net of roots) uses[net]!++;
  const needed: Step[] = [];
  for (let i = steps.length - 1; i >= 0; i--) {
    const step = steps[i]!;
    if (uses[step.output] === 0) continue;
    needed.push(step);
    for (const net of step.operands) uses[net]!++;
  }
  needed.reverse();

  const driver = new Map<NetId, Step>();
  for (const step of needed) driver.set(step.output, step);
  const held = new Uint8Array(circuit.nets.length);
  const cost = new Uint32Array(circuit.nets.length);
  for (const step of needed) {
    const { output, operands } = step;
    let total = ownCost(circuit, output, operands);
    for (const net of operands) {
      if (!driver.has(net) || held[net] === 1) continue;
      if (total + cost[net]! > foldLimit) held[net] = 1;
      else total += cost[net]!;
    }
    cost[output] = total;
    if (uses[output]! > 1 || 'memory' in step) held[output] = 1;
  }
  return {
    step: net => driver.get(net),
    isHeld: net => held[net] === 1,
    cost: net => cost[net]!,
  };
}

function ownCost(circuit: Circuit, output: NetId, operands: readonly NetId[]): number {
  const widest = Math.max(...[output, ...operands].map(net => wordsOf(circuit.nets[net]!.interval)));
  // A sum of limbs takes about seven instructions for each, a shift by a variable more.
  return (1 + operands.length) * (widest <= 2 ? 1 : 4 * widest);
}
