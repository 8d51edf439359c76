import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Circuit, type OperationName, operationNamed } from '../../ir/index.ts';
import { createSimulation } from '../../sim/index.ts';
import { Builder } from './helpers/builder.ts';
import { type OperationCase, operationCases } from './helpers/operation-cases.ts';

describe('every row of the table of operations: the engine computes what the oracle means', () => {
  for (const [name, cases] of Object.entries(operationCases)) {
    test(name, () => {
      fc.assert(
        fc.property(cases, used => {
          const expected = expectedOf(name as OperationName, used);
          expect(outputsOf('oracle', name as OperationName, used)).toEqual(expected);
          expect(outputsOf('compiled', name as OperationName, used)).toEqual(expected);
        }),
        { numRuns: 150 },
      );
    });
  }
});

function operandsOf({ values, constants }: OperationCase): bigint[][] {
  return values.map(operands => operands.map((value, i) => (constants[i] ? values[0]![i]! : value)));
}

/** The results by the table itself, each checked against the row's interval. */
function expectedOf(name: OperationName, used: OperationCase): bigint[] {
  const operation = operationNamed(name);
  const result = operation.interval(used.intervals, used.parameters);
  return operandsOf(used).map(operands => {
    const value = operation.evaluate(operands, used.parameters);
    if (!result.contains(value)) throw new Error(`${name}(${operands}) = ${value} is outside ${result}`);
    return value;
  });
}

function circuitOf(
  name: OperationName,
  { parameters, intervals, constants, values }: OperationCase,
): Circuit {
  const b = new Builder();
  const operands = intervals.map((interval, i) =>
    constants[i] ? b.constant(values[0]![i]!, interval) : b.input(`x${i}`, interval),
  );
  b.output('y', b.cell(name, operands, parameters as never));
  return b.circuit;
}

function outputsOf(engine: 'compiled' | 'oracle', name: OperationName, used: OperationCase): bigint[] {
  const simulation = createSimulation(circuitOf(name, used), { engine });
  const operands = operandsOf(used);
  const free = used.intervals.flatMap((_, i) => (used.constants[i] ? [] : [i]));
  if (free.length === 0) return operands.map(() => simulation.get('y'));
  const stimuli = Object.fromEntries(free.map(i => [`x${i}`, operands.map(values => values[i]!)]));
  return simulation.runValues(stimuli).y!;
}
