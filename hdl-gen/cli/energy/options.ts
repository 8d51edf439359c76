import { z } from 'zod';
import { batchOption, baud, memoryInterfaces, memoryOptions } from '../interface-options.ts';
import { file, option, type ValuesOf, whole } from '../option.ts';
import { arrayOptions, buildOptions, simOptions } from '../options.ts';

const mostCycles = 1_000_000;

/** `hdl-gen energy` */
export const energyOptions = {
  ...arrayOptions,
  lanes: {
    ...arrayOptions.lanes,
    schema: whole(1, 1024).default(16),
  },
  interface: option(
    'The array',
    z.enum(['stream', ...memoryInterfaces]).default('stream'),
    'the array between its streams; or with its memories behind a Wishbone bus, a UART or SPI, while a host multiplies',
  ),
  ...memoryOptions,
  batch: batchOption,
  baud,
  weights: simOptions.weights,
  activations: simOptions.activations,
  m: simOptions.m,
  k: simOptions.k,
  columnOrder: option(
    'The data',
    z.enum(['steps', 'lanes']).default('steps'),
    'which columns meet in a beat: those side by side (steps), or with lanes those far apart, so that neighbours follow each ' +
      'other in one lane: the same product, with fewer changes where neighbours are alike',
  ),
  placed: option(
    'A placed design',
    file.optional(),
    "a design of your own in place of the array: what nextpnr's --write wrote",
  ),
  sdf: option('A placed design', file.optional(), "its delays: what nextpnr's --sdf wrote in the same run"),
  netlist: option(
    'A placed design',
    file.optional(),
    "a design of your own that is not placed yet: what Yosys' write_json wrote, flat, after synth_ice40",
  ),
  vcd: option(
    'A placed design',
    file.optional(),
    'take how often its nets change from this .vcd file, a dump of the same netlist',
  ),
  stimulus: option(
    'A placed design',
    file.optional(),
    'give it the inputs that this .vcd file has, a dump of anything with inputs of the same names',
  ),
  scope: option(
    'A placed design',
    z.string().min(1).optional(),
    'the scope of its top in the .vcd file, bench.dut; without it the one that fits best',
  ),
  clock: option(
    'A placed design',
    z.string().min(1).optional(),
    'its clock in the .vcd file, by which cycles are counted; without it the name of its own clock',
  ),
  leastShare: option(
    'A placed design',
    z.number().min(0).max(1).default(0.5),
    'the share of its nets that the .vcd file must have',
  ),
  reset: { ...simOptions.reset, group: 'A placed design' },
  resetCycles: { ...simOptions.resetCycles, group: 'A placed design' },
  set: { ...simOptions.set, group: 'A placed design' },
  device: buildOptions.device,
  board: buildOptions.board,
  mhz: option(
    'The target',
    z.number().gt(0).max(1000).optional(),
    'clock in MHz; without it that of the board, or 12',
  ),
  clockMhz: option(
    'A placed design',
    simOptions.set.schema,
    'a clock that has another one, NAME=MHZ; may be given several times',
  ),
  coefficients: option(
    'The target',
    file.optional(),
    'coefficients of your own chip, a JSON file that npm run calibrate -- --out wrote',
  ),
  cycles: option('The run', whole(1, mostCycles).default(2000), 'cycles whose changes are counted'),
  seed: buildOptions.seed,
  out: option(
    'Output',
    file.optional(),
    'folder for energy.json and energy.svg; without it build/energy_<name>',
  ),
  json: buildOptions.json,
} as const;

export type EnergyValues = ValuesOf<typeof energyOptions>;
