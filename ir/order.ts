import type { Cell, Circuit, Lookup, NetId } from './circuit.ts';

/** What computes a net from others without waiting for an edge. */
export type Step = Cell | Lookup;

/** Steps in an order in which every operand is computed before it is used, or the nets of one loop. */
export type Order =
  | { readonly steps: readonly Step[]; readonly loop?: undefined }
  | { readonly steps?: undefined; readonly loop: readonly NetId[] };

/**
 * Sorts the steps so that each comes after those it depends on. Registers and the read ports of memories cut the
 * paths.
 * A circuit with a combinational loop has no such order: then the nets along one loop are given, each one
 * depending on the next and the last on the first.
 */
export function evaluationOrder(circuit: Circuit): Order {
  const all: readonly Step[] = [...circuit.cells, ...circuit.lookups];
  const driver = new Map<NetId, Step>();
  for (const step of all) driver.set(step.output, step);

  const done = new Set<Step>();
  const open = new Set<Step>();
  const ordered: Step[] = [];
  // An explicit stack, because a chain of cells can be far longer than the call stack.
  for (const root of all) {
    if (done.has(root)) continue;
    const stack: { step: Step; next: number }[] = [{ step: root, next: 0 }];
    open.add(root);
    while (stack.length > 0) {
      const top = stack[stack.length - 1]!;
      const operand = top.step.operands[top.next];
      if (operand === undefined) {
        open.delete(top.step);
        done.add(top.step);
        ordered.push(top.step);
        stack.pop();
        continue;
      }
      top.next++;
      const source = driver.get(operand);
      if (source === undefined || done.has(source)) continue;
      if (open.has(source)) {
        const start = stack.findIndex(({ step }) => step === source);
        return { loop: stack.slice(start).map(({ step }) => step.output) };
      }
      open.add(source);
      stack.push({ step: source, next: 0 });
    }
  }
  return { steps: ordered };
}
