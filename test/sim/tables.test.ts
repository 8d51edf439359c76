import { expect, test } from 'vitest';
import { bit } from '../../ir/index.ts';
import { createBatch, createSimulation } from '../../sim/index.ts';
import { Builder } from './helpers/builder.ts';
import { numbers } from './helpers/numbers.ts';

const next = numbers(5);
const tables = [
  ...[1, 2, 3].flatMap(count => Array.from({ length: 2 ** (2 ** count) }, (_, table) => ({ count, table }))),
  ...Array.from({ length: 1000 }, () => ({ count: 4, table: next(65536) })),
];

/** Every table on the same four inputs, an output each. */
function allTables() {
  const b = new Builder('tables');
  const inputs = Array.from({ length: 4 }, (_, i) => b.input(`i${i}`, bit));
  tables.forEach(({ count, table }, i) => {
    b.output(`o${i}`, b.cell('lut', inputs.slice(0, count), { table }));
  });
  return b.circuit;
}

test('a table of 1 to 4 inputs gives its bits, one stream at a time and 128 at once', () => {
  const circuit = allTables();
  const simulation = createSimulation(circuit);
  const batch = createBatch(circuit);
  const stimulus = batch.stimulus(1);
  for (let index = 0; index < 16; index++)
    for (let i = 0; i < 4; i++) stimulus.set(`i${i}`, 0, index, (index >> i) & 1);
  const together = batch.run(stimulus);
  for (let index = 0; index < 16; index++) {
    for (let i = 0; i < 4; i++) simulation.set(`i${i}`, (index >> i) & 1);
    tables.forEach(({ count, table }, i) => {
      const expected = BigInt((table >> (index % 2 ** count)) & 1);
      if (simulation.get(`o${i}`) !== expected || together.get(`o${i}`, 0, index) !== expected)
        expect([count, table, index, simulation.get(`o${i}`), together.get(`o${i}`, 0, index)]).toEqual(
          expected,
        );
    });
  }
});
