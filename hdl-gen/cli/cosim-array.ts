import { recorder, type Stimulus, Testimony } from '../../sim/cosim/index.ts';
import { createSimulation } from '../../sim/index.ts';
import { matmul, type ProductMatrix } from '../../sim/reference/index.ts';
import type { Beats } from './beats.ts';
import type { Context } from './command.ts';
import { type Core, coreOf } from './core.ts';
import { benchOf } from './cosim-bench.ts';
import { deviceModels } from './cosim-sources.ts';
import type { CosimSubject } from './cosim-subject.ts';
import { resultsMissing } from './diagnostics.ts';
import { feed } from './feed.ts';
import { breathe } from './interrupts.ts';
import { loadProduct } from './load-product.ts';
import { canonicalOptions, configDocument, sizeText, toldArrayConfig } from './names.ts';
import type { CosimValues } from './options.ts';
import { Random } from './random.ts';
import { atOutput } from './vectors.ts';
import { isKind } from './weights.ts';

/** Beats that move in a cycle, with pauses in both streams. */
const rate = 0.72;

/**
 * The array with a product that is fed through valid/ready, with random pauses in both streams. What the engine was
 * given is the stimulus of all others; the reference knows the sums, and in which cycle each is due because the
 * engine says when one is valid.
 * @throws Diagnostic TCT-6018 where sums are missing, and as `loadProduct`.
 */
export async function arraySubject(
  values: CosimValues,
  { terminal, interrupts, version }: Context,
  onProgress: (done: number) => void,
): Promise<CosimSubject> {
  const core = coreOf(toldArrayConfig(values, terminal));
  const { seed } = values;
  const product = loadProduct({ ...values, n: values.n ?? vectorsFor(values, core) }, core);
  const beats = core.beatsOf(product);
  const design = interrupts.uncovered(core.design);
  const recorded = recorder(interrupts.uncovered(() => createSimulation(design.circuit, { seed })));
  const fed = await feed(recorded, beats, {
    core,
    pauses: new Random(seed, 3),
    onSum() {},
    async onBlock(done) {
      onProgress(done);
      await breathe();
    },
  });
  if (fed.sums < beats.sums) throw resultsMissing(fed.sums, beats.sums);
  const { stimulus, said } = recorded.recorded();
  const expected = matmul(product.weights, product.activations);
  const [m, k, n] = [product.weights.rows, product.weights.columns, product.activations.rows];
  const options = canonicalOptions(values);
  return {
    design,
    bench: benchOf(design, {
      seed,
      madeBy: `hdl-gen ${options} (Tercet ${version})`,
      models: deviceModels(design),
    }),
    stimulus,
    witnesses: [
      { name: 'reference', said: expectedSums(stimulus, said, beats, expected, core) },
      { name: 'engine', said },
    ],
    about: { reference: 'the product in plain integers', engine: 'the circuit, compiled' },
    what: [['product', `[${m},${k}] x [${n},${k}] on ${sizeText(core.config)}, with pauses`]],
    document: {
      config: configDocument(core, seed),
      data: { ...product.sources, m, k, n },
    },
  };
}

/** Vectors that fill the cycles; of files the option says nothing. */
function vectorsFor({ activations, m, k, cycles, weights }: CosimValues, core: Core): number | undefined {
  if (activations !== undefined || !isKind(weights)) return undefined;
  const { usualSize, cyclesPerVector } = core;
  return Math.max(
    1,
    Math.round((rate * cycles) / cyclesPerVector({ m: m ?? usualSize.m, k: k ?? usualSize.k })),
  );
}

/** What the reference says: each sum in the cycle in which it is taken, and nothing else. */
function expectedSums(
  { inputs }: Stimulus,
  engine: Testimony,
  beats: Beats,
  expected: ProductMatrix,
  { config: { rows } }: Core,
): Testimony {
  const { values } = engine;
  const said = Testimony.silent(values.layout, values.cycles);
  const place = (name: string) => values.layout.fields.findIndex(field => field.name === name);
  const [ready, valid] = [inputs.field('out_ready'), values.field('out_valid')];
  const outputs = Array.from({ length: rows }, (_, row) => place(`out_y_${row}`));
  let sum = 0;
  for (let cycle = 0; cycle < values.cycles; cycle++) {
    if (inputs.number(ready, cycle) === 0 || values.number(valid, cycle) === 0) continue;
    outputs.forEach((output, row) => {
      said.set(output, cycle, BigInt(atOutput(beats, expected, sum, row)));
    });
    sum++;
  }
  return said;
}
