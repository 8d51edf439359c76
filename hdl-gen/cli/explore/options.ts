import { z } from 'zod';
import { file, option, swept, type ValuesOf, whole } from '../option.ts';
import { archs, arrayOptions, encodings, json } from '../options.ts';

/** `hdl-gen explore` */
export const exploreOptions = {
  lanes: swept(arrayOptions.lanes, [8, 16, 32]),
  rows: swept(arrayOptions.rows, [1]),
  activationBits: swept(arrayOptions.activationBits, [8]),
  arch: swept(
    option(
      'The array',
      z.enum([...archs, 'table']),
      'families: how a row adds up its products; table too, if named',
    ),
    [...archs],
  ),
  encoding: swept(
    option(
      'The array',
      z.enum(['own', ...encodings]),
      'how weights come: own, as the codes of each family; or 5in8 and the other names of --encoding',
    ),
    ['own'],
  ),
  pipeline: swept(arrayOptions.pipeline, [1]),
  streams: option(
    'The array',
    z.enum(['without', 'with']).default('without'),
    'with: each array between its streams, as hdl-gen emits it; without: alone, where it can stand alone; tables and what ' +
      'decodes 5in8 cannot',
  ),
  maxK: arrayOptions.maxK,
  maxM: arrayOptions.maxM,
  initBits: arrayOptions.initBits,
  device: swept(option('The target', z.string().min(1), 'iCE40 devices'), ['up5k']),
  seeds: option('The target', whole(1, 64).default(1), 'placements to try of each; the fastest is kept'),
  seed: option('The target', whole(1, 2 ** 31 - 1).default(1), 'the first of these seeds'),
  cost: option(
    'The run',
    z.enum(['lc-per-mac', 'lc', 'pj-per-mac']).default('lc-per-mac'),
    'what the front weighs against GMAC/s: logic cells for each MAC, those of the whole array, or the energy of a MAC, for which ' +
      'each is placed once more',
  ),
  jobs: option(
    'The run',
    whole(1, 1024).optional(),
    'placements side by side, up to 1.2 GB of memory each; without it one for each core, as memory allows',
  ),
  emitJobs: option(
    'Other machines',
    file.optional(),
    'write a shell command for each configuration to this file, and measure nothing',
  ),
  into: option('Other machines', file.default('results'), 'folder that the commands of --emit-jobs write to'),
  collect: option('Other machines', file.optional(), 'put together what came back into this folder'),
  point: option('Other machines', file.optional(), 'measure one configuration and write it to this file'),
  out: option(
    'Output',
    file.default('build/explore'),
    'folder for explore.json and the picture of the front',
  ),
  json,
} as const;

export type ExploreValues = ValuesOf<typeof exploreOptions>;
