import { z } from 'zod';
import type { Arch, StreamEncoding } from '../../rtl/ternary/index.ts';
import {
  batchOption,
  baud,
  interfaceOption,
  linkMhz,
  memoryOptions,
  outputStage,
  withoutBoard,
} from './interface-options.ts';
import { file, option, type ValuesOf, whole } from './option.ts';
import { timingWeight } from './placing-options.ts';

export type { Group, Option, OptionTable, ValuesOf } from './option.ts';

/*
 * Every option of `hdl-gen`: its range, its default, its help text. The command line, the config file and the help
 * are all made from this table; the key `activationBits` is `--activation-bits` on the command line.
 */

const texts: z.ZodArray<z.ZodString> = z.array(file);

/** The families of arrays and the encodings; named here too, so that a call which makes no array does not load them. */
export const encodings = [
  ...(['2bit', '5in8', '1bit', '1of2'] as const satisfies readonly StreamEncoding[]),
  '5in8s',
] as const;

export const archs = ['tree', 'tree-folded', 'binary', 'sparse'] as const satisfies readonly Arch[];

/** The numbers that decide what the array looks like, in the order in which a Verilog header tells them. */
export const arrayOptions = {
  lanes: option('The array', whole(1, 1024).default(64), 'ternary weights that a row takes in each cycle'),
  rows: option('The array', whole(1, 64).default(1), 'rows that are computed side by side'),
  activationBits: option('The array', whole(1, 16).default(8), 'bits of a signed activation'),
  maxK: option('The array', whole(1, 2 ** 24).default(4096), 'products in one sum at most'),
  maxM: option(
    'The array',
    whole(1, 16_384).default(512),
    'table: rows of a matrix at most, whose sums are kept',
  ),
  initBits: option('The array', whole(0, 32).default(16), 'bits of the initial value of a sum; 0: none'),
  pipeline: option('The array', whole(1, 16).default(1), 'levels of adders between two registers'),
  weights: option(
    'The array',
    file.default('ternary'),
    'kind of weights: ternary, or binary for --arch binary; with --arch hardwired their file: rows of -1, 0 and 1 as ' +
      'text, JSON or .npy',
  ),
  encoding: option(
    'The array',
    z.enum(encodings).optional(),
    'how weights come: 2bit or 5in8 (five weights in a byte) for the trees, 1bit for binary, 1of2 for sparse, 5in8s for ' +
      'table; without it the first of these',
  ),
  arch: option(
    'The array',
    z.enum([...archs, 'table', 'hardwired']).default('tree'),
    'how a row adds up its products: a plain tree, one that does the work of half of the gates in its adders, ' +
      'sums of weights -1 and +1 alone, half a tree for weights with a 0 in each pair; table: block RAMs hold all sums ' +
      'of five activations, and weights are addresses; hardwired: the weights are constants, and logic',
  ),
  negations: option(
    'The array',
    z.enum(['stored', 'counted']).default('stored'),
    'the number of weights -1 comes with the initial value, or is counted by logic: for weights that are not packed ' +
      'before, with --arch tree or sparse',
  ),
  accumulator: option(
    'The array',
    z.enum(['segments', 'chain', 'dsp']).default('segments'),
    'sums are kept in logic cells, in segments that work one edge after the other or in one chain; or each row in a DSP ' +
      'block of an UltraPlus (up5k, up3k, u4k)',
  ),
  cut: option(
    'The array',
    whole(4, 32).optional(),
    'tree-folded and binary: sums wider than this are cut into pieces of so many bits, of which each works an edge after ' +
      'the one below: shorter carry chains, a higher clock and a few cells more',
  ),
  form: option(
    'The array',
    z.enum(['parallel', 'serial']).default('parallel'),
    'hardwired: a vector a cycle, or a bit of each activation a cycle in a fraction of the area',
  ),
} as const;

export const seed = option(
  'The run',
  whole(1, 2 ** 31 - 1).default(1),
  'decides all that is drawn at random: the same seed gives the same bytes',
);
export const json = option(
  'Output',
  z.boolean().default(false),
  'print one JSON document on standard output and nothing else',
);
const device = option(
  'The target',
  z.string().min(1).optional(),
  'iCE40 device: lp384, lp1k, hx1k, u4k, up3k, up5k, lp4k, hx4k, lp8k or hx8k',
);
const board = option(
  'The target',
  z.string().min(1).optional(),
  'board, for example icebreaker, or a .json file that describes yours',
);
const rooflineOptions = {
  batch: option(
    'The target',
    whole(1, 65_536).default(1),
    'activation vectors that a weight serves each time it is read: moves the limit that the report tells',
  ),
  link: option(
    'The target',
    z.number().gt(0).max(1e9).optional(),
    'bytes a second that the link to the host carries: one more limit for the report',
  ),
} as const;
const circuit = option(
  'The run',
  file.optional(),
  'a circuit of your own in place of the array: file.ts#name of the export',
);
const out = option('Output', file.optional(), 'folder for the files; without it build/<name>');

/** `hdl-gen` alone: Verilog, vectors and manifest. */
export const generateOptions = {
  ...arrayOptions,
  interface: interfaceOption,
  ...memoryOptions,
  batch: batchOption,
  baud,
  mhz: linkMhz,
  device,
  board,
  seed,
  out,
  json,
} as const;

/** `hdl-gen sim` */
export const simOptions = {
  ...arrayOptions,
  interface: interfaceOption,
  ...memoryOptions,
  baud,
  mhz: linkMhz,
  weights: option(
    'The data',
    file.default('ternary'),
    "weights [M,K], a file of -1, 0 and 1 as .npy, text or JSON; 'ternary' or 'binary' (--arch binary): drawn at random",
  ),
  activations: option(
    'The data',
    file.optional(),
    'activations [N,K], a .npy file; without it drawn at random',
  ),
  labels: option('The data', file.optional(), 'labels [N], a .npy file: the accuracy is told'),
  m: option('The data', whole(1, 65_536).optional(), 'rows of weights that are drawn (4 x rows)'),
  k: option('The data', whole(1, 2 ** 24).optional(), 'columns that are drawn (4 x lanes)'),
  n: option('The data', whole(1, 2 ** 24).optional(), 'activation vectors that are drawn (64)'),
  stalls: option('The run', z.boolean().default(false), 'pause both streams at random'),
  engine: option(
    'The run',
    z.enum(['compiled', 'oracle']).default('compiled'),
    'compiled WebAssembly, or the slow interpreter that it is held against',
  ),
  circuit,
  verilog: {
    ...option('Verilog', texts.optional(), 'Verilog files of your own in place of the array'),
    isGreedy: true,
  },
  top: option('Verilog', file.optional(), 'its top module; without it the one that no other has within'),
  define: { ...option('Verilog', texts.optional(), 'a macro: NAME or NAME=VALUE'), letter: 'D' },
  include: { ...option('Verilog', texts.optional(), 'a folder where `include looks'), letter: 'I' },
  parameter: { ...option('Verilog', texts.optional(), 'a parameter of the top: NAME=VALUE'), letter: 'P' },
  clock: option('Verilog', texts.optional(), 'a clock that ticks; without it all do, together'),
  reset: option(
    'Verilog',
    texts.optional(),
    "a reset input: NAME, or NAME=0 where 0 resets; 'none': there is none; without it those that are called so",
  ),
  resetCycles: option('Verilog', whole(0, 2 ** 20).default(4), 'cycles at the begin with the resets on'),
  set: option('Verilog', texts.optional(), 'an input that keeps a value: NAME=VALUE; others are drawn'),
  cycles: option('The run', whole(1, 2 ** 30).default(1000), 'cycles of a run with --circuit or --verilog'),
  device,
  board,
  ...rooflineOptions,
  seed,
  results: option('Output', file.optional(), 'write the results [N,M] to this .npy file'),
  vcd: option('Output', file.optional(), 'write a trace of all signals to this .vcd file'),
  out: option(
    'Output',
    file.optional(),
    'folder for sim.json and results.npy; without it no folder is written',
  ),
  json,
} as const;

/** `hdl-gen build` */
export const buildOptions = {
  ...arrayOptions,
  interface: interfaceOption,
  ...memoryOptions,
  weights: {
    ...arrayOptions.weights,
    help: `${arrayOptions.weights.help}; with --circuit matmul the file of those that the board has from the start`,
  },
  device,
  board,
  mhz: option(
    'The target',
    z.number().gt(0).max(1000).optional(),
    'clock in MHz that must be reached; on a board its PLL makes it; without it the clock of the board, or as fast as it goes',
  ),
  seeds: option('The target', whole(1, 64).default(1), 'placements to try; the fastest is kept'),
  timingWeight,
  ...rooflineOptions,
  fill: option(
    'The target',
    z.boolean().default(false),
    'find the largest array that reaches --mhz on the device, or without --mhz the one of the highest rate; it ' +
      'chooses those of --lanes and --rows that are not given',
  ),
  outputStage,
  circuit: {
    ...circuit,
    help: `${circuit.help}; matmul: the core that hdl-gen matmul talks to, behind the UART of --board`,
  },
  baud,
  seed,
  out,
  json,
} as const;

/** `hdl-gen cosim` */
export const cosimOptions = {
  ...arrayOptions,
  weights: simOptions.weights,
  activations: simOptions.activations,
  m: simOptions.m,
  k: simOptions.k,
  n: option(
    'The data',
    whole(1, 2 ** 18).optional(),
    'activation vectors that are drawn; without it enough for --cycles',
  ),
  with: option(
    'The run',
    z.string().min(1).optional(),
    'who is asked beside the reference and the engine: cxxrtl, icarus, netlist, with commas between; ' +
      'without it all that are there',
  ),
  circuit,
  sources: option(
    'The run',
    z.string().min(1).optional(),
    'Verilog files of foreign modules, with commas between',
  ),
  cycles: option(
    'The run',
    whole(1, 2 ** 18).default(2000),
    'cycles to compare; with the array about so many',
  ),
  device,
  board,
  seed,
  out: option('Output', file.optional(), 'folder for cosim.json and a trace of the first difference'),
  json,
} as const;

/** `hdl-gen prove` */
export const proveOptions = {
  ...arrayOptions,
  circuit: option(
    'The run',
    file.optional(),
    'the assertions and covers of a circuit of your own in place of the array: file.ts#name of the export',
  ),
  sources: cosimOptions.sources,
  cycles: option(
    'The run',
    whole(1, 1000).default(20),
    'cycles that a property of --circuit is looked at, from power-up and in the induction',
  ),
  timeout: option(
    'The run',
    whole(1, 86_400).default(600),
    'seconds after which the claims that are not decided stay open: exit status 3',
  ),
  device,
  board,
  seed,
  json,
} as const;

/** `hdl-gen flash` */
const flashedOptions = Object.fromEntries(
  Object.entries(buildOptions).filter(([key]) => !(key in withoutBoard)),
) as Omit<typeof buildOptions, keyof typeof withoutBoard>;
export const flashOptions = {
  ...flashedOptions,
  board: option(
    'The target',
    z.string().min(1).default('icebreaker'),
    'board, or a .json file that describes yours',
  ),
  bitstream: option('The data', file.optional(), 'a bitstream that is there already, in place of the array'),
  with: option(
    'The run',
    z.string().min(1).optional(),
    'program that writes the flash; without it the first one that suits the board and is installed',
  ),
  usb: {
    ...option(
      'The run',
      z
        .string()
        .regex(/^\d+:\d+$/)
        .optional(),
      'the device that is meant where several are plugged in: BUS:ADDRESS as lsusb shows them',
    ),
    form: 'BUS:ADDRESS',
    example: '1:7',
  },
  dryRun: option('The run', z.boolean().default(false), 'show the command, and build and write nothing'),
} as const;

/** `hdl-gen doctor` */
export const doctorOptions = { json } as const;

export type GenerateValues = ValuesOf<typeof generateOptions>;
export type SimValues = ValuesOf<typeof simOptions>;
export type BuildValues = ValuesOf<typeof buildOptions>;
export type CosimValues = ValuesOf<typeof cosimOptions>;
export type ProveValues = ValuesOf<typeof proveOptions>;
export type FlashValues = ValuesOf<typeof flashOptions>;
export type DoctorValues = ValuesOf<typeof doctorOptions>;
export type ArrayValues = ValuesOf<Omit<typeof arrayOptions, 'weights'>>;
