import { onTestFinished } from 'vitest';
import type { Diagnostic } from '../../diagnostic/index.ts';
import { run } from '../../hdl-gen/cli/explore/explore.ts';
import type { Measurer } from '../../hdl-gen/cli/explore/measurer.ts';
import type { ExploreDocument } from '../../hdl-gen/cli/index.ts';
import { parse } from '../../hdl-gen/cli/parse.ts';
import { workspace } from './helpers.ts';

type Configuration = Parameters<Measurer['recall']>[0];
type Finding = Awaited<ReturnType<Measurer['measure']>>;

/** Stands for Yosys and nextpnr: figures by a formula, kept from run to run. */
export class Formula implements Measurer {
  readonly kept = new Map<string, Finding>();
  readonly measured: string[] = [];
  /** What is done in place of a formula, for some configurations. */
  readonly instead = new Map<string, () => Promise<Finding>>();

  async recall({ id }: Configuration): Promise<Finding | undefined> {
    return this.kept.get(id);
  }

  async measure(configuration: Configuration): Promise<Finding> {
    const { id } = configuration;
    const found = (await this.instead.get(id)?.()) ?? this.#formula(configuration);
    this.measured.push(id);
    this.kept.set(id, found);
    return found;
  }

  seconds(): number {
    return 1;
  }

  keyOf({ id }: Configuration): string {
    return `key of ${id}`;
  }

  #formula(configuration: Configuration): Finding {
    const { lanes, rows, arch } = configuration.array;
    const macs = lanes * rows;
    const lc = macs * (arch === 'tree' ? 18 : 15) + 30;
    const fmaxMHz = 200 - lanes;
    const figures = { lc, lcPerMac: lc / macs, fmaxMHz, gmacs: (macs * fmaxMHz) / 1000 };
    const placed = { ...figures, bram: 0, spram: 0, dsp: 0, seed: 1, seeds: [{ seed: 1, fmaxMHz }] };
    return { outcome: 'placed', why: null, key: this.keyOf(configuration), placed };
  }
}

/** A terminal that remembers, and a Ctrl-C that a test can press. */
export function listener() {
  const said: string[] = [];
  const results: string[] = [];
  const failures: Diagnostic[] = [];
  const undo = new Set<() => void>();
  const plain = { bold: (text: string) => text, dim: (text: string) => text };
  const terminal = {
    say: (text: string) => said.push(text),
    warn: (diagnostic: Diagnostic) => said.push(diagnostic.format()),
    fail: (diagnostic: Diagnostic) => failures.push(diagnostic),
    hint: (calls: readonly string[]) => said.push(...calls),
    result: async (make: (colors: typeof plain) => string) => results.push(make(plain)),
    progress: () => ({ update: (phase: string) => said.push(phase), end: () => {} }),
  };
  const interrupts = {
    onInterrupt(step: () => void) {
      undo.add(step);
      return () => undo.delete(step);
    },
  };
  const pressCtrlC = (): void => {
    for (const step of [...undo].reverse()) step();
  };
  return {
    context: { terminal, interrupts, version: '1.2.3' },
    said,
    results,
    failures,
    pressCtrlC,
  };
}

/** A folder that the process works in while the test runs. */
export function inFolder(): string {
  const folder = workspace();
  const before = process.cwd();
  process.chdir(folder);
  onTestFinished(() => process.chdir(before));
  return folder;
}

export async function call(line: string, by: Measurer, on = listener()) {
  const parsed = await parse(['explore', ...line.split(' ').filter(word => word !== '')], '1.2.3');
  if (parsed.kind !== 'run') throw new Error(parsed.text);
  const context = { ...on.context, given: parsed.given } as never;
  const outcome = await run(parsed.values as never, context, () => by);
  return { ...on, outcome, document: outcome.document as ExploreDocument & { out: string } };
}
