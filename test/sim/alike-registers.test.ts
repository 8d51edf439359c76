import { expect, test } from 'vitest';
import { bit, uint } from '../../ir/index.ts';
import { Builder } from './helpers/builder.ts';
import { firstDifference } from './helpers/compare.ts';
import { numbers } from './helpers/numbers.ts';

/*
 * The engine computes registers that are alike side by side, and tells them apart by hashes of what they read. Here the
 * hashes of two groups are equal in every second round, 31 x 1 + 31 = 31 x 2 + 0, the last one included: the first group
 * takes the complement of a register of the 31st kind, and the second one takes inputs.
 */
test('registers that take different things stay apart, whatever their hashes', () => {
  const b = new Builder();
  const held = uint(8);
  const first = Array.from({ length: 4 }, () => b.register(held));
  const second = Array.from({ length: 4 }, () => b.register(held));
  const readers = Array.from({ length: 2 }, () => b.register(held));
  const fillers = Array.from({ length: 27 }, () => b.register(held));
  const sources = Array.from({ length: 4 }, (_, i) => b.input(`x${i}`, held));
  for (const net of first) b.drive(net, b.cell('invert', [fillers.at(-1)!], { width: 8 }));
  second.forEach((net, i) => {
    b.drive(net, sources[i]!);
  });
  // Of one kind at first, of two when it is seen what they read: from then on there are 31 kinds.
  b.drive(readers[0]!, first[0]!);
  b.drive(readers[1]!, second[0]!);
  fillers.forEach((net, i) => {
    b.drive(net, sources[i % 4]!, { enable: b.input(`e${i}`, bit) });
  });
  [...first, ...second].forEach((net, i) => {
    b.signal(`r${i}`, net);
    b.output(`o${i}`, net);
  });
  expect(firstDifference(b.circuit, 40, numbers(5))).toBeUndefined();
});
