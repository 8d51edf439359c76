import { describe } from 'vitest';
import { emitVerilog } from '../../hdl-gen/emit/index.ts';
import { elaborate } from '../../hdl-gen/lang/index.ts';
import { ternaryStream } from '../../rtl/ternary/index.ts';
import { LintCases } from '../support/lint.ts';

/* The ternary core in every kind of size that the command offers, under the lint tools. */
const cases = new LintCases();

function add(change: Partial<Parameters<typeof ternaryStream>[0]>): void {
  const parameters = {
    lanes: 5,
    rows: 2,
    activationBits: 8,
    maxK: 4096,
    initBits: 16,
    pipeline: 1,
    ...change,
  };
  const name = Object.entries(change).map(([key, value]) => `${key} ${value}`);
  cases.add(name.join(', '), emitVerilog(elaborate(ternaryStream(parameters))));
}

for (const lanes of [1, 2, 3, 5, 64]) for (const rows of [1, 2]) add({ lanes, rows });
for (const lanes of [1, 3, 64]) add({ lanes, rows: 64 });
add({ lanes: 1024, rows: 1 });
for (const activationBits of [1, 2, 3, 4, 16]) add({ activationBits });
for (const initBits of [0, 16])
  for (const pipeline of [1, 2, 4]) for (const lanes of [1, 2, 64]) add({ initBits, pipeline, lanes });
for (const maxK of [1, 5, 1_000_000]) add({ maxK });

describe('the ternary core in all its sizes', () => {
  cases.tests();
});
