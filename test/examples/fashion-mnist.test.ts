import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { accuracy, openModel, readNpy } from '../../model/index.ts';
import { readFloatLayers, readLayers, relu, runFloats } from '../../model/layers/index.ts';
import { runOnHost } from '../../model/plan/index.ts';
import type { FloatMatrix } from '../../model/schemes/index.ts';

/* What scripts/train/fashion_mnist.py has trained and written, against the accuracies that PyTorch told of the same 1,000 images. */

const path = (name: string): string =>
  join(resolve(import.meta.dirname, '../../examples/fashion-mnist'), name);

const pixels = readNpy(path('test-images.npy'));
const images: FloatMatrix = {
  rows: pixels.shape[0]!,
  columns: pixels.shape[1]!,
  data: Float32Array.from(pixels.data as ArrayLike<number>, pixel => pixel / 255),
};
const labels = Int32Array.from(readNpy(path('test-labels.npy')).data as ArrayLike<number>);

const opened = <T>(name: string, read: (file: ReturnType<typeof openModel>) => T): T => {
  const file = openModel(path(`${name}.safetensors`));
  try {
    return read(file);
  } finally {
    file.source.close();
  }
};

/** What is right of the images, in thousandths, with ReLU between the layers. */
function rightOf<T>(layers: readonly T[], run: (layer: T, inputs: FloatMatrix) => FloatMatrix): number {
  const outputs = layers.reduce((inputs, layer, i) => run(layer, i === 0 ? inputs : relu(inputs)), images);
  return Math.round(1000 * accuracy(outputs, labels));
}

describe('the perceptron for Fashion-MNIST', () => {
  test('in floats is right as often as in PyTorch', () => {
    expect(rightOf(opened('float', readFloatLayers), runFloats)).toBe(893);
  });

  // The trained layers of BitNet saw activations up to 127, and its own quantiser takes 128.
  test.each([
    ['b158', 897, 0],
    ['onebit', 893, 0],
    ['bitnet', 887, 3],
  ] as const)('trained as %s is right as often as in PyTorch', (name, right, away) => {
    const layers = opened(name, readLayers);
    expect(layers.map(({ scheme }) => scheme)).toEqual([name, name, name]);
    const found = rightOf(layers, ({ plan }, inputs) => runOnHost(plan, inputs));
    expect(Math.abs(found - right)).toBeLessThanOrEqual(away);
  });
});
