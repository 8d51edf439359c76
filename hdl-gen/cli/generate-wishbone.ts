import { embeddingFiles, type WishboneInterface, wishboneTestbench } from '../../embedding/index.ts';
import { configurationOf } from '../../model/core/index.ts';
import { addressBits, type WindowName, windowAddressBits, windows } from '../../protocol/index.ts';
import { windowBitsOf, wishboneCore } from '../../rtl/top/index.ts';
import { matmul } from '../../sim/reference/index.ts';
import { emitVerilog } from '../emit/index.ts';
import { elaborate } from '../lang/index.ts';
import type { Context, Outcome } from './command.ts';
import type { WishboneManifest } from './documents.ts';
import { writeFileSet } from './file-set.ts';
import { playHints } from './interfaces.ts';
import { arrayName, canonicalOptions, sizeText } from './names.ts';
import type { GenerateValues } from './options.ts';
import { controlMeanings, withMeanings } from './port-meanings.ts';
import { portsOf } from './ports.ts';
import { drawActivations, drawWeights } from './product.ts';
import { columns, counted, grouped } from './table.ts';
import { wishboneCoreOf } from './wishbone-core.ts';
import { transfersIn, wishboneScript } from './wishbone-script.ts';

const meanings = {
  ...controlMeanings,
  wb_cyc_i: '1: the bus is taken',
  wb_stb_i: '1: a transfer is asked for',
  wb_we_i: '1: it writes',
  wb_adr_i: 'address of a word of four bytes',
  wb_sel_i: 'bytes that are meant: a write takes all four',
  wb_dat_i: 'the word that is written',
  wb_ack_o: '1: the transfer is done',
  wb_err_o: '1: it is refused: no such address, or a write of less than four bytes',
  wb_dat_o: 'the word that was read',
};

/** `hdl-gen --interface wishbone`: the core with its memories on a Wishbone bus. */
export async function run(
  asked: GenerateValues,
  { terminal, interrupts, version, given }: Context,
): Promise<Outcome> {
  const { core, array, values } = interrupts.uncovered(() => {
    const { parameters, ...rest } = wishboneCoreOf(asked, given);
    return { core: parameters, ...rest };
  });
  const call = `hdl-gen ${canonicalOptions(values)} --interface wishbone`;
  const madeBy = `${call} (Tercet ${version})`;
  const name = `${arrayName(array.config)}_wishbone`;
  const out = values.out ?? `build/${name}`;

  const { files, manifest } = interrupts.uncovered(() => {
    const design = elaborate(wishboneCore(core));
    const top = design.top.component;
    const verilog = Object.fromEntries(
      emitVerilog(design, { madeBy }).map(file => [`verilog/${file.name}`, file.text]),
    );
    const size = {
      m: core.rows + 1,
      k: Math.min(core.maxK, 2 * core.lanes + Math.ceil(core.lanes / 2)),
      n: 2,
    };
    const product = {
      weights: drawWeights(size, array, values.seed),
      activations: drawActivations(size, array.config, values.seed),
    };
    const script = wishboneScript(product, core, matmul(product.weights, product.activations));
    const bus: WishboneInterface = {
      kind: 'wishbone',
      addressBits,
      script: { file: 'bus.hex', count: transfersIn(script) },
    };
    const ports = withMeanings(portsOf(design.top), meanings);
    const files: Record<string, string> = {
      ...verilog,
      'vectors/bus.hex': script,
      'testbench.v': wishboneTestbench({ top, madeBy }, bus),
      ...embeddingFiles({
        ...{ name, version, madeBy, top, ports },
        description: `Ternary matrix products on a Wishbone bus, ${sizeText(array.config)}`,
        verilog: Object.keys(verilog),
        vectors: ['vectors/bus.hex'],
        interface: bus,
      }),
    };
    const bits = windowBitsOf(core);
    const manifest: WishboneManifest = {
      schema: 'tercet.wishbone/1',
      version,
      command: `${call} --seed ${values.seed}`,
      config: { ...core },
      configurationHash: configurationOf(core),
      interface: 'wishbone',
      top,
      ports,
      windows: (Object.keys(windows) as WindowName[]).map(window => ({
        name: window,
        firstWord: windows[window] * 2 ** windowAddressBits,
        words: 2 ** bits[window],
      })),
      vectors: { transfers: bus.script.count, testbench: 'testbench.v' },
      files: Object.keys(files),
    };
    files['manifest.json'] = `${JSON.stringify(manifest, undefined, 2)}\n`;
    return { files, manifest };
  });
  writeFileSet(out, files, 'manifest.json');

  const verilogFiles = manifest.files.filter(path => path.startsWith('verilog/'));
  await terminal.result(colors =>
    columns(
      [
        [
          'core',
          `${sizeText(array.config)}, ${core.activationBits}-bit activations, weights as ${core.encoding}`,
        ],
        [
          'memories',
          `${grouped(core.weightWords)} words of weights, ${core.activationDepth} beats of activations`,
        ],
        [
          'bus',
          `Wishbone B4 classic, 32 bits, ${addressBits} address bits; docs/registers.md tells the words`,
        ],
        ['Verilog', `${counted(verilogFiles.length, 'module')} in ${out}/verilog, top ${manifest.top}`],
        ['test vectors', `${counted(manifest.vectors.transfers, 'transfer')}, played by ${out}/testbench.v`],
        ['for designs', `FuseSoC, cocotb, LiteX and ${out}/instance.vh: see docs/embedding.md`],
        ['manifest', `${out}/manifest.json`],
      ],
      colors.bold,
    ),
  );
  terminal.hint(playHints(out, manifest.top));
  return { document: { ...manifest, out }, exitStatus: 0 };
}
