import {
  closeSync,
  ftruncateSync,
  openSync,
  readdirSync,
  readFileSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ModelDocument, WeightsDocument } from '../../hdl-gen/cli/index.ts';
import { elaborate } from '../../hdl-gen/lang/index.ts';
import { type Piece, SimulatedPort, TernaryDevice } from '../../host/index.ts';
import {
  encodeFloats,
  encodeHfBitnet,
  openModel,
  readTernary,
  tensorNamed,
  writeSafetensors,
} from '../../model/index.ts';
import { type CoreParameters, ternaryCore } from '../../rtl/core/index.ts';
import { createSimulation } from '../../sim/index.ts';
import { handGguf } from '../model/files.ts';
import { golden } from '../model/weights.ts';
import { hdlGen, packageFolder, workspace } from './helpers.ts';

describe('hdl-gen model', () => {
  test('alone tells what there is', async () => {
    const { status, stdout } = await hdlGen('model', { cwd: workspace() });
    expect(status).toBe(0);
    expect(stdout.match(/^ {2}\w+/gm)).toEqual(['  inspect', '  run', '  quantise', '  pack']);
  });
});

describe('hdl-gen model inspect', () => {
  test('without a file looks into an example', async () => {
    const { status, stdout, stderr } = await hdlGen('model inspect', { cwd: packageFolder });
    expect(status).toBe(0);
    expect(`\n${stdout.replaceAll(/ on the core of each[\s\S]*/g, '\n')}`).toMatchInlineSnapshot(`
      "
        file            examples/fashion-mnist/b158.safetensors: safetensors, 28,932 bytes
          scheme        b158
          format        pt
          linear_class  bitlinear
          quant_method  bitnet
        tensors         9, 3 of them matrices

        tensor                 shape     type        bytes   bits   zeros  scheme
        layers.0.bias          [128]     F32           512  32.00   0.0 %
        layers.0.weight        [32,784]  U8 packed  25,088   2.00  48.7 %  b1.58 exactly
        layers.0.weight_scale  [1]       F32             4  32.00   0.0 %
        layers.1.bias          [64]      F32           256  32.00   0.0 %
        layers.1.weight        [16,128]  U8 packed   2,048   2.00  43.9 %  b1.58 exactly
        layers.1.weight_scale  [1]       F32             4  32.00   0.0 %
        layers.2.bias          [10]      F32            40  32.00   0.0 %
        layers.2.weight        [3,64]    U8 packed     192   2.00  28.0 %  b1.58 exactly
        layers.2.weight_scale  [1]       F32             4  32.00   0.0 %

        all matrices with one vector,
      "
    `);
    expect(stderr).toContain('hdl-gen model pack examples/fashion-mnist/b158.safetensors --layer layers.0');
  });

  test('tells of a GGUF file its tensors, zeros, schemes and costs as a document', async () => {
    const { status, stdout } = await hdlGen(`model inspect ${golden('weights.gguf')} --json`, {
      cwd: workspace(),
    });
    expect(status).toBe(0);
    const document = JSON.parse(stdout) as ModelDocument;
    expect(document).toMatchObject({
      schema: 'tercet.model/1',
      format: 'gguf',
      formatVersion: 3,
      bytes: 13_792,
      metadata: {
        'general.name': 'Gewichte für Prüfungen',
        'test.texts': '(string[3])',
        'test.large': '1152921504606846976',
      },
    });
    const [float, , , , tq2, cube] = document.tensors;
    const { trits } = ternaryGolden();
    const zeros = trits.filter(trit => trit === 0).length / trits.length;
    expect(tq2).toMatchObject({
      name: 'TQ2_0.weight',
      shape: [3, 512],
      bitsPerWeight: 2.0625,
      zeros: { share: zeros, of: 1536, isWhole: true },
      layer: { rows: 3, columns: 512, exact: ['b158'], byQuantising: [] },
    });
    // Its blocks have scales of their own, so its floats are of no scheme as they are.
    expect(float!.layer).toMatchObject({ exact: [], byQuantising: ['bitnet', 'b158', 'onebit', 'billm'] });
    expect(cube!.layer).toBeNull();
    const up5k = document.devices.find(({ device }) => device === 'up5k')!;
    expect(up5k).toMatchObject({ lanes: 40, matrices: 5, loads: 5 });
    // Each of five matrices takes at least its weights through 40 lanes.
    expect(up5k.cycles).toBeGreaterThan((5 * 3 * 512) / 40);
  });

  test('tells what the plan costs that will be packed, with sums for each block where their scales differ', async () => {
    const cwd = workspace();
    const name = golden('weights.gguf');
    const inspected = await hdlGen(`model inspect ${name} --tensors TQ2_0 --json`, { cwd });
    const [tensor] = (JSON.parse(inspected.stdout) as ModelDocument).tensors;
    const told = tensor!.layer!.costs.find(({ device }) => device === 'up5k')!;
    const packed = await hdlGen(`model pack ${name} --layer TQ2_0 --device up5k --json`, { cwd });
    const [product] = (JSON.parse(packed.stdout) as WeightsDocument).products;
    expect(product!.columnsPerBlock).toBe(256);
    const parts = product!.loads.flatMap(load => load.parts);
    expect(told.cycles).toBe(parts.reduce((sum, part) => sum + part.cycles, 0));
    expect(told.bytes.results).toBe(4 * 3 * 2);
  });

  test('looks at a sample of a large tensor, or at all of it', async () => {
    const cwd = workspace();
    // The first half is -1, the second 0; and there are two codes that no sample of neighbours is sure to meet.
    const data = new Uint8Array(66 * 2048).fill(0, 0, 66 * 1024).fill(0b01010101, 66 * 1024);
    for (let block = 0; block < 2048; block++) data.set([0, 0x3c], 66 * block + 64);
    const bytes = handGguf({ tensors: [{ name: 'w', sizes: [256, 2048], type: 35 }], data });
    writeFileSync(join(cwd, 'large.gguf'), bytes);
    const zerosOf = async (options: string): Promise<unknown> => {
      const { stdout } = await hdlGen(`model inspect large.gguf --json ${options}`, { cwd });
      return (JSON.parse(stdout) as ModelDocument).tensors[0]!.zeros;
    };
    expect(await zerosOf('')).toEqual({ share: 0.5, of: 2 ** 18, isWhole: false });
    expect(await zerosOf('--whole')).toEqual({ share: 0.5, of: 2 ** 19, isWhole: true });
    const { stdout } = await hdlGen('model inspect large.gguf', { cwd });
    expect(stdout).toMatch(/~50\.0 % {2}b1\.58 exactly\n {2}~: of a sample; --whole looks at all/);
  });

  test.each([
    ["'<f4'", 4],
    ["'<i8'", 8],
  ])(
    'looks at a sample of %s in a .npy file that is larger than any array in memory',
    async (descr, bytes) => {
      const cwd = workspace();
      const [rows, columns] = [(2 ** 33 + 2 ** 13) / (1000 * bytes), 1000].map(Math.floor);
      const text = `{'descr': ${descr}, 'fortran_order': False, 'shape': (${rows}, ${columns}), }`.padEnd(
        117,
      );
      const file = openSync(join(cwd, 'large.npy'), 'w');
      writeSync(
        file,
        Buffer.concat([Buffer.from('93', 'hex'), Buffer.from('NUMPY\x01\0v\0'), Buffer.from(`${text}\n`)]),
      );
      // What is behind is a hole, which reads as zeros and takes no room.
      ftruncateSync(file, 128 + rows! * columns! * bytes);
      closeSync(file);
      const { status, stdout } = await hdlGen('model inspect large.npy --json', { cwd });
      expect(status).toBe(0);
      expect((JSON.parse(stdout) as ModelDocument).tensors[0]).toMatchObject({
        shape: [rows, columns],
        zeros: { share: 1, of: 2 ** 18, isWhole: false },
      });
    },
  );

  test('shows the control characters of names and texts, and does not let the terminal obey them', async () => {
    const cwd = workspace();
    writeSafetensors(join(cwd, 'a.safetensors'), {
      metadata: { 'k\u001b[2J': 'v\r\n' },
      tensors: [{ name: 'a\u001b[31m\n', shape: [1], type: 'U8', data: new Uint8Array(1) }],
    });
    const { stdout } = await hdlGen('model inspect a.safetensors', { cwd });
    expect(stdout).toMatch(/ {2}k\\u001b\[2J +v\\u000d\\u000a\n/);
    expect(stdout).toMatch(/\n {2}a\\u001b\[31m\\u000a +\[1\]/);
    const { stderr } = await hdlGen('model run a.safetensors', { cwd });
    expect(stderr).toContain("its tensors are 'a\\u001b[31m\\u000a'");
  });

  test('lists what it cannot read, with the reason', async () => {
    const cwd = workspace();
    writeFileSync(
      join(cwd, 'tl.gguf'),
      handGguf({ tensors: [{ sizes: [256, 2], type: 42 }], data: new Uint8Array(128) }),
    );
    const { status, stdout } = await hdlGen('model inspect tl.gguf', { cwd });
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /not read: Q2_0 or TL2: the number 42 means Q2_0 in llama\.cpp, and TL2 in microsoft\/BitNet/,
    );
  });

  test('tells a damaged tensor among others', async () => {
    const cwd = workspace();
    const data = new Uint8Array(192).fill(0xff, 0, 64);
    const tensors = [
      { name: 'bad', sizes: [256], type: 35 },
      { name: 'good', sizes: [16], type: 0, begin: 96 },
    ];
    writeFileSync(join(cwd, 'half.gguf'), handGguf({ tensors, data }));
    const { status, stdout } = await hdlGen('model inspect half.gguf', { cwd });
    expect(status).toBe(0);
    expect(stdout).toMatch(/^ {2}good +\[16\] +F32 +64 +32\.00 +100\.0 %$/m);
    expect(stdout).toMatch(
      /not read: TQ2_0: the tensor 'bad' of 'half\.gguf' is no TQ2_0: it has the code 3/,
    );
  });

  test.each([
    ['model inspect none.gguf', 'TCT-5001', /'none\.gguf' is not there/],
    ['model inspect a.txt', 'TCT-5201', /is no GGUF, safetensors or \.npy file/],
    ['model inspect a.txt b.txt', 'TCT-6005', /'b\.txt' is one word more/],
    ['model inspekt', 'TCT-6005', /'hdl-gen model' has no subcommand 'inspekt'/],
  ])('%s is refused', async (call, code, words) => {
    const cwd = workspace();
    writeFileSync(join(cwd, 'a.txt'), 'a text, and no model');
    const { status, stdout, stderr } = await hdlGen(call, { cwd });
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(new RegExp(`^error ${code}`, 'm'));
    expect(stderr).toMatch(words);
  });
});

describe('hdl-gen model pack', () => {
  test('makes the words that the host writes for the same layer', async () => {
    const cwd = workspace();
    const call = `model pack ${golden('weights.gguf')} --layer TQ2_0 --device hx1k --out w`;
    const { status, stdout } = await hdlGen(call, { cwd });
    expect(status).toBe(0);
    expect(stdout).toMatch(/work +\d+ jobs?, \d+ loads? of weights/);
    const document = JSON.parse(readFileSync(join(cwd, 'w', 'weights.json'), 'utf8')) as WeightsDocument;
    const bytes = readFileSync(join(cwd, 'w', 'weights.bin'));
    expect(document).toMatchObject({ schema: 'tercet.weights/1', layer: 'TQ2_0', rows: 3, columns: 512 });
    const [product] = document.products;
    const { offset, bytes: size } = product!.loads[0]!;

    const core = document.core as unknown as CoreParameters;
    const written = new Map<number, number>();
    const port = new RecordingPort(written, createSimulation(elaborate(ternaryCore(core)).circuit));
    const device = await TernaryDevice.over(port, core);
    expect(device.identity.configuration).toBe(document.configuration);
    const { rows, columns, trits } = ternaryGolden();
    written.clear();
    await device.loadWeights({ rows, columns, data: trits }, { columnsPerBlock: product!.columnsPerBlock });
    expect(runsIn(bytes.subarray(offset, offset + size))).toEqual(written);
    await device.close();
  });

  test('takes a matrix of -1, 0 and 1 as it is, and writes nothing where floats are something else', async () => {
    const cwd = workspace();
    const digits = join(packageFolder, 'examples', 'digits', 'weights.npy');
    const { status, stdout } = await hdlGen(`model pack ${digits} --json`, { cwd });
    expect(status).toBe(0);
    const document = JSON.parse(stdout) as WeightsDocument;
    expect(document).toMatchObject({ scheme: 'b158', rows: 10, columns: 784, device: 'up5k' });
    expect(document.terms[0]!.scales).toEqual(Array(10).fill(1));
    expect(readdirSync(join(cwd, 'build', 'array')).sort()).toEqual(['weights.bin', 'weights.json']);

    const floats = await hdlGen(`model pack ${golden('weights.gguf')} --layer F32 --out no`, { cwd });
    expect(floats.status).toBe(2);
    expect(floats.stderr).toMatch(/error TCT-5211: the tensor 'F32\.weight'/);
    expect(readdirSync(cwd)).toEqual(['build']);
  });

  test('asks what the scale of a packed tensor means, where the file does not tell', async () => {
    const cwd = workspace();
    writeSafetensors(join(cwd, 'hf.safetensors'), {
      tensors: [
        { name: 'q.weight', shape: [2, 16], type: 'U8', data: encodeHfBitnet(new Int8Array(128).fill(1)) },
        { name: 'q.weight_scale', shape: [1], type: 'F32', data: encodeFloats('F32', Float32Array.of(4)) },
      ],
    });
    const asked = await hdlGen('model pack hf.safetensors', { cwd });
    expect([asked.status, asked.stderr]).toEqual([2, expect.stringContaining('--linear-class')]);
    for (const [linearClass, scale] of [
      ['bitlinear', 0.25],
      ['autobitlinear', 4],
    ]) {
      const { stdout } = await hdlGen(`model pack hf.safetensors --linear-class ${linearClass} --json`, {
        cwd,
      });
      expect((JSON.parse(stdout) as WeightsDocument).terms[0]!.scales).toEqual(Array(8).fill(scale));
    }
  });

  test.each([
    ['--device lp384', 'TCT-6275'],
    ['--layer none', 'TCT-5412'],
    ['--device hx8k --board icebreaker', 'TCT-6006'],
  ])('refuses %s', async (options, code) => {
    const { status, stderr } = await hdlGen(`model pack ${options}`, { cwd: workspace() });
    expect([status, stderr]).toEqual([2, expect.stringContaining(code)]);
  });
});

function ternaryGolden() {
  const file = openModel(golden('weights.gguf'));
  const weights = readTernary(file, tensorNamed(file, 'TQ2_0.weight'));
  file.source.close();
  return weights;
}

/** The words of a list of runs, by their addresses. */
function runsIn(bytes: Uint8Array): Map<number, number> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const words = new Map<number, number>();
  for (let at = 0; at < bytes.length; ) {
    const [address, count] = [view.getUint32(at, true), view.getUint32(at + 4, true)];
    at += 8;
    for (let i = 0; i < count; i++, at += 4) words.set(address + i, view.getUint32(at, true));
  }
  return words;
}

/** Keeps what is written. */
class RecordingPort extends SimulatedPort {
  readonly #written: Map<number, number>;

  constructor(written: Map<number, number>, simulation: ConstructorParameters<typeof SimulatedPort>[1]) {
    super('the core', simulation);
    this.#written = written;
  }

  override async writeAll(pieces: readonly Piece[], options = {}): Promise<void> {
    for (const { address, words } of pieces)
      for (const [i, word] of words.entries()) this.#written.set(address + i, word);
    await super.writeAll(pieces, options);
  }
}
