import { availableParallelism, freemem } from 'node:os';
import { familyOf } from '../../rtl/ternary/index.ts';
import { type BuildResult, buildBitstream, DoesNotFit } from '../../synth/index.ts';
import { emitVerilog } from '../emit/index.ts';
import { type BuildDesign, designFor } from './build-design.ts';
import type { BuildDocument } from './build-document.ts';
import { BuildProgress } from './build-progress.ts';
import { round, splitOf, throughputOf } from './build-report.ts';
import { buildSummary } from './build-summary.ts';
import type { Context, Outcome } from './command.ts';
import { timingMissed } from './diagnostics.ts';
import { writeFileSet } from './file-set.ts';
import { refuseHopeless, tooLarge } from './fit.ts';
import { arrayConfig, canonicalOptions, toldArrayConfig } from './names.ts';
import type { BuildValues } from './options.ts';
import { requireStreamed } from './streamed.ts';
import { chooseTarget, goalMHz, type Target } from './target.ts';
import { withProgress } from './with-progress.ts';

/** Memory that one nextpnr takes. */
const bytesPerSeed = 1.2e9;

/** `hdl-gen build`: Verilog, synthesis, place and route, bitstream, and a report of all of it. */
export async function run(values: BuildValues, context: Context): Promise<Outcome> {
  const { terminal } = context;
  const target = chooseTarget(values);
  const isArray = values.circuit === undefined && values.arch !== 'hardwired';
  if (isArray) {
    requireStreamed('hdl-gen build', values);
    toldArrayConfig(values, terminal);
    refuseHopeless(values, target, terminal);
  }
  const chosen = await designFor(values, target, context);
  for (const warning of chosen.design.warnings) terminal.warn(warning);
  const madeBy = `${verilogCommand(values, target, chosen)} (Tercet ${context.version})`;
  const verilog = emitVerilog(chosen.design, { madeBy });
  const top = verilog.at(-1)!.name.replace(/\.v$/, '');
  const targetMHz = values.mhz ?? target.board?.clock.MHz ?? goalMHz[target.device.yosysDevice];
  const isRequired = values.mhz !== undefined || target.board !== undefined;

  const seeds = Array.from({ length: values.seeds }, (_, i) => values.seed + i);
  const files = Object.fromEntries(verilog.map(({ name, text }) => [`verilog/${name}`, text]));
  const { device, package: packageName } = target;
  const { pcf } = chosen;
  const [built, check] = await withProgress(context, async progress => {
    const shown = new BuildProgress(progress, values.seeds);
    shown.start();
    const { onProgress } = shown;
    const request = { files, top, device, package: packageName, targetMHz, seeds, concurrency: sideBySide() };
    const building = buildBitstream({ ...request, pcf, onProgress });
    // While the tools work in threads of their own, this one is free to simulate; but they are to begin first.
    const checking = Promise.race([shown.begun, building]).then(async () => {
      const { checkArray, checkCircuit, checkHardwired } = await import('./check.ts');
      if (chosen.hardwired !== undefined) return checkHardwired(chosen.hardwired, values.seed);
      return isArray
        ? checkArray(arrayConfig(values), values.seed, context.interrupts)
        : checkCircuit(chosen.design, values.seed);
    });
    return Promise.all([building, checking]);
  }).catch(error => {
    throw error instanceof DoesNotFit ? tooLarge(error, values, target) : error;
  });

  const out = values.out ?? `build/${chosen.name}`;
  const content = filesOf(built, files, chosen.pcf);
  const { fmaxMHz } = built.report.timing;
  const isMet = fmaxMHz === null || fmaxMHz >= targetMHz;
  const document: BuildDocument = {
    schema: 'tercet.report/1',
    version: context.version,
    command: buildCommand(values, target, chosen),
    config: configOf(values, chosen),
    device: built.report.device,
    package: built.report.package,
    board: target.board?.name ?? null,
    top,
    resources: {
      ...built.report.resources,
      split: splitOf(built.report.resources.byModule, top, chosen.isWrapped),
    },
    timing: { ...built.report.timing, isRequired, isMet },
    throughput:
      check.kept === undefined
        ? null
        : throughputOf({ built, target, top, array: arrayConfig(values), values, kept: check.kept }),
    checks: [check.document],
    tools: built.tools.map(({ name, version, startSeconds, seconds, loadSeconds }) => ({
      ...{ name, version },
      startSeconds: round(startSeconds),
      seconds: round(seconds),
      loadSeconds: round(loadSeconds),
    })),
    seconds: secondsOf(built.toolSeconds),
    seeds: built.seeds.map(({ seed, fmaxMHz: reached, time }) => ({
      seed,
      fmaxMHz: reached === null ? null : round(reached),
      seconds: round(time?.seconds ?? 0),
    })),
    warnings: built.warnings,
    files: Object.keys(content),
  };
  writeFileSet(
    out,
    { ...content, 'report.json': `${JSON.stringify(document, undefined, 2)}\n` },
    'report.json',
  );
  await terminal.result(colors => buildSummary(document, chosen.what, out, colors));
  if (isRequired && !isMet) terminal.fail(timingMissed(fmaxMHz!, targetMHz));
  if (check.failure !== undefined) terminal.fail(check.failure);
  const isWell = (isMet || !isRequired) && check.failure === undefined;
  return { document: { ...document, out }, exitStatus: isWell ? 0 : 1 };
}

function configOf(values: BuildValues, { hardwired, reference }: BuildDesign): BuildDocument['config'] {
  if (hardwired !== undefined) return hardwired.config;
  const { encoding, arch, seed } = values;
  if (reference !== undefined) return { circuit: reference, seed };
  const array = arrayConfig(values);
  return { ...array, weights: familyOf(array).weights, encoding, arch, seed };
}

/** How many placements run at the same time. */
function sideBySide(): number {
  return Math.max(1, Math.min(availableParallelism() - 1, Math.floor(freemem() / bytesPerSeed)));
}

/** The call that makes the same Verilog again. */
function verilogCommand(
  values: BuildValues,
  { board, device }: Target,
  { reference, hardwired }: BuildDesign,
): string {
  const what =
    hardwired?.options ?? (reference === undefined ? canonicalOptions(values) : `--circuit ${reference}`);
  // The self-test has operands of its own, which the seed decides.
  const seed = board === undefined || reference !== undefined ? '' : ` --seed ${values.seed}`;
  return `hdl-gen build ${what} ${board === undefined ? `--device ${device.name}` : `--board ${board.name}`}${seed}`;
}

/** The call that builds the same again. */
function buildCommand(values: BuildValues, target: Target, chosen: BuildDesign): string {
  const command = verilogCommand(values, target, chosen);
  const clock = values.mhz === undefined ? '' : ` --mhz ${values.mhz}`;
  const seed = command.includes(' --seed ') ? '' : ` --seed ${values.seed}`;
  return `${command}${clock} --seeds ${values.seeds}${seed}`;
}

function filesOf(
  built: BuildResult,
  verilog: Readonly<Record<string, string>>,
  pcf: string | undefined,
): Record<string, string | Uint8Array> {
  return {
    ...verilog,
    ...(pcf === undefined ? {} : { 'pins.pcf': pcf }),
    'netlist.json': built.netlistJson,
    'placed.json': built.placedJson,
    'delays.sdf': built.sdf,
    'design.asc': built.asc,
    'design.bin': built.bitstream,
    'logs/yosys.log': built.logs.yosys,
    'logs/nextpnr.log': built.logs.nextpnr,
    'logs/icepack.log': built.logs.icepack,
  };
}

function secondsOf(tools: number): BuildDocument['seconds'] {
  const total = performance.now() / 1000;
  return { total: round(total), tools: round(tools), added: round(total - tools) };
}
