import { accuracy, encodeNpy } from '../../../model/index.ts';
import { type FloatLayer, relativeError, relu, runFloats } from '../../../model/layers/index.ts';
import type { FloatMatrix } from '../../../model/schemes/index.ts';
import { defaultCore } from '../../../rtl/top/index.ts';
import { boardClock } from '../board-clock.ts';
import type { Context, Outcome } from '../command.ts';
import { boardHasNoLink, modelSumsDiffer, tookTooLong } from '../diagnostics.ts';
import { writeWhole } from '../single-file.ts';
import { chooseTarget } from '../target.ts';
import { withProgress } from '../with-progress.ts';
import type { ModelRunDocument, RunLayerDocument } from './document.ts';
import { inputsOf, labelsOf, loadRun, withExample } from './load-run.ts';
import type { RunValues } from './options.ts';
import { openPlace } from './place.ts';
import { runLayer } from './run-layer.ts';
import { runTable } from './tables.ts';

/** `hdl-gen model run`: quantised layers on a board, or on a simulated one, every sum compared with the integer reference. */
export async function run(given: RunValues, context: Context): Promise<Outcome> {
  const { terminal, interrupts, version } = context;
  const values = withExample(given);
  const { board, device } = chooseTarget({ board: values.board, device: undefined });
  if (board!.uart === undefined && values.simulate !== 'core') throw boardHasNoLink(board!.name);
  const core = defaultCore(device);
  const clock = boardClock(board!, values.mhz);
  const path = values.file!;
  const model = loadRun(path, values);
  const inputs = inputsOf(values, model.layers[0]!.plan.columns);
  const labels = labelsOf(values, inputs, model.layers.at(-1)!.plan.rows);

  const stop = new AbortController();
  const { signal } = stop;
  const timer = setTimeout(() => stop.abort(tookTooLong(values.timeout)), values.timeout * 1000);
  const ran = await withProgress(context, async progress => {
    const onPhase = (phase: string): void => progress.update(phase);
    const place = await openPlace(values, board!, clock, device, core, onPhase, signal);
    const [began, beganOnClock] = [performance.now(), place.clock?.()];
    try {
      const documents: RunLayerDocument[] = [];
      let outputs = inputs.vectors;
      for (const [i, layer] of model.layers.entries()) {
        if (i > 0 && values.between === 'relu') outputs = relu(outputs);
        const { name } = layer;
        const done = await runLayer(layer, model.floats[i], outputs, {
          ...{ device: place.device, core, clock: place.clock, signal },
          clockHz: clock.MHz * 1e6,
          onProgress({ phase, done, total }) {
            progress.update(`${name}: ${phase === 'load' ? 'loading' : 'multiplying'}`, '', done / total);
            progress.tick();
          },
        });
        outputs = done.outputs;
        documents.push(done.document);
      }
      const wholeSeconds = place.clock === undefined ? null : place.clock() - beganOnClock!;
      return {
        documents,
        outputs,
        wholeSeconds,
        simulation: place.simulation,
        elapsed: performance.now() - began,
      };
    } finally {
      await place.device.close();
    }
  })
    .catch(error => {
      throw signal.aborted ? signal.reason : error;
    })
    .finally(() => clearTimeout(timer));

  const { documents, outputs, simulation } = ran;
  const wholeFloats = model.floats.length > 0 ? floatChain(model.floats, inputs.vectors, values) : undefined;
  const mismatches = documents.reduce((sum, { check }) => sum + check.mismatches, 0);
  const all = documents.reduce((sum, { check }) => sum + check.values, 0);
  const document: ModelRunDocument = {
    schema: 'tercet.model-run/1',
    version,
    file: path,
    inputs: inputs.source,
    vectors: inputs.vectors.rows,
    board: board!.name,
    on: values.port === undefined ? values.simulate : 'port',
    port: values.port ?? null,
    baud: values.baud,
    core: { ...core },
    layers: documents,
    cycles: documents.reduce((sum, { cycles }) => sum + cycles, 0),
    wholeSeconds: ran.wholeSeconds,
    ...(simulation === undefined
      ? {}
      : {
          simulation: {
            cycles: simulation.cycle,
            cyclesPerSecond: Math.round((1000 * simulation.cycle) / ran.elapsed),
          },
        }),
    checks: [
      {
        what: `the ${values.port === undefined ? values.simulate : 'board'} against the integer reference`,
        inputs: inputs.source,
        cycles: documents.reduce((sum, { cycles }) => sum + cycles, 0),
        values: all,
        unit: 'sums',
        mismatches,
      },
    ],
    ...(wholeFloats && { outputError: relativeError(outputs.data, wholeFloats.data) }),
    ...(labels && { classification: classified(outputs, wholeFloats, labels) }),
  };
  if (values.results !== undefined) {
    const { rows, columns, data } = outputs;
    writeWhole(values.results, encodeNpy({ dtype: 'float32', shape: [rows, columns], data }), interrupts);
  }
  const told = { title: board!.title, device: board!.device, MHz: clock.MHz };
  await terminal.result(colors => runTable(document, told, colors.bold));
  if (mismatches > 0) terminal.fail(modelSumsDiffer(mismatches, all));
  return { document, exitStatus: mismatches === 0 ? 0 : 1 };
}

/** What the float layers give, one behind the other. */
function floatChain(floats: readonly FloatLayer[], inputs: FloatMatrix, { between }: RunValues): FloatMatrix {
  return floats.reduce(
    (vectors, layer, i) => runFloats(layer, i > 0 && between === 'relu' ? relu(vectors) : vectors),
    inputs,
  );
}

function classified(
  outputs: FloatMatrix,
  floats: FloatMatrix | undefined,
  labels: Int32Array,
): NonNullable<ModelRunDocument['classification']> {
  const right = accuracy(outputs, labels);
  return {
    accuracy: right,
    right: Math.round(right * labels.length),
    of: labels.length,
    ...(floats && { floatAccuracy: accuracy(floats, labels) }),
  };
}
