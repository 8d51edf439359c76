import { TernaryDevice } from '../../host/index.ts';
import { accuracy, encodeNpy, resultsToNpy } from '../../model/index.ts';
import { boardClock } from './board-clock.ts';
import { type BoardDevice, boardAtPort, simulatedBoard } from './board-device.ts';
import { boardGeometry, wantsOutputStage } from './board-geometry.ts';
import { presetOf } from './board-weights.ts';
import type { Context, Outcome } from './command.ts';
import { boardHasNoLink, conflict, resultsDiffer, tookTooLong } from './diagnostics.ts';
import type { MatmulDocument } from './documents.ts';
import { linkRate } from './link-rate.ts';
import { loadMatrices } from './load-matrices.ts';
import { compareProduct } from './matmul-check.ts';
import type { MatmulValues } from './matmul-options.ts';
import { matmulTable } from './matmul-table.ts';
import { growingFile } from './single-file.ts';
import { chooseTarget } from './target.ts';
import { withProgress } from './with-progress.ts';

/** Results of more elements are not in the document. */
const mostInDocument = 4096;

/** `hdl-gen matmul`: a product on a board, or on a simulated one, every sum compared with the integer reference. */
export async function run(values: MatmulValues, context: Context): Promise<Outcome> {
  const { terminal, interrupts, version } = context;
  const chosen = chooseTarget({ board: values.board, device: undefined });
  const board = chosen.board!;
  if (board.uart === undefined) throw boardHasNoLink(board.name);
  const asked = { ...values, outputStage: wantsOutputStage(values) };
  const core = boardGeometry(chosen.device, asked, context.given);
  const clock = boardClock(board, values.mhz);
  const matrices = loadMatrices(values, core.activationBits);
  const { weights, activations, bias, labels, sources } = matrices;
  const { port, baud, seed, shift, relu, saturate } = values;
  const rate = linkRate(clock.MHz, baud);
  if (port !== undefined && context.given.has('simulate'))
    throw conflict('--simulate', '--port', 'leave one of them out: a board at a port is not simulated');
  if (values.resident && bias !== undefined)
    throw conflict('--bias', '--resident', 'weights that are on the board from the start have no bias');
  // A place that cannot be written is told before the work is done.
  const file = values.results === undefined ? undefined : growingFile(values.results, interrupts);

  const stop = new AbortController();
  const { signal } = stop;
  const timer = setTimeout(() => stop.abort(tookTooLong(values.timeout)), values.timeout * 1000);
  const ran = await withProgress(context, async progress => {
    const onPhase = (phase: string): void => progress.update(phase);
    const onProgress = ({ phase, done, total }: { phase: string; done: number; total: number }): void => {
      progress.update(phase === 'load' ? 'loading the weights' : 'multiplying', '', done / total);
      progress.tick();
    };
    const preset = values.resident && port === undefined ? presetOf(weights, core) : undefined;
    const request = { board, device: chosen.device, core, clock, preset, baud, seed, onPhase, signal };
    const place = await (port === undefined
      ? simulatedBoard(values.simulate, request)
      : boardAtPort(port, request));
    const began = performance.now();
    const device = await TernaryDevice.open(place.transport, core, { signal });
    try {
      if (values.resident) await device.assumeWeights(weights, { signal });
      else await device.loadWeights(weights, { ...(bias === undefined ? {} : { bias }), signal, onProgress });
      const output = { shift, relu, saturate };
      const product = await device.matmul(activations, { output, signal, onProgress });
      return { device, place, product, elapsed: (performance.now() - began) / 1000 };
    } finally {
      await device.close();
    }
  })
    .catch(error => {
      file?.discard();
      throw signal.aborted ? signal.reason : error;
    })
    .finally(() => clearTimeout(timer));

  const { device, place, product, elapsed } = ran;
  const { rows: m, columns: k } = weights;
  const n = activations.rows;
  const { check, first } = compareProduct(product, matrices, values);
  const clockHz = clock.MHz * 1e6;
  const wholeSeconds = place.simulation === undefined ? elapsed : place.simulation.cycle / clockHz;
  const sustained = (m * k * n) / product.cycles;
  const limit = core.lanes * core.rows;
  const results = { ...product.results, data: Array.from(product.results.data) };
  const right = labels === undefined ? undefined : accuracy(results, labels);
  const document: MatmulDocument = {
    schema: 'tercet.matmul/1',
    version,
    board: board.name,
    on: port === undefined ? values.simulate : 'port',
    port: port ?? null,
    clockMHz: clock.MHz,
    baud,
    baudErrorPercent: rate.errorPercent,
    core: { ...core },
    configuration: device.identity.configuration,
    data: { ...sources, m, k, n },
    output: { shift, relu, saturate },
    loads: product.loads,
    cycles: product.cycles,
    seconds: product.cycles / clockHz,
    wholeSeconds,
    throughput: {
      limitMacsPerCycle: limit,
      sustainedMacsPerCycle: sustained,
      sustainedOfLimit: sustained / limit,
      workOfWhole: product.cycles / clockHz / wholeSeconds,
    },
    link: { ...device.counts },
    ...simulationOf(place, elapsed),
    checks: [check],
    ...(right === undefined
      ? {}
      : { classification: { accuracy: right, right: Math.round(right * n), of: n } }),
    ...(m * n <= mostInDocument
      ? { results: Array.from({ length: n }, (_, i) => results.data.slice(i * m, (i + 1) * m)) }
      : {}),
  };
  for (const warning of place.warnings) terminal.warn(warning);
  await terminal.result(colors => matmulTable(document, { board, clock, rate }, values, colors.bold));
  file?.write(encodeNpy(resultsToNpy(results)));
  file?.finish();
  if (first !== undefined) terminal.fail(resultsDiffer(check.mismatches, m * n, first, port));
  return { document, exitStatus: check.mismatches === 0 ? 0 : 1 };
}

function simulationOf({ simulation }: BoardDevice, elapsed: number): Pick<MatmulDocument, 'simulation'> {
  if (simulation === undefined) return {};
  const cycles = simulation.cycle;
  return { simulation: { cycles, cyclesPerSecond: Math.round(cycles / elapsed) } };
}
