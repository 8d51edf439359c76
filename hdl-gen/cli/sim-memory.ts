import { TernaryDevice } from '../../host/index.ts';
import { createSimulation } from '../../sim/index.ts';
import type { Context, Outcome } from './command.ts';
import { compareResults } from './compare-results.ts';
import { requireRams, takenMemories } from './core-memories.ts';
import { conflict } from './diagnostics.ts';
import type { Interrupts } from './interrupts.ts';
import { loadProduct } from './load-product.ts';
import { type MemorySubject, memorySubject } from './memory-subject.ts';
import type { SimValues } from './options.ts';
import type { Product } from './product.ts';
import type { ArrayRun } from './run-array.ts';
import { framed, type RunFrame } from './run-frame.ts';
import { reportSim } from './sim-report.ts';
import { grouped, percent } from './table.ts';

/**
 * `hdl-gen sim --interface wishbone`, `uart` or `spi`: a host loads the weights and has the vectors multiplied, through the interface and cycle by
 * cycle; every sum against the reference.
 */
export async function run(values: SimValues, context: Context): Promise<Outcome> {
  const asked = `--interface ${values.interface}`;
  if (values.stalls) throw conflict(asked, '--stalls', 'it pauses streams: leave it out');
  if (values.link !== undefined) throw conflict(asked, '--link', 'the interface is the link: leave it out');
  const subject = context.interrupts.uncovered(() => memorySubject(values, context));
  const { core, array, spoken, rate, device } = subject;
  const design = context.interrupts.uncovered(() => spoken.design(core, rate));
  if (device !== undefined) requireRams(takenMemories(design), device);
  const product = loadProduct(values, array);
  const { host, ...ran } = await framed(values.vcd, context, frame =>
    runMemory(product, subject, design, { ...values, ...frame, interrupts: context.interrupts }),
  );
  const macs = product.weights.data.length * product.activations.rows;
  const whileBusy = macs / host.workCycles;
  const simulated = {
    ...{ core: array, product, ran },
    rated: { cycles: host.productCycles, what: 'through the interface' },
    parts: `${grouped(host.loadCycles)} to load the weights, ${grouped(host.productCycles)} for the product`,
    rows: [
      [
        'at work',
        `${grouped(host.workCycles)} cycles, ${percent(host.workCycles / host.productCycles)} of those for the product: ${whileBusy.toFixed(1)} MACs per cycle`,
      ],
      spoken.row(rate),
    ] as const,
    extra: { core: { ...core }, host },
  };
  return reportSim(simulated, values, context);
}

/** What a run is given. */
interface MemoryRunOptions extends RunFrame {
  readonly engine: 'compiled' | 'oracle';
  readonly seed: number;
  readonly interrupts: Interrupts;
}

/** How the cycles of a run went. */
export interface HostCycles {
  /** From the begin until the weights are there, and from there until all results are. */
  readonly loadCycles: number;
  readonly productCycles: number;
  /** Of those the ones in which the core multiplied. */
  readonly workCycles: number;
}

async function runMemory(
  product: Product,
  { core, spoken, rate }: MemorySubject,
  { circuit }: ReturnType<MemorySubject['spoken']['design']>,
  { engine, seed, trace, onProgress, interrupts }: MemoryRunOptions,
): Promise<ArrayRun & { readonly host: HostCycles }> {
  const simulation = interrupts.uncovered(() => createSimulation(circuit, { engine, seed }));
  const port = spoken.port(simulation, rate);
  simulation.reset();
  const endTrace = trace === undefined ? undefined : simulation.trace(trace);
  const began = performance.now();
  const first = simulation.cycle;
  const told = ({ phase, done, total }: { phase: string; done: number; total: number }): void =>
    onProgress(phase === 'load' ? 'loading the weights' : 'multiplying', done / total);
  const device = await TernaryDevice.over(port, core);
  await device.loadWeights(product.weights, { onProgress: told });
  const loaded = simulation.cycle;
  const { results, cycles: workCycles } = await device.matmul(product.activations, { onProgress: told });
  const end = simulation.cycle;
  await device.close();
  const seconds = (performance.now() - began) / 1000;
  endTrace?.();
  const compared = await compareResults(product, results, onProgress);
  const sums = results.data.length;
  return {
    ...{ ...compared, sums, expectedSums: sums, seconds, cycles: end - first },
    host: { loadCycles: loaded - first, productCycles: end - loaded, workCycles },
  };
}
