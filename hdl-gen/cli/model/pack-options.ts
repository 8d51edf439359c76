import { z } from 'zod';
import { file, option, type ValuesOf } from '../option.ts';
import { generateOptions, json } from '../options.ts';
import { modelFile } from './file-option.ts';

/** `hdl-gen model pack` */
export const packOptions = {
  file: modelFile,
  layer: option(
    'The data',
    file.optional(),
    'a matrix by its name, layers.0 for layers.0.weight; without it the first that is ternary',
  ),
  linearClass: option(
    'The data',
    z.enum(['bitlinear', 'autobitlinear']).optional(),
    "whether the scale of Hugging Face's BitNet divides (bitlinear) or multiplies; without it what the file tells",
  ),
  device: generateOptions.device,
  board: generateOptions.board,
  out: option('Output', file.optional(), 'folder for weights.bin and weights.json; without it build/<layer>'),
  json,
} as const;

export type PackValues = ValuesOf<typeof packOptions>;
