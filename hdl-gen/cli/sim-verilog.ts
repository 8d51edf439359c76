import { memoryLimit, netlistCircuit, PrintingSimulation } from '../../sim/index.ts';
import { readWordLevel, type WordLevel } from '../../synth/index.ts';
import type { Context, Outcome } from './command.ts';
import { notOfForm } from './diagnostics.ts';
import type { VerilogSimDocument } from './documents.ts';
import { writeFileSet } from './file-set.ts';
import type { SimValues } from './options.ts';
import { exact } from './ports.ts';
import { framed } from './run-frame.ts';
import { runVerilog, stops, type VerilogRun } from './run-verilog.ts';
import { columns, counted, grouped } from './table.ts';
import { verilogFiles } from './verilog-files.ts';
import { clockOf, type Reset, resetsOf, tickingDomains, VerilogStimulus } from './verilog-ports.ts';
import { withProgress } from './with-progress.ts';

/** `hdl-gen sim --verilog`: a user's Verilog, read by Yosys at word level. */
export async function run(values: SimValues, context: Context): Promise<Outcome> {
  const { terminal, interrupts, version } = context;
  const { engine, seed, resetCycles } = values;
  const word = await read(values, context);
  const { netlistJson, top, texts } = word;
  const netlist = interrupts.uncovered(() =>
    netlistCircuit(netlistJson, { undriven: 'zero', sources: texts }),
  );
  const warnings = [...word.warnings, ...netlist.warnings];
  terminal.warnAll(warnings);
  const { circuit } = netlist;
  const found = resetsOf(circuit, values.reset);
  const domains = tickingDomains(circuit, values.clock);
  const stimulus = new VerilogStimulus(circuit, found, values);
  const { resets } = stimulus;
  const running = interrupts.uncovered(
    () => new PrintingSimulation(netlist, { engine, seed, domains, stops }),
  );
  const ran = await framed(values.vcd, context, frame => runVerilog(running, stimulus, values.cycles, frame));

  const ticking = circuit.domains.filter(({ name }) => domains.includes(name));
  const clocks = [...new Set(ticking.map(clockOf))].sort();
  const covers = running.simulation.covers().map(({ why, count }) => ({ why, count }));
  const document: VerilogSimDocument = {
    schema: 'tercet.sim/1',
    version,
    verilog: values.verilog!,
    top,
    engine,
    seed,
    cycles: ran.cycles,
    seconds: ran.seconds,
    cyclesPerSecond: Math.round(ran.cycles / ran.seconds),
    clocks,
    resets: resets.map(({ name, isLow }) => ({ name, activeLow: isLow, cycles: resetCycles })),
    outputs: Object.fromEntries(Object.entries(ran.outputs).map(([name, value]) => [name, exact(value)])),
    printed: ran.printed,
    ...(ran.stopped === undefined ? {} : { stopped: ran.stopped }),
    failures: ran.failures.map(({ code, message, at }) => ({ code, message, at })),
    covers,
    warnings: warnings.map(warning => warning.format()),
    files: [],
  };
  if (values.out !== undefined)
    writeFileSet(values.out, { 'sim.json': `${JSON.stringify(document, undefined, 2)}\n` }, 'sim.json');
  // Apart from what the design has said.
  const gap = ran.printed === '' ? '' : '\n';
  await terminal.result(
    colors =>
      gap +
      columns(
        [
          ['verilog', `${top} of ${values.verilog!.join(', ')}`],
          ['clocks', clocks.length === 0 ? 'none' : clocks.join(', ')],
          ...(resets.length === 0 ? [] : [['resets', resetText(resets, resetCycles)] as const]),
          ['inputs', stimulus.about(seed)],
          ['cycles', cyclesText(ran)],
          ...(ran.stopped === undefined ? [] : [['stopped', stopText(ran.stopped)] as const]),
          ['outputs', outputText(ran.outputs)],
          ...covers.map(({ why, count }) => ['covered', `${grouped(count)} times: ${why}`] as const),
          ...(values.vcd === undefined ? [] : [['trace', values.vcd] as const]),
          ...(values.out === undefined ? [] : [['files', `${values.out}/`] as const]),
        ],
        colors.bold,
      ),
  );
  for (const failure of ran.failures) terminal.fail(failure);
  return { document, exitStatus: ran.failures.length === 0 ? 0 : 1 };
}

function read(values: SimValues, context: Context): Promise<WordLevel> {
  const { verilog, top, define = [], include: includeFolders = [], parameter = [] } = values;
  const pairs = (option: string, texts: readonly string[], otherwise?: string) =>
    Object.fromEntries(
      texts.map(text => {
        const [, name, value = otherwise] = /^([^=]+)(?:=(.*))?$/s.exec(text) ?? [];
        if (name === undefined || value === undefined) throw notOfForm(option, text, 'NAME=VALUE');
        return [name, value];
      }),
    );
  const defines = pairs('--define', define, '1');
  const parameters = pairs('--parameter', parameter);
  const named = [...Object.values(defines), ...Object.values(parameters)];
  const files = verilogFiles(verilog!, includeFolders, named);
  return withProgress(context, progress => {
    progress.update('reading the Verilog');
    return readWordLevel({ files, sources: verilog!, top, defines, includeFolders, parameters, memoryLimit });
  });
}

function resetText(resets: readonly Reset[], cycles: number): string {
  const each = resets.map(({ name, isLow }) => `${name} = ${isLow ? 0 : 1}`);
  return `${each.join(', ')} for the first ${counted(cycles, 'cycle')}`;
}

/** The speed of a run of fewer cycles says nothing. */
const manyCycles = 10_000;

function cyclesText({ cycles, seconds }: VerilogRun): string {
  const speed = cycles < manyCycles ? '' : `, simulated at ${grouped(cycles / seconds)} a second`;
  return `${grouped(cycles)}${speed}`;
}

function stopText({ by, cycle, at }: NonNullable<VerilogRun['stopped']>): string {
  return `by ${by} in cycle ${grouped(cycle)}, at ${at}`;
}

/** Outputs that are told; the others are in the document. */
const shownOutputs = 8;

function outputText(outputs: VerilogRun['outputs']): string {
  const all = Object.entries(outputs);
  const shown = all.slice(0, shownOutputs).map(([name, value]) => `${name} = ${value}`);
  if (all.length > shown.length) shown.push(`${all.length - shown.length} more`);
  return all.length === 0 ? 'none' : `${shown.join(', ')} in the last cycle`;
}
