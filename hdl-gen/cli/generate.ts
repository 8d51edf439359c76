import { embeddingFiles } from '../../embedding/index.ts';
import type { CostEstimate } from '../../estimate/index.ts';
import { mostTerms } from '../../rtl/ternary/index.ts';
import { matmul } from '../../sim/reference/index.ts';
import { emitVerilog } from '../emit/index.ts';
import { cellModels } from './cell-models.ts';
import type { Context, Outcome } from './command.ts';
import { coreOf } from './core.ts';
import type { Manifest } from './documents.ts';
import { streamInterface } from './embed.ts';
import { estimateCore } from './estimate.ts';
import { writeFileSet } from './file-set.ts';
import { hasMemories, playHints, requireInterface, requireOptions } from './interfaces.ts';
import {
  type ArrayConfig,
  arrayName,
  type CoreConfig,
  canonicalOptions,
  configDocument,
  sizeText,
  toldArrayConfig,
} from './names.ts';
import type { GenerateValues } from './options.ts';
import { toldPorts } from './port-meanings.ts';
import { portsOf } from './ports.ts';
import { requireStreamed } from './streamed.ts';
import { columns, counted, grouped, percent } from './table.ts';
import type { Terminal } from './terminal.ts';
import { testbench } from './testbench.ts';
import { makeVectors } from './vectors.ts';

/** `hdl-gen`: Verilog, test vectors, a testbench and a manifest. */
export async function run(values: GenerateValues, context: Context): Promise<Outcome> {
  requireInterface(values);
  requireOptions(values.interface, context.given, Object.keys(values));
  if (values.arch === 'hardwired') return (await import('./generate-hardwired.ts')).run(values, context);
  requireStreamed('hdl-gen', values);
  if (hasMemories(values.interface)) return (await import('./generate-memory.ts')).run(values, context);
  const { terminal, interrupts, version } = context;
  const array = toldArrayConfig(values, terminal);
  const kind = values.interface;
  const estimates = kind === 'stream' ? await expected(values, array, terminal) : [];
  const core = kind === 'axi' ? (await import('./axi-core.ts')).axiCore(array as ArrayConfig) : coreOf(array);
  const name = `${arrayName(array)}${kind === 'stream' ? '' : `_${kind}`}`;
  const out = values.out ?? `build/${name}`;
  const options = canonicalOptions(values);
  const call = `hdl-gen ${options}${kind === 'stream' ? '' : ` --interface ${kind}`}`;
  const madeBy = `${call} (Tercet ${version})`;

  const { files, manifest } = interrupts.uncovered(() => {
    const design = core.design();
    const verilog = emitVerilog(design, { madeBy });
    const plainPorts = portsOf(design.top);
    const y = `${core.output.prefix}${core.output.field}`;
    const yBits = plainPorts.find(({ name }) => name === y)!.bits / array.rows;
    const vectors = makeVectors(core, values.seed, yBits, matmul);
    const ports = toldPorts(plainPorts, core, vectors.beats);
    const top = design.top.component;
    const verilogFiles = named('verilog', Object.fromEntries(verilog.map(({ name, text }) => [name, text])));
    const vectorFiles = named('vectors', vectors.files);
    const models = cellModels(design);
    const files: Record<string, string> = {
      ...verilogFiles,
      ...models,
      ...vectorFiles,
      'testbench.v': testbench({
        core,
        top,
        models: Object.keys(models),
        beats: vectors.beats,
        yBits,
        madeBy,
      }),
      ...embeddingFiles({
        ...{ name, version, madeBy, top, ports },
        description: `Ternary dot products, ${sizeText(array)}, ${array.activationBits}-bit activations`,
        verilog: Object.keys(verilogFiles),
        models: Object.keys(models),
        vectors: Object.keys(vectorFiles).filter(path => path.endsWith('.hex')),
        interface: streamInterface(kind, core, vectors.beats, yBits),
      }),
    };
    const { min, max, width } = core.sum;
    const manifest: Manifest = {
      schema: 'tercet.manifest/1',
      version,
      command: `${call} --seed ${values.seed}`,
      config: configDocument(core, values.seed),
      interface: kind,
      top,
      ports,
      latencyCycles: core.latency,
      macsPerCycle: array.lanes * array.rows,
      estimates,
      accumulator: { min: Number(min), max: Number(max), bits: width },
      vectors: {
        beats: vectors.beats.streams.at(-1)!.count,
        sums: vectors.beats.sums,
        testbench: 'testbench.v',
      },
      files: Object.keys(files),
    };
    files['manifest.json'] = `${JSON.stringify(manifest, undefined, 2)}\n`;
    return { files, manifest };
  });
  writeFileSet(out, files, 'manifest.json');

  const verilogFiles = manifest.files.filter(name => name.startsWith('verilog/'));
  await terminal.result(colors => {
    const lines: (readonly [string, string])[] = [
      ['array', `${sizeText(array)}, ${array.activationBits}-bit activations`],
      ['MACs per cycle', `${manifest.macsPerCycle}`],
      [
        'accumulator',
        `${counted(manifest.accumulator.bits, 'bit')}, sums of up to ${counted(mostTerms(array), 'product')}`,
      ],
      ['latency', `${counted(manifest.latencyCycles, 'cycle')} from the last beat to its sum`],
      ...estimates.map(each => [`on ${each.device}`, estimateText(each)] as const),
      ['Verilog', `${counted(verilogFiles.length, 'module')} in ${out}/verilog, top ${manifest.top}`],
      [
        'test vectors',
        `${counted(manifest.vectors.beats, 'beat')} in ${out}/vectors, played by ${out}/testbench.v`,
      ],
      ['for designs', `FuseSoC, cocotb, LiteX and ${out}/instance.vh: see docs/embedding.md`],
      ['manifest', `${out}/manifest.json`],
    ];
    return columns(lines, colors.bold);
  });
  terminal.hint(
    kind === 'stream'
      ? [`hdl-gen sim ${options}`, `hdl-gen build ${options} ${placeOption(values)}`]
      : playHints(out, manifest),
  );
  return { document: { ...manifest, out }, exitStatus: 0 };
}

function placeOption({ device, board, accumulator }: GenerateValues): string {
  return board === undefined
    ? `--device ${device ?? (accumulator === 'dsp' ? 'up5k' : 'hx8k')}`
    : `--board ${board}`;
}

function named(folder: string, files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text]));
}

/** The devices for which an estimate is shown where none is named: the largest one, and that of most small boards. */
const usualDevices = ['hx8k', 'up5k'];

/** What the array will take and reach, on the device that is named or on the usual ones. */
async function expected(
  values: GenerateValues,
  array: CoreConfig,
  terminal: Terminal,
): Promise<readonly CostEstimate[]> {
  const what = { form: 'stream', onPins: false } as const;
  if (values.device === undefined && values.board === undefined)
    return usualDevices
      .filter(device => !('accumulator' in array) || array.accumulator !== 'dsp' || device === 'up5k')
      .map(device => estimateCore(array, device, what));
  const { chooseTarget } = await import('./target.ts');
  const { estimateOn } = await import('./fit.ts');
  return [estimateOn(chooseTarget(values).device, array, terminal)];
}

/** `about 1,314 logic cells (17 %) and 209 MHz` */
function estimateText({ lc, bram, fmaxMHz }: CostEstimate): string {
  const memory = bram.used === 0 ? '' : `, ${counted(bram.used, 'block RAM')}`;
  const cells = `${grouped(lc.used)} logic cells (${percent(lc.used / lc.available, 0)})`;
  return `about ${cells}${memory} and ${fmaxMHz.toFixed(0)} MHz, estimated`;
}
