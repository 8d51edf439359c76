import { z } from 'zod';
import { baud, outputStage } from './interface-options.ts';
import { file, option, type ValuesOf, whole } from './option.ts';
import { arrayOptions, json, seed, simOptions } from './options.ts';

/** An option of the array, of which a board has a usual value. */
function geometry<S extends z.ZodType>({ help }: { readonly help: string }, schema: S) {
  return option('The array', schema, `${help}; without it what suits the device`);
}

/** `hdl-gen matmul` */
export const matmulOptions = {
  weights: option(
    'The data',
    file.default('ternary'),
    "weights [M,K], a file of -1, 0 and 1 as .npy, text or JSON; 'ternary': drawn at random",
  ),
  activations: option(
    'The data',
    file.optional(),
    'activations [N,K], a .npy file; without it drawn at random',
  ),
  bias: option(
    'The data',
    file.optional(),
    'a whole number for each row of weights [M], a .npy file: added to its sums',
  ),
  labels: simOptions.labels,
  m: option('The data', whole(1, 65_536).optional(), 'rows of weights that are drawn (32)'),
  k: option('The data', whole(1, 65_536).optional(), 'columns that are drawn (120)'),
  n: option(
    'The data',
    whole(1, 2 ** 20).optional(),
    'vectors that are drawn (4), or the first ones of the file',
  ),
  board: option(
    'The target',
    z.string().min(1).default('icebreaker'),
    'board, or a .json file that describes yours',
  ),
  mhz: option(
    'The target',
    z.number().gt(0).max(1000).optional(),
    'clock in MHz that the board was built for, with its PLL; without it the clock of the board',
  ),
  port: option(
    'The target',
    file.optional(),
    'serial port of a real board, for example /dev/ttyUSB1; without it the board is simulated',
  ),
  baud,
  lanes: geometry(arrayOptions.lanes, whole(1, 1024).optional()),
  rows: geometry(arrayOptions.rows, whole(1, 64).optional()),
  batch: option(
    'The array',
    whole(1, 64).optional(),
    'vectors that share each read of the weights; without it 1',
  ),
  encoding: option(
    'The array',
    z.enum(['5in8', '2bit']).optional(),
    'how weights lie in the memory; without it five in a byte (5in8)',
  ),
  outputStage,
  shift: option(
    'The results',
    whole(0, 15).default(0),
    'bits by which each sum is shifted to the right, rounding down',
  ),
  relu: option('The results', z.boolean().default(false), 'what is below 0 becomes 0'),
  saturate: option('The results', z.boolean().default(false), 'results become the nearest of -128 to 127'),
  simulate: option(
    'The run',
    z.enum(['engine', 'netlist']).default('engine'),
    'what is simulated without --port: the top level as it was written, or the netlist that synthesis makes of it',
  ),
  resident: option(
    'The run',
    z.boolean().default(false),
    'the weights are on the board from the start (hdl-gen flash --weights), so they are not loaded',
  ),
  timeout: option('The run', whole(1, 86_400).default(600), 'seconds after which the product is given up'),
  seed,
  results: option('Output', file.optional(), 'write the results [N,M] to this .npy file'),
  json,
} as const;

export type MatmulValues = ValuesOf<typeof matmulOptions>;
