import { embeddingFiles } from '../../embedding/index.ts';
import { estimateArray } from '../../estimate/index.ts';
import { configurationOf } from '../../model/core/index.ts';
import { cHeader, registerPage, type WindowName, windowAddressBits, windows } from '../../protocol/index.ts';
import { type CoreParameters, coreGeometry } from '../../rtl/core/index.ts';
import { windowBitsOf } from '../../rtl/top/index.ts';
import { matmul } from '../../sim/reference/index.ts';
import { type Device, findDevice } from '../../synth/index.ts';
import { emitVerilog } from '../emit/index.ts';
import { cellModels } from './cell-models.ts';
import type { Context, Outcome } from './command.ts';
import { requireRams, type TakenMemories, takenMemories } from './core-memories.ts';
import { coreSession, sessionSize } from './core-session.ts';
import type { MemoryManifest } from './documents.ts';
import { writeFileSet } from './file-set.ts';
import { playHints } from './interfaces.ts';
import { type MemorySubject, memorySubject } from './memory-subject.ts';
import { canonicalOptions, sizeText } from './names.ts';
import type { GenerateValues } from './options.ts';
import { withMeanings } from './port-meanings.ts';
import { portsOf } from './ports.ts';
import { drawActivations, drawWeights } from './product.ts';
import { columns, counted, grouped, percent } from './table.ts';

/** `hdl-gen --interface wishbone`, `uart` or `spi`: the core with its memories, and how a host reaches it. */
export async function run(asked: GenerateValues, context: Context): Promise<Outcome> {
  const { terminal, interrupts, version } = context;
  const subject = interrupts.uncovered(() => memorySubject(asked, context));
  const { core, array, values, rate, spoken, kind, device } = subject;
  const call = `hdl-gen ${canonicalOptions(values)}${subject.options}`;
  const madeBy = `${call} (Tercet ${version})`;
  const out = asked.out ?? `build/${subject.name}`;

  const { files, manifest, length } = interrupts.uncovered(() => {
    const design = spoken.design(core, rate);
    const memories = takenMemories(design);
    if (device !== undefined) requireRams(memories, device);
    const top = design.top.component;
    const verilog = Object.fromEntries(
      emitVerilog(design, { madeBy }).map(file => [`verilog/${file.name}`, file.text]),
    );
    const models = cellModels(design);
    const size = sessionSize(core);
    const product = {
      weights: drawWeights(size, array, asked.seed),
      activations: drawActivations(size, array.config, asked.seed),
    };
    const session = coreSession(product, core, matmul(product.weights, product.activations));
    const played = spoken.played(session, rate);
    const script = `vectors/${played.spoken.script.file}`;
    const ports = withMeanings(portsOf(design.top), spoken.meanings);
    const files: Record<string, string> = {
      ...verilog,
      ...models,
      [script]: played.script,
      'testbench.v': played.testbench({ top, madeBy, models: Object.keys(models) }),
      'tercet_registers.h': cHeader(),
      'registers.md': registerPage(),
      ...embeddingFiles({
        ...{ name: subject.name, version, madeBy, top, ports },
        description: `${spoken.description}, ${sizeText(array.config)}`,
        verilog: Object.keys(verilog),
        models: Object.keys(models),
        vectors: [script],
        interface: played.spoken,
      }),
    };
    const bits = windowBitsOf(core);
    const manifest: MemoryManifest = {
      schema: 'tercet.core/1',
      version,
      command: `${call} --seed ${asked.seed}`,
      config: { ...core },
      configurationHash: configurationOf(core),
      interface: kind,
      clockMHz: kind === 'wishbone' ? null : rate.clockHz / 1e6,
      baud: kind === 'uart' ? rate.baud : null,
      top,
      ports,
      windows: (Object.keys(windows) as WindowName[]).map(window => ({
        name: window,
        firstWord: windows[window] * 2 ** windowAddressBits,
        words: 2 ** bits[window],
      })),
      memories,
      vectors: { transfers: played.count, testbench: 'testbench.v' },
      files: Object.keys(files),
    };
    files['manifest.json'] = `${JSON.stringify(manifest, undefined, 2)}\n`;
    return { files, manifest, length: played.length };
  });
  writeFileSet(out, files, 'manifest.json');

  const verilogFiles = manifest.files.filter(path => path.startsWith('verilog/'));
  const { bram, spram } = manifest.memories;
  await terminal.result(colors =>
    columns(
      [
        [
          'core',
          `${sizeText(array.config)}, ${core.activationBits}-bit activations, weights as ${core.encoding}`,
        ],
        ['memories', memoryText(core)],
        ['blocks', `${counted(bram, 'block RAM')}${spram === 0 ? '' : ` and ${spram} SPRAMs`}`],
        ...devicesFor(subject).map(
          each => [`on ${each.name}`, estimateText(core, manifest.memories, each)] as const,
        ),
        spoken.row(rate),
        ['Verilog', `${counted(verilogFiles.length, 'module')} in ${out}/verilog, top ${manifest.top}`],
        ['test vectors', `${length}, played by ${out}/testbench.v`],
        [
          'for designs',
          `FuseSoC, cocotb, ${kind === 'wishbone' ? 'LiteX' : 'C'} and ${out}/instance.vh: see docs/embedding.md`,
        ],
        ['manifest', `${out}/manifest.json`],
      ],
      colors.bold,
    ),
  );
  terminal.hint(playHints(out, manifest));
  return { document: { ...manifest, out }, exitStatus: 0 };
}

/** The devices for which an estimate is shown where none is named. */
const usualDevices = ['hx8k', 'up5k'];

function devicesFor({ device }: MemorySubject): readonly Device[] {
  return device === undefined ? usualDevices.map(findDevice) : [device];
}

/** What the array will take and reach, where there is room for the memories. What is beside it in the core is not estimated. */
function estimateText(core: CoreParameters, { bram, spram }: TakenMemories, device: Device): string {
  if (bram > device.bram) return `no room: it has ${counted(device.bram, 'block RAM')}`;
  if (spram > device.spram) return `no room: it has ${device.spram === 0 ? 'no' : device.spram} SPRAMs`;
  const { lc, fmaxMHz } = estimateArray(coreGeometry(core).array, device, { form: 'array', onPins: false });
  const cells = `${grouped(lc.used)} logic cells (${percent(lc.used / lc.available, 0)})`;
  return `about ${cells} for the array alone and ${fmaxMHz.toFixed(0)} MHz, estimated`;
}

/** How much the memories hold, for a person. */
function memoryText({
  lanes,
  rows,
  batch,
  weightWords,
  activationDepth,
  resultDepth,
  store,
}: CoreParameters): string {
  const weights = Math.floor((weightWords * lanes * rows) / batch);
  return [
    `${grouped(weights)} weights (${grouped(weightWords)} words of ${store.toUpperCase()})`,
    `${grouped(activationDepth)} beats of activations`,
    `${grouped(resultDepth)} results`,
  ].join(', ');
}
