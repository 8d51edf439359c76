import type { Cell, Circuit, NetId } from './circuit.ts';

/** Cells in an order in which every operand is computed before it is used, or the nets of one loop. */
export type Order =
  | { readonly cells: readonly Cell[]; readonly loop?: undefined }
  | { readonly cells?: undefined; readonly loop: readonly NetId[] };

/**
 * Sorts the cells so that each comes after the cells it depends on. Registers and memory reads cut the paths.
 * A circuit with a combinational loop has no such order: then the nets along one loop are given, each one
 * depending on the next and the last on the first.
 */
export function evaluationOrder(circuit: Circuit): Order {
  const driver = new Map<NetId, Cell>();
  for (const cell of circuit.cells) driver.set(cell.output, cell);

  const done = new Set<Cell>();
  const open = new Set<Cell>();
  const ordered: Cell[] = [];
  // An explicit stack, because a chain of cells can be far longer than the call stack.
  for (const root of circuit.cells) {
    if (done.has(root)) continue;
    const stack: { cell: Cell; next: number }[] = [{ cell: root, next: 0 }];
    open.add(root);
    while (stack.length > 0) {
      const top = stack[stack.length - 1]!;
      const operand = top.cell.operands[top.next];
      if (operand === undefined) {
        open.delete(top.cell);
        done.add(top.cell);
        ordered.push(top.cell);
        stack.pop();
        continue;
      }
      top.next++;
      const source = driver.get(operand);
      if (source === undefined || done.has(source)) continue;
      if (open.has(source)) {
        const start = stack.findIndex(({ cell }) => cell === source);
        return { loop: stack.slice(start).map(({ cell }) => cell.output) };
      }
      open.add(source);
      stack.push({ cell: source, next: 0 });
    }
  }
  return { cells: ordered };
}
