import { file, option } from '../option.ts';

/** The model file that is looked at, without the name of an option. */
export const modelFile = {
  ...option(
    'The data',
    file.optional(),
    'model file: GGUF, safetensors or .npy; without it the perceptron for Fashion-MNIST of the examples',
  ),
  isPositional: true,
} as const;
