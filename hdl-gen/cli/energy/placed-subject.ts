import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { activityOf } from '../../../energy/index.ts';
import { createSimulation, netlistCircuit } from '../../../sim/index.ts';
import { transitionRun } from '../../../sim/timed/index.ts';
import { parseSdf, readPlacedFiles } from '../../../synth/index.ts';
import type { Context } from '../command.ts';
import { cannotRead, needsOption } from '../diagnostics.ts';
import { breathe } from '../interrupts.ts';
import type { SimValues } from '../options.ts';
import type { Target } from '../target.ts';
import { resetsOf, VerilogStimulus } from '../verilog-ports.ts';
import { withProgress } from '../with-progress.ts';
import { noClock, otherDevice } from './diagnostics.ts';
import type { EnergyValues } from './options.ts';
import type { Subject } from './subject.ts';

/** Cycles between two looks at the rest of the world. */
const block = 500;

/** Any placed design, whose inputs are drawn at random, or keep a value. */
export async function placedSubject(
  values: EnergyValues,
  target: Target,
  clockMHz: number,
  context: Context,
): Promise<Subject> {
  const [path, sdfPath] = [values.placed!, values.sdf];
  if (sdfPath === undefined) throw needsOption('--placed', '--sdf');
  const [placedJson, sdf] = [readText(path), readText(sdfPath)];
  requireDevice(placedJson, target, path);
  const { seed, cycles } = values;
  const netlist = netlistCircuit(placedJson);
  const { circuit } = createSimulation(netlist.circuit, { seed });
  if (circuit.domains.length === 0) throw noClock(path);
  const resets = resetsOf(circuit, values.reset);
  const stimulus = new VerilogStimulus(circuit, resets, values as unknown as SimValues);
  const design = readPlacedFiles(placedJson, sdf, target.device, target.package);
  const run = transitionRun({
    ...{ placedJson, delays: parseSdf(sdf), periodPs: Math.round(1e6 / clockMHz), seed },
  });
  return withProgress(context, async progress => {
    run.skip(values.resetCycles, (inputs, first) => stimulus.fill(inputs, first));
    for (let done = 0; done < cycles; done += block) {
      const start = values.resetCycles + done;
      run.count(Math.min(block, cycles - done), (inputs, first) => stimulus.fill(inputs, start + first));
      progress.update('counting changes', '', done / cycles);
      await breathe();
    }
    return {
      name: basename(path).replace(/\.json$/, ''),
      what: `the placed design in ${path}`,
      design,
      activity: activityOf(design, run.transitions(), clockMHz),
      ...{
        cycles,
        inputs: stimulus.about(seed),
        fmaxMHz: null,
        warnings: [...netlist.warnings, ...run.warnings],
      },
    };
  });
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw cannotRead(path, error);
  }
}

/** nextpnr says in what it writes which device it has placed for. */
function requireDevice(placedJson: string, { device }: Target, path: string): void {
  const [, seen] = /"arch\.type": *"(\w+)"/.exec(placedJson) ?? [];
  if (seen !== undefined && seen !== device.name)
    throw otherDevice(seen, device.name, `the netlist in '${path}'`);
}
