import { availableParallelism } from 'node:os';
import { type BuildResult, buildBitstream, DoesNotFit } from '../../synth/index.ts';
import { weightsAsked } from './board-weights.ts';
import type { BuildDesign } from './build-design.ts';
import type { BuildDocument } from './build-document.ts';
import { BuildProgress } from './build-progress.ts';
import { round, splitOf, throughputOf } from './build-report.ts';
import { buildCommand, buildFolder, prepare } from './build-request.ts';
import { buildSummary } from './build-summary.ts';
import { requireCircuitOptions } from './circuit-options.ts';
import type { Context, Outcome } from './command.ts';
import { coreOf } from './core.ts';
import { conflict, timingMissed } from './diagnostics.ts';
import { writeFileSet } from './file-set.ts';
import { refuseHopeless, tooLarge } from './fit.ts';
import { memoryOptions } from './interface-options.ts';
import { hasMemories, requireInterface, requireOptions } from './interfaces.ts';
import { arrayConfig, configDocument, sizeText, toldArrayConfig } from './names.ts';
import type { BuildValues } from './options.ts';
import { rooflinePicture } from './roofline-picture.ts';
import { sideBySide } from './side-by-side.ts';
import { requireStreamed } from './streamed.ts';
import { chooseTarget } from './target.ts';
import { withProgress } from './with-progress.ts';

/** Seeds that are tried where nextpnr finds no placement with those that are asked for. */
const spareSeeds = 4;

/** `hdl-gen build`: Verilog, synthesis, place and route, bitstream, and a report of all of it. */
export async function run(asked: BuildValues, context: Context): Promise<Outcome> {
  const { terminal } = context;
  const target = chooseTarget(asked);
  const isArray = asked.circuit === undefined && asked.arch !== 'hardwired';
  requireOptions(asked.interface, context.given, Object.keys(memoryOptions));
  requireCircuitOptions(asked, context.given);
  if (asked.interface !== 'stream') {
    if (asked.circuit !== undefined)
      throw conflict(
        `--interface ${asked.interface}`,
        '--circuit',
        'a circuit has ports of its own: leave one of them out',
      );
    requireInterface(asked);
  }
  if (isArray)
    requireStreamed('hdl-gen build', asked, `hdl-gen build --circuit matmul --weights ${asked.weights}`);
  const filled = asked.fill ? await (await import('./fill.ts')).fill(asked, target, context) : undefined;
  const values = filled?.values ?? asked;
  if (isArray && !hasMemories(asked.interface)) {
    toldArrayConfig(values, terminal);
    if (filled === undefined) refuseHopeless(values, target, terminal);
  }
  const { chosen, path, request } = await prepare(values, target, context);
  const { files, top, targetMHz } = request;
  // What is wrong with the weights is told before anything is built.
  const withWeights = weightsAsked(values, chosen);
  for (const warning of chosen.design.warnings) terminal.warn(warning);
  const isRequired = values.mhz !== undefined || target.board !== undefined;

  const seeds = Array.from({ length: values.seeds }, (_, i) => values.seed + i);
  const [built, check] = await withProgress(context, async progress => {
    const shown = new BuildProgress(progress, seeds);
    shown.start();
    const { onProgress } = shown;
    // This thread is a core's work too.
    const concurrency = sideBySide(availableParallelism() - 1);
    const building = buildBitstream({ ...request, seeds, spareSeeds, concurrency, onProgress });
    // While the tools work in threads of their own, this one is free to simulate; but they are to begin first.
    const checking = Promise.race([shown.begun, building]).then(async () => {
      const { checkArray, checkCircuit, checkHardwired } = await import('./check.ts');
      if (chosen.memory !== undefined)
        return (await import('./check-memory.ts')).checkMemory(
          chosen.memory,
          values.seed,
          context.interrupts,
        );
      if (chosen.hardwired !== undefined) return checkHardwired(chosen.hardwired, values.seed);
      return isArray
        ? checkArray(coreOf(arrayConfig(values)), values.seed, context.interrupts)
        : checkCircuit(chosen.design, values.seed);
    });
    return Promise.all([building, checking]);
  }).catch(error => {
    throw error instanceof DoesNotFit ? tooLarge(error, values, target) : error;
  });

  const taken = built.seeds.find(({ fmaxMHz }) => fmaxMHz !== null);
  if (taken !== undefined && !seeds.includes(taken.seed))
    terminal.say(
      `note: nextpnr found no place for it with seed ${seeds.join(', ')}; it did with seed ${taken.seed}`,
    );

  const out = buildFolder(values, chosen);
  const { fmaxMHz } = built.report.timing;
  const throughput =
    check.kept === undefined
      ? null
      : throughputOf({
          ...{ built, target, top: path, values },
          core: chosen.memory?.array ?? coreOf(arrayConfig(values)),
          inside: values.interface === 'stream' ? undefined : 'core',
          kept: check.kept,
          isAlone: values.fill,
        });
  const picture =
    throughput === null || fmaxMHz === null
      ? {}
      : {
          'roofline.svg': rooflinePicture({
            ...{
              throughput,
              fmaxMHz,
              device: target.device.name,
              size: sizeText(chosen.memory?.array.config ?? arrayConfig(values)),
            },
          }),
        };
  const content = {
    ...filesOf(built, files, chosen.pcf),
    ...(await withWeights?.(built)),
    ...picture,
  };
  const isMet = fmaxMHz === null || fmaxMHz >= targetMHz;
  const document: BuildDocument = {
    schema: 'tercet.report/1',
    version: context.version,
    command: buildCommand(values, target, chosen),
    config: configOf(values, chosen),
    device: built.report.device,
    package: built.report.package,
    board: target.board?.name ?? null,
    clock: clockDocument(chosen),
    link: chosen.link ?? null,
    top,
    resources: {
      ...built.report.resources,
      split: splitOf(built.report.resources.byModule, path, chosen.isWrapped),
    },
    timing: { ...built.report.timing, isRequired, isMet },
    throughput,
    fill: filled?.document ?? null,
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

/** The clock of a design on a board. */
function clockDocument({ clock }: BuildDesign): BuildDocument['clock'] {
  return clock === undefined ? null : { MHz: clock.MHz, pll: clock.pll?.settings ?? null };
}

function configOf(
  values: BuildValues,
  { hardwired, reference, memory }: BuildDesign,
): BuildDocument['config'] {
  if (hardwired !== undefined) return hardwired.config;
  const { seed } = values;
  if (memory !== undefined) return { ...memory.core, interface: memory.kind, seed };
  if (reference !== undefined) return { circuit: reference, seed };
  return configDocument(coreOf(arrayConfig(values)), seed);
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
