import { type ProductRun, TernaryDevice } from '../../host/index.ts';
import { accuracy, encodeNpy, resultsToNpy } from '../../model/index.ts';
import { matmul } from '../../sim/reference/index.ts';
import { boardClock } from './board-clock.ts';
import { type BoardDevice, boardAtPort, simulatedBoard } from './board-device.ts';
import { boardGeometry } from './board-geometry.ts';
import { presetOf } from './board-weights.ts';
import type { Context, Outcome } from './command.ts';
import { boardHasNoLink, resultsDiffer, tookTooLong } from './diagnostics.ts';
import type { CheckDocument, MatmulDocument } from './documents.ts';
import { linkRate } from './link-rate.ts';
import { loadMatrices, type Matrices } from './load-matrices.ts';
import type { MatmulValues } from './matmul-options.ts';
import { matmulTable } from './matmul-table.ts';
import { writeWhole } from './single-file.ts';
import { counted } from './table.ts';
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
  const core = boardGeometry(chosen.device, values, context.given);
  const clock = boardClock(board, values.mhz);
  const matrices = loadMatrices(values, core.activationBits);
  const { weights, activations, labels, sources } = matrices;
  const { port, baud, seed } = values;
  const rate = linkRate(clock.MHz, baud);

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
      else await device.loadWeights(weights, { signal, onProgress });
      const product = await device.matmul(activations, { signal, onProgress });
      return { device, place, product, elapsed: (performance.now() - began) / 1000 };
    } finally {
      await device.close();
    }
  })
    .catch(error => {
      throw signal.aborted ? signal.reason : error;
    })
    .finally(() => clearTimeout(timer));

  const { device, place, product, elapsed } = ran;
  const { rows: m, columns: k } = weights;
  const n = activations.rows;
  const { check, first } = compare(product, matrices, values);
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
  if (values.results !== undefined) writeWhole(values.results, encodeNpy(resultsToNpy(results)), interrupts);
  await terminal.result(colors => matmulTable(document, { board, clock, rate }, values, colors.bold));
  if (first !== undefined) terminal.fail(resultsDiffer(check.mismatches, m * n, first));
  return { document, exitStatus: check.mismatches === 0 ? 0 : 1 };
}

function simulationOf({ simulation }: BoardDevice, elapsed: number): Pick<MatmulDocument, 'simulation'> {
  if (simulation === undefined) return {};
  const cycles = simulation.cycle;
  return { simulation: { cycles, cyclesPerSecond: Math.round(cycles / elapsed) } };
}

/** Every sum against the integer reference. */
function compare(
  { results, cycles }: ProductRun,
  { weights, activations, sources }: Matrices,
  { port, simulate }: MatmulValues,
): { check: CheckDocument; first: Parameters<typeof resultsDiffer>[2] | undefined } {
  const expected = matmul(weights, activations).data;
  const wrong = expected.flatMap((sum, i) => (sum === results.data[i] ? [] : [i]));
  const what =
    port !== undefined ? `the board at ${port}` : simulate === 'netlist' ? 'the netlist' : 'the board';
  const check = {
    what: `${what} against the integer reference`,
    inputs: `weights ${sources.weights}, activations ${sources.activations}`,
    cycles,
    values: expected.length,
    unit: `sums of ${counted(weights.columns, 'product')}`,
    mismatches: wrong.length,
  };
  const [at] = wrong;
  if (at === undefined) return { check, first: undefined };
  const place = { row: Math.floor(at / weights.rows), column: at % weights.rows };
  return { check, first: { ...place, expected: expected[at]!, got: results.data[at]! } };
}
