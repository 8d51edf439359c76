import type { Circuit } from '../../ir/index.ts';
import { resetInputs } from '../resets.ts';
import { Chunk } from './chunk.ts';
import type { WasmFunction } from './encoder.ts';
import type { Layout } from './layout.ts';
import type { Schedule } from './schedule.ts';
import { Temporaries } from './temporaries.ts';
import { type OperationLookup, Values } from './values.ts';
import { functionOf } from './writer.ts';

/** The functions of a program, and how much memory it needs. */
export interface Code {
  readonly functions: readonly WasmFunction[];
  /** For each function whether its result matters: 0, or one more than the place of a broken property. */
  readonly checks: readonly boolean[];
  /** The first byte beyond the temporaries. */
  readonly end: number;
}

/** One function for each chunk of the schedule. */
export function codeOf(
  circuit: Circuit,
  layout: Layout,
  schedule: Schedule,
  operation: OperationLookup,
): Code {
  const { chunks, demand } = schedule;
  const temporaries = new Temporaries(circuit, chunks, layout.end);
  const values = new Values(circuit, layout, demand, temporaries, operation);
  const resets = resetInputs(circuit).map(i => circuit.inputs[i]!.net);
  const functions = chunks.map(units => {
    values.beginFunction();
    return functionOf(new Chunk(circuit, layout, temporaries, values, resets).statements(units));
  });
  return {
    functions,
    checks: chunks.map(units => units.some(({ task }) => task.kind === 'property')),
    end: temporaries.end,
  };
}
