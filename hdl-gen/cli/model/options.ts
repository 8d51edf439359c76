import { z } from 'zod';
import { baud } from '../interface-options.ts';
import { matmulOptions } from '../matmul-options.ts';
import { file, option, type ValuesOf, whole } from '../option.ts';
import { json, seed } from '../options.ts';

const layer = option(
  'The data',
  z.array(file).optional(),
  'a layer by its name, layers.0 for layers.0.weight, or several; without it all, in the order of their names',
);
const inputScale = option(
  'The data',
  z.number().gt(0).max(1e9).optional(),
  'what the numbers of --inputs and --calibration are divided by: 255 for pixels that the model takes from 0 to 1',
);

/** `hdl-gen model quantise` */
export const quantiseOptions = {
  file: {
    ...option(
      'The data',
      file.optional(),
      'matrices of floats: safetensors, GGUF or .npy; without it the perceptron for Fashion-MNIST of the examples',
    ),
    isPositional: true,
  },
  scheme: option(
    'The run',
    z.enum(['bitnet', 'b158', 'onebit', 'billm']).default('b158'),
    'what the weights become: -1 and +1, trits, signs between two vectors, or blocks of planes',
  ),
  layer,
  calibration: option(
    'The data',
    file.optional(),
    'what comes into the first layer [N,K], a .npy file: billm asks for it; without it all inputs count the same',
  ),
  inputScale,
  search: option(
    'The run',
    z.enum(['saliency', 'weights']).default('saliency'),
    "billm: what its searches look at, the saliencies as the authors' program does, or the weights as the paper",
  ),
  block: option('The run', whole(1, 65_536).default(128), 'billm: columns of a block'),
  out: option(
    'Output',
    file.optional(),
    'the safetensors file; without it build/<name>.<scheme>.safetensors',
  ),
  json,
} as const;

/** `hdl-gen model run` */
export const runOptions = {
  file: {
    ...option(
      'The data',
      file.optional(),
      'quantised layers: safetensors or GGUF; without it the perceptron for Fashion-MNIST of the examples',
    ),
    isPositional: true,
  },
  layer,
  inputs: option(
    'The data',
    file.optional(),
    'what comes into the first layer [N,K], a .npy file; drawn at random without it',
  ),
  inputScale,
  n: option('The data', whole(1, 2 ** 20).optional(), 'vectors that are drawn, or how many of the file (4)'),
  labels: matmulOptions.labels,
  float: option(
    'The data',
    file.optional(),
    'the layers before they were quantised: safetensors, GGUF or .npy; the errors are told',
  ),
  between: option('The run', z.enum(['relu', 'nothing']).default('relu'), 'what stands between two layers'),
  linearClass: option(
    'The data',
    z.enum(['bitlinear', 'autobitlinear']).optional(),
    "whether the scale of Hugging Face's BitNet divides (bitlinear) or multiplies; needed where the file does not tell",
  ),
  board: matmulOptions.board,
  mhz: matmulOptions.mhz,
  port: matmulOptions.port,
  baud,
  simulate: option(
    'The run',
    z.enum(['board', 'core', 'netlist']).default('board'),
    'what is simulated without --port: the board down to the bits of its wire, its core alone (much faster), or the netlist of the board',
  ),
  timeout: option('The run', whole(1, 86_400).default(600), 'seconds after which the run is given up'),
  seed,
  results: option('Output', file.optional(), 'write the outputs [N,M] to this .npy file'),
  json,
} as const;

export type QuantiseValues = ValuesOf<typeof quantiseOptions>;
export type RunValues = ValuesOf<typeof runOptions>;
