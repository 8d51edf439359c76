import { z } from 'zod';
import { file, option, type ValuesOf } from '../option.ts';
import { json } from '../options.ts';
import { modelFile } from './file-option.ts';

/** `hdl-gen model inspect` */
export const inspectOptions = {
  file: modelFile,
  tensors: option('The data', file.optional(), 'only tensors whose name holds this text'),
  whole: option(
    'The run',
    z.boolean().default(false),
    'look at all numbers of large tensors too, and not at a sample of 262,144',
  ),
  json,
} as const;

export type InspectValues = ValuesOf<typeof inspectOptions>;
