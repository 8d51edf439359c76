import { fileURLToPath } from 'node:url';
import { openModel, readNpy } from '../../model/index.ts';
import {
  type FloatLayer,
  type Layer,
  readFloatLayers,
  readLayers,
  relu,
  runFloats,
} from '../../model/layers/index.ts';
import type { FloatMatrix } from '../../model/schemes/index.ts';

/** Layers with what comes into the first one, for calibration and for the measurement. */
export interface Source {
  readonly name: string;
  readonly layers: readonly FloatLayer[];
  readonly calibration: FloatMatrix;
  readonly inputs: FloatMatrix;
  /** Of the inputs, where the layers are a classifier. */
  readonly labels?: Int32Array;
}

const example = (name: string): string =>
  fileURLToPath(new URL(`../../examples/fashion-mnist/${name}`, import.meta.url));

/** The trained perceptron, with the first 1,000 images of the test set. */
export function fashion(): Source {
  return {
    name: 'Fashion-MNIST',
    layers: opened('float', readFloatLayers),
    calibration: images('calibration-images.npy'),
    inputs: images('test-images.npy'),
    labels: Int32Array.from(readNpy(example('test-labels.npy')).data as ArrayLike<number>),
  };
}

/** The layers that were trained with the quantisers of a scheme. */
export function trained(scheme: string): Layer[] {
  return opened(scheme, readLayers);
}

/**
 * A matrix of random weights: of a bell, or of Student's t with 3 degrees of freedom, whose tail is as heavy as that of many trained layers.
 * The inputs depend on each other, as those of real layers do.
 */
export function random(name: string, kind: 'gaussian' | 'heavy', rows: number, columns: number): Source {
  const normal = generator(kind === 'gaussian' ? 1 : 2);
  const weight = (): number => {
    if (kind === 'gaussian') return 0.02 * normal();
    const spread = (normal() ** 2 + normal() ** 2 + normal() ** 2) / 3;
    return (0.02 * normal()) / Math.sqrt(spread);
  };
  const weights = { rows, columns, data: Float32Array.from({ length: rows * columns }, weight) };
  const mixing = Float32Array.from({ length: columns * columns }, normal);
  const vectors = (count: number): FloatMatrix => {
    const data = new Float32Array(count * columns);
    for (let n = 0; n < count; n++)
      for (let j = 0; j < columns; j++) {
        const part = normal();
        for (let k = 0; k < columns; k++)
          data[n * columns + k]! += part * (j === k ? 1 : mixing[j * columns + k]! / Math.sqrt(columns));
      }
    return { rows: count, columns, data };
  };
  return {
    name,
    layers: [{ name: 'w', weights, bias: undefined }],
    calibration: vectors(2 * columns),
    inputs: vectors(64),
  };
}

/** What the float layers give, one behind the other with ReLU between them. */
export function floatOutputs(layers: readonly FloatLayer[], inputs: FloatMatrix): FloatMatrix {
  return layers.reduce((vectors, layer, i) => runFloats(layer, i === 0 ? vectors : relu(vectors)), inputs);
}

function opened<T>(name: string, read: (file: ReturnType<typeof openModel>) => T): T {
  const file = openModel(example(`${name}.safetensors`));
  try {
    return read(file);
  } finally {
    file.source.close();
  }
}

function images(name: string): FloatMatrix {
  const { shape, data } = readNpy(example(name));
  const [rows = 0, columns = 0] = shape;
  return { rows, columns, data: Float32Array.from(data as ArrayLike<number>, pixel => pixel / 255) };
}

/** Numbers of a bell (Box and Muller on xorshift32), the same for the same seed. */
function generator(seed: number): () => number {
  let state = Math.imul(seed, 0x9e37_79b9) | 1;
  const uniform = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return ((state >>> 0) + 0.5) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}
