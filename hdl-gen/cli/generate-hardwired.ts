import { emitVerilog } from '../emit/index.ts';
import type { Context, Outcome } from './command.ts';
import type { HardwiredManifest } from './documents.ts';
import { writeFileSet } from './file-set.ts';
import { hardwiredOf } from './hardwired.ts';
import type { GenerateValues } from './options.ts';
import { portsOf } from './ports.ts';
import { columns } from './table.ts';

/** `hdl-gen --arch hardwired`: Verilog and a manifest. */
export async function run(
  values: GenerateValues,
  { terminal, interrupts, version }: Context,
): Promise<Outcome> {
  const hardwired = interrupts.uncovered(() => hardwiredOf(values));
  const { config, figures, options, name, lines } = hardwired;
  const design = interrupts.uncovered(hardwired.design);
  const madeBy = `hdl-gen ${options} (Tercet ${version})`;
  const files = Object.fromEntries(
    emitVerilog(design, { madeBy }).map(({ name, text }) => [`verilog/${name}`, text]),
  );
  const manifest: HardwiredManifest = {
    schema: 'tercet.hardwired/1',
    version,
    command: `hdl-gen ${options}`,
    config,
    top: design.top.component,
    ports: portsOf(design.top),
    latencyCycles: figures.latency,
    cyclesPerVector: config.form === 'serial' ? figures.serialCycles : 1,
    adders: figures.adders,
    adderBits: figures.adderBits,
    files: Object.keys(files),
  };
  const out = values.out ?? `build/${name}`;
  writeFileSet(
    out,
    { ...files, 'manifest.json': `${JSON.stringify(manifest, undefined, 2)}\n` },
    'manifest.json',
  );
  await terminal.result(colors =>
    columns(
      [...lines, ['Verilog', `${out}/verilog, top ${manifest.top}`], ['manifest', `${out}/manifest.json`]],
      colors.bold,
    ),
  );
  terminal.hint([`hdl-gen sim ${options}`, `hdl-gen build ${options} --device ${values.device ?? 'hx8k'}`]);
  return { document: { ...manifest, out }, exitStatus: 0 };
}
