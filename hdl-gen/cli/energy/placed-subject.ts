import { basename } from 'node:path';
import { activityOf, clocksOf, withClocks } from '../../../energy/index.ts';
import type { Circuit } from '../../../ir/index.ts';
import { createSimulation, netlistCircuit } from '../../../sim/index.ts';
import { type TransitionRun, transitionRun } from '../../../sim/timed/index.ts';
import { parseSdf, readPlacedFiles } from '../../../synth/index.ts';
import type { Context } from '../command.ts';
import { conflict } from '../diagnostics.ts';
import { breathe } from '../interrupts.ts';
import type { SimValues } from '../options.ts';
import type { Progress } from '../progress.ts';
import type { Target } from '../target.ts';
import { resetsOf, VerilogStimulus } from '../verilog-ports.ts';
import { withProgress } from '../with-progress.ts';
import { clocksIn, readClocks } from './clocks.ts';
import { delayAgreement, leastAgreement } from './delays-fit.ts';
import { designFiles } from './design-files.ts';
import { delaysOfAnother, noClock } from './diagnostics.ts';
import { type Counted, countedInDump, playDump } from './dump.ts';
import type { EnergyValues } from './options.ts';
import type { Subject } from './subject.ts';

/** Cycles between two looks at the rest of the world. */
const block = 500;

/** Any design, placed or to be placed: simulated in its place, or with the counts of a file. */
export async function placedSubject(
  values: EnergyValues,
  target: Target,
  clockMHz: number,
  context: Context,
): Promise<Subject> {
  if (values.vcd !== undefined && values.stimulus !== undefined)
    throw conflict('--vcd', '--stimulus', 'take the counts of a dump, or its inputs');
  const asked = readClocks(values.clockMhz);
  const files = await designFiles(values, target, clockMHz, context);
  const { path, placedJson, sdf, fmaxMHz } = files;
  const design = readPlacedFiles(placedJson, sdf, target.device, target.package);
  if (clocksOf(design).length === 0) throw noClock(path);
  const { clocks, warnings: ofClocks } = clocksIn(design, asked, clockMHz);
  const agreement = values.placed === undefined ? undefined : delayAgreement(design);
  const doubts =
    agreement === undefined || agreement >= leastAgreement
      ? []
      : [delaysOfAnother(values.sdf!, path, agreement)];
  return withProgress(context, async (progress): Promise<Subject> => {
    let counted: Counted;
    if (values.vcd !== undefined)
      counted = await countedInDump(values, files, design, clockMHz, clocks, progress);
    else {
      const { circuit: read, warnings } = netlistCircuit(placedJson);
      const { circuit } = createSimulation(read, { seed: values.seed });
      const run = transitionRun({
        ...{ placedJson, delays: parseSdf(sdf), periodPs: Math.round(1e6 / clockMHz), seed: values.seed },
      });
      const inputs = await (values.stimulus === undefined ? playRandom : playDump)(
        values,
        circuit,
        run,
        progress,
      );
      const transitions = run.transitions();
      const activity = withClocks(design, activityOf(design, transitions, clockMHz), clocks);
      counted = {
        activity,
        from: 'simulated',
        cycles: transitions.cycles,
        inputs,
        warnings: [...warnings, ...run.warnings],
      };
    }
    return {
      name: basename(path).replace(/\.json$/, ''),
      what: `the ${values.netlist === undefined ? 'placed design' : 'netlist'} in ${path}`,
      ...{ design, fmaxMHz },
      ...{ ...counted, warnings: [...ofClocks, ...doubts, ...counted.warnings] },
    };
  });
}

/** Inputs that are drawn at random, or keep a value. @returns what they are. */
async function playRandom(
  values: EnergyValues,
  circuit: Circuit,
  run: TransitionRun,
  progress: Progress,
): Promise<string> {
  const { seed, cycles, resetCycles } = values;
  const resets = resetsOf(circuit, values.reset);
  const stimulus = new VerilogStimulus(circuit, resets, values as unknown as SimValues);
  run.skip(resetCycles, (inputs, first) => stimulus.fill(inputs, first));
  for (let done = 0; done < cycles; done += block) {
    const start = resetCycles + done;
    run.count(Math.min(block, cycles - done), (inputs, first) => stimulus.fill(inputs, start + first));
    progress.update('counting changes', '', done / cycles);
    await breathe();
  }
  return stimulus.about(seed);
}
