import type { BinaryName, Node } from './expression.ts';

/*
 * How many bits a value has at most: so masks that change nothing are left out. An interval tells it of what is loaded,
 * so a broken assumption may make it wrong: nothing that must hold then may rely on it.
 */

/** The bits that hold the value, which is not negative then; undefined where nothing is known. */
export function bitsOf(node: Node): number | undefined {
  if (node.kind === 'constant') return node.value < 0n ? undefined : node.value.toString(2).length;
  return node.kind === 'load' || node.kind === 'apply' ? node.bits : undefined;
}

/** Whether a mask has a one wherever the value may have one. */
export function isIdleMask(value: Node, mask: Node): boolean {
  if (mask.kind !== 'constant' || mask.value <= 0n || (mask.value & (mask.value + 1n)) !== 0n) return false;
  const bits = bitsOf(value);
  return bits !== undefined && bits <= bitsOf(mask)!;
}

/** The bits of `a op b`. */
export function bitsAfter(name: BinaryName, a: Node, b: Node): number | undefined {
  const [x, y] = [bitsOf(a), bitsOf(b)];
  if (name === 'and') return x === undefined || y === undefined ? (x ?? y) : Math.min(x, y);
  if (x === undefined || y === undefined) return undefined;
  const count = b.kind === 'constant' ? Number(b.value) : undefined;
  switch (name) {
    case 'or':
    case 'xor':
      return Math.max(x, y);
    case 'shrSigned':
    case 'shrUnsigned':
      return Math.max(1, x - (count ?? 0));
    case 'shl':
      return count !== undefined && x + count < (a.type === 'i32' ? 32 : 64) ? x + count : undefined;
    default:
      return undefined;
  }
}
