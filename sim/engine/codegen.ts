import type { Circuit, NetId } from '../../ir/index.ts';
import { resetInputs } from '../resets.ts';
import type { Coder, Surroundings } from './coder.ts';
import type { WasmFunction } from './encoder.ts';
import type { Form } from './form.ts';
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

/** How code is made: in which form values are, and what turns the tasks into statements. */
export interface Style {
  readonly form: Form;
  /** The most instructions of one function, as `scheduleOf` counts them. */
  readonly chunkCost: number;
  readonly coder: (surroundings: Surroundings) => Coder;
}

/** One function for each chunk of the schedule. */
export function codeOf(
  circuit: Circuit,
  { form, coder }: Style,
  layout: Layout,
  schedule: Schedule,
  operation: OperationLookup,
): Code {
  const { chunks, demand } = schedule;
  const temporaries = new Temporaries(circuit, form, chunks, layout.end);
  const values = new Values(circuit, form, layout, demand, temporaries, operation);
  const users = new Map<NetId, number>();
  for (const { held } of chunks.flat()) for (const net of held) users.set(net, (users.get(net) ?? 0) + 1);
  const resets = resetInputs(circuit).map(i => circuit.inputs[i]!.net);
  const functions = chunks.map(units => {
    values.beginFunction();
    const writer = coder({ circuit, layout, form, temporaries, values, users, resets });
    return functionOf(writer.statements(units));
  });
  return {
    functions,
    checks: chunks.map(units => units.some(({ task }) => task.kind === 'property')),
    end: temporaries.end,
  };
}
