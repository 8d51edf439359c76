import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { encodeNpy, encodeSafetensors, readNpy } from '../../model/index.ts';
import { layersContent, quantiseLayer } from '../../model/layers/index.ts';
import { drawFloats } from '../model/schemes/draw-floats.ts';
import { hdlGen, packageFolder, workspace } from './helpers.ts';

describe('hdl-gen model run', () => {
  test('without a file runs a perceptron for Fashion-MNIST on a simulated board, and every sum is right', async () => {
    const { status, stdout } = await hdlGen('model run --n 2', { cwd: packageFolder });
    expect(status).toBe(0);
    expect(stdout).toMatch(/examples\/fashion-mnist\/b158.safetensors: 3 layers of BitNet b1.58/);
    expect(stdout).toMatch(/UART at 1,000,000 baud/);
    expect(stdout).toMatch(/the board against the integer reference: 404 sums, all equal/);
    expect(stdout).toMatch(/% loading weights, .* % sending vectors and reading sums, .* % computing/);
  });

  test('tells how many images are right, without the wire many at once', async () => {
    const example = join(packageFolder, 'examples', 'fashion-mnist');
    const rest = `--inputs ${example}/test-images.npy --input-scale 255 --labels ${example}/test-labels.npy`;
    const call = `model run ${example}/onebit.safetensors ${rest} --n 40 --simulate core --json`;
    const { status, stdout } = await hdlGen(call, { cwd: workspace() });
    expect(status).toBe(0);
    const { classification, layers, checks, wholeSeconds } = JSON.parse(stdout);
    expect(classification.of).toBe(40);
    expect(classification.accuracy).toBeGreaterThan(0.8);
    expect(checks[0]).toMatchObject({ mismatches: 0, values: 40 * 202 });
    expect(layers.map(({ scheme }: { scheme: string }) => scheme)).toEqual(['onebit', 'onebit', 'onebit']);
    expect(wholeSeconds).toBe(null);
  });
});

describe('hdl-gen model quantise, and then run', () => {
  test.each(['bitnet', 'b158', 'onebit', 'billm'])(
    '%s: exact integers on the simulated board',
    async scheme => {
      const cwd = workspace();
      const { rows, columns, data } = drawFloats(1, 12, 160);
      writeFileSync(join(cwd, 'w.npy'), encodeNpy({ dtype: 'float32', shape: [rows, columns], data }));
      const inputs = drawFloats(2, 300, columns, 'columns');
      writeFileSync(
        join(cwd, 'x.npy'),
        encodeNpy({ dtype: 'float32', shape: [300, columns], data: inputs.data }),
      );
      const calibration = scheme === 'billm' ? '--calibration x.npy' : '';
      const made = await hdlGen(`model quantise w.npy --scheme ${scheme} ${calibration} --json`, { cwd });
      expect(made.status).toBe(0);
      const { file, layers } = JSON.parse(made.stdout);
      expect(file).toBe(join('build', `w.${scheme}.safetensors`));
      expect(layers).toMatchObject([{ rows, columns }]);

      const call = `model run ${file} --float w.npy --inputs x.npy --n 3 --results y.npy --json`;
      const ran = await hdlGen(call, { cwd });
      expect(ran.status).toBe(0);
      const document = JSON.parse(ran.stdout);
      expect(document).toMatchObject({
        schema: 'tercet.model-run/1',
        on: 'board',
        vectors: 3,
        layers: [{ scheme, rows, columns, check: { mismatches: 0 } }],
      });
      expect(document.checks[0].values).toBeGreaterThan(0);
      expect(document.outputError).toBeGreaterThan(0.05);
      expect(document.outputError).toBeLessThan(1);
      expect(readNpy(join(cwd, 'y.npy')).shape).toEqual([3, 12]);
    },
  );

  test('a file that does not tell what its scale means is asked about', async () => {
    const cwd = workspace();
    const layer = { ...quantiseLayer('b158', drawFloats(1, 8, 16)), name: 'a' };
    const { tensors } = layersContent([layer]);
    writeFileSync(join(cwd, 'a.safetensors'), Buffer.concat(encodeSafetensors({ tensors })));
    const asked = await hdlGen('model run a.safetensors --simulate core', { cwd });
    expect(asked.status).toBe(2);
    expect(asked.stderr).toMatch(
      /TCT-6273: 'a.safetensors' does not tell whether the scale of the layer 'a'/,
    );
    const told = await hdlGen('model run a.safetensors --simulate core --linear-class bitlinear', { cwd });
    expect(told.status).toBe(0);
  });

  test('layers that do not follow each other, and floats of other layers, are told', async () => {
    const cwd = workspace();
    const layers = [16, 24].map((columns, i) => ({
      ...quantiseLayer('b158', drawFloats(i, 8, columns)),
      name: `layers.${i}`,
    }));
    writeFileSync(join(cwd, 'a.safetensors'), Buffer.concat(encodeSafetensors(layersContent(layers))));
    const data = drawFloats(3, 4, 16).data;
    writeFileSync(join(cwd, 'w.npy'), encodeNpy({ dtype: 'float32', shape: [4, 16], data }));
    const chain = await hdlGen('model run a.safetensors --simulate core', { cwd });
    expect(chain.status).toBe(2);
    expect(chain.stderr).toMatch(
      /TCT-5413: the layer 'layers.0' gives 8 outputs, and 'layers.1' behind it takes 24/,
    );
    const floats = await hdlGen('model run a.safetensors --layer layers.0 --float w.npy', { cwd });
    expect(floats.status).toBe(2);
    expect(floats.stderr).toMatch(
      /TCT-6271: 'w.npy' has \[4,16\] for the layer 'layers.0', which is \[8,16\]/,
    );
    const two = await hdlGen('model run a.safetensors --layer layers.1 --simulate core --json', { cwd });
    expect(JSON.parse(two.stdout).layers).toMatchObject([{ name: 'layers.1', check: { mismatches: 0 } }]);
  });

  test('quantises the example by default, and says how to go on', async () => {
    const cwd = workspace();
    const { status, stdout, stderr } = await hdlGen('model quantise', { cwd });
    expect(status).toBe(0);
    expect(existsSync(join(cwd, 'build', 'float.b158.safetensors'))).toBe(true);
    expect(stdout).toMatch(/3 layers of .*float.safetensors, by BitNet b1.58/);
    expect(stderr).toMatch(/to run it: hdl-gen model run build\/float.b158.safetensors --float/);
  });
});

test('hdl-gen model quantise tells a command that a shell takes, whatever the file is called', async () => {
  const cwd = workspace();
  const data = Float32Array.of(1, 2, 3, 4);
  writeFileSync(join(cwd, "my w's.npy"), encodeNpy({ dtype: 'float32', shape: [2, 2], data }));
  const { status, stderr } = await hdlGen(['model', 'quantise', "my w's.npy"], { cwd });
  expect(status).toBe(0);
  const words = execFileSync('sh', ['-c', `printf '%s\\n' ${/to run it: (.*)/.exec(stderr)![1]}`]);
  expect(words.toString().trim().split('\n')).toEqual([
    ...['hdl-gen', 'model', 'run', "build/my w's.b158.safetensors", '--float', "my w's.npy"],
  ]);
});

describe('hdl-gen model', () => {
  test('alone lists its commands', async () => {
    const { status, stdout } = await hdlGen('model', { cwd: workspace() });
    expect(status).toBe(0);
    expect(stdout).toMatch(/run +run quantised layers/);
    expect(stdout).toMatch(/quantise +floats become layers/);
  });

  test.each([
    ['model walk', 'TCT-6005', /'hdl-gen model' has no subcommand 'walk'; it has .*run/],
    ['model run a.npy b.npy', 'TCT-6005', /takes one file and options, but 'b.npy' is one word more/],
    ['model run nothere.gguf', 'TCT-5001', /'nothere.gguf' is not there/],
    ['model run w.npy', 'TCT-5412', /'w.npy' has no quantised layers/],
    ['model quantise w.npy --calibration w.npy', 'TCT-6006', /--calibration/],
    ['model quantise w.npy --scheme onebit', 'TCT-5414', /3 columns/],
    ['model run --inputs v.npy', 'TCT-6270', /'v.npy' has the shape \[3\]/],
    ['model run --inputs w.npy', 'TCT-5404', /inputs have 3 columns, and the layer takes 784/],
  ])('%s: a wrong call ends with its code', async (call, code, message) => {
    const cwd = workspace();
    const data = Float32Array.of(1, 2, 3, 4, 5, 6);
    writeFileSync(join(cwd, 'w.npy'), encodeNpy({ dtype: 'float32', shape: [2, 3], data }));
    writeFileSync(join(cwd, 'v.npy'), encodeNpy({ dtype: 'float32', shape: [3], data: data.slice(0, 3) }));
    const { status, stderr } = await hdlGen(call, { cwd });
    expect(stderr).toContain(code);
    expect(stderr).toMatch(message);
    expect(status).toBe(2);
  });
});
