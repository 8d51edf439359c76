import type { Command } from './command.ts';
import { energyOptions } from './energy/options.ts';
import { exploreOptions } from './explore/options.ts';
import { matmulOptions } from './matmul-options.ts';
import { inspectOptions } from './model/inspect-options.ts';
import { quantiseOptions, runOptions } from './model/options.ts';
import { packOptions } from './model/pack-options.ts';
import {
  buildOptions,
  cosimOptions,
  doctorOptions,
  flashOptions,
  generateOptions,
  proveOptions,
  simOptions,
} from './options.ts';

/** `hdl-gen` with options alone. */
export const generateCommand: Command = {
  name: 'hdl-gen',
  about: 'Verilog for a ternary MAC array, with test vectors, a testbench and a manifest',
  options: generateOptions,
  examples: [
    ['hdl-gen --lanes 64', 'Verilog of a 64-lane array, in build/'],
    ['hdl-gen --lanes 32 --rows 4 --out core', '128 MACs a cycle, in the folder core'],
    ['hdl-gen --interface wishbone', 'a core with its memories for a system on a chip'],
    ['hdl-gen sim --lanes 64', 'the same array, simulated against the integer reference'],
    ['hdl-gen build --lanes 64 --device hx8k', 'its area, its clock and a bitstream'],
  ],
  load: () => import('./generate.ts'),
};

/** The subcommands by what is typed behind `hdl-gen`. */
export const subcommands: Readonly<Record<string, Command>> = {
  sim: {
    name: 'hdl-gen sim',
    about: 'run the array cycle by cycle against the integer reference; or a circuit or Verilog of your own',
    options: simOptions,
    examples: [
      ['hdl-gen sim --lanes 64', 'random weights and activations, drawn from --seed'],
      ['hdl-gen sim --weights w.npy --activations x.npy', 'your own [M,K] and [N,K]'],
      ['hdl-gen sim --stalls --vcd wave.vcd', 'with pauses in both streams, and a trace'],
      ['hdl-gen sim --interface uart', 'a core with its memories, through the bits of its wire'],
      ['hdl-gen sim --circuit my.ts#counter', 'a circuit of your own: the oracle against the engine'],
      ['hdl-gen sim --verilog cpu.v memory.v --top system', 'Verilog of your own, with what it displays'],
    ],
    load: () => import('./sim.ts'),
  },
  cosim: {
    name: 'hdl-gen cosim',
    about: 'the same run in several simulators: circuit, emitted Verilog and synthesised netlist',
    options: cosimOptions,
    examples: [
      ['hdl-gen cosim --lanes 64', 'the array, by all that are there'],
      ['hdl-gen cosim --with cxxrtl,icarus', 'the Verilog by two simulators, without a netlist'],
      ['hdl-gen cosim --circuit my.ts#counter --cycles 500', 'a circuit of your own, with random inputs'],
    ],
    load: () => import('./cosim.ts'),
  },
  prove: {
    name: 'hdl-gen prove',
    about: 'what holds for all inputs: units = their specification, netlist = Verilog, your assertions',
    options: proveOptions,
    examples: [
      ['hdl-gen prove --lanes 64', 'the units of the array, and its netlist for an UP5K'],
      ['hdl-gen prove --lanes 8 --rows 4 --timeout 60', 'what is not decided after a minute stays open'],
      ['hdl-gen prove --circuit my.ts#counter', 'the assertions and covers of a circuit of your own'],
    ],
    load: () => import('./prove.ts'),
  },
  build: {
    name: 'hdl-gen build',
    about: 'synthesise, place and route: bitstream, report.json and logs',
    options: buildOptions,
    examples: [
      ['hdl-gen build --lanes 64 --device hx8k', 'area and speed of the array on an HX8K'],
      ['hdl-gen build --lanes 16 --board icebreaker', 'a self-test for a board: its LEDs tell the result'],
      ['hdl-gen build --mhz 100 --seeds 4', 'the best of four placements; exit status 1 below 100 MHz'],
      ['hdl-gen build --circuit my.ts#counter', 'a circuit of your own'],
      ['hdl-gen build --board icebreaker --circuit matmul', 'what hdl-gen matmul --port talks to'],
    ],
    load: () => import('./build.ts'),
  },
  flash: {
    name: 'hdl-gen flash',
    about: 'put a bitstream on a board; it is built first where it is not there yet',
    options: flashOptions,
    examples: [
      ['hdl-gen flash --board icebreaker --lanes 16', 'the self-test of the array'],
      [
        'hdl-gen flash --board fomu --dry-run',
        'the command that would be run, and whether the board is there',
      ],
      ['hdl-gen flash --board icestick --circuit my.ts#blink', 'a circuit of your own'],
      ['hdl-gen flash --board icebreaker --circuit matmul', 'what hdl-gen matmul --port talks to'],
      ['hdl-gen flash --board my.json --bitstream top.bin', 'your own board, and a file that is there'],
    ],
    load: () => import('./flash.ts'),
  },
  matmul: {
    name: 'hdl-gen matmul',
    about: 'multiply matrices on a board, or on a simulated one down to the bits of its serial wire',
    options: matmulOptions,
    examples: [
      ['hdl-gen matmul', 'two random matrices on a simulated iCEBreaker'],
      ['hdl-gen matmul --weights w.npy --activations x.npy --results y.npy', 'your own [M,K] and [N,K]'],
      ['hdl-gen matmul --port /dev/ttyUSB1', 'on a real board'],
      ['hdl-gen matmul --simulate netlist', 'on the netlist that goes to the chip'],
    ],
    load: () => import('./matmul.ts'),
  },
  energy: {
    name: 'hdl-gen energy',
    about:
      'what a design takes, from how often its nets change: power and energy for each MAC, low, mid and high',
    options: energyOptions,
    examples: [
      ['hdl-gen energy', 'an array of 16 lanes on an UP5K, with random data'],
      ['hdl-gen energy --lanes 64 --mhz 48 --weights w.npy --activations x.npy', 'your own [M,K] and [N,K]'],
      [
        'hdl-gen energy --placed placed.json --sdf delays.sdf',
        'any design: what nextpnr --write and --sdf wrote',
      ],
      [
        'hdl-gen energy --netlist design.json --stimulus run.vcd',
        'a netlist of Yosys, with the inputs of a dump',
      ],
      ['hdl-gen energy --interface wishbone', 'a core with its memories, at work and at rest'],
      ['hdl-gen energy --coefficients my-chip.json', 'with coefficients that you have measured'],
    ],
    load: () => import('./energy/energy.ts'),
  },
  'model inspect': {
    name: 'hdl-gen model inspect',
    about: 'what is in a model file: tensors, zeros, which schemes fit, and what they take on each device',
    options: inspectOptions,
    examples: [
      ['hdl-gen model inspect', 'a perceptron for Fashion-MNIST of trits'],
      ['hdl-gen model inspect ggml-model-i2_s.gguf', 'a model of any size: its numbers are sampled'],
      ['hdl-gen model inspect m.safetensors --tensors q_proj --whole', 'some of its tensors, all numbers'],
      ['hdl-gen model inspect w.npy --json', 'as one JSON document'],
    ],
    load: () => import('./model/inspect.ts'),
  },
  'model run': {
    name: 'hdl-gen model run',
    about: 'run quantised layers on a board, or on a simulated one; integers exact, errors against floats',
    options: runOptions,
    examples: [
      ['hdl-gen model run', 'a perceptron for Fashion-MNIST of trits, on a simulated iCEBreaker'],
      [
        'hdl-gen model run --n 100 --simulate core',
        'the same without the wire: 100 images, many times as fast',
      ],
      [
        'hdl-gen model run m.safetensors --layer layers.0 --inputs x.npy',
        'one layer, with your inputs [N,K]',
      ],
      ['hdl-gen model run m.gguf --float m.npy --port /dev/ttyUSB1', 'on a real board, against the floats'],
    ],
    load: () => import('./model/run.ts'),
  },
  'model quantise': {
    name: 'hdl-gen model quantise',
    about: 'floats become layers of BitNet, BitNet b1.58, OneBit or BiLLM, in a safetensors file',
    options: quantiseOptions,
    examples: [
      ['hdl-gen model quantise w.npy --scheme onebit', 'a matrix [M,K]'],
      ['hdl-gen model quantise m.safetensors --scheme b158 --out m158.safetensors', 'all of its matrices'],
      ['hdl-gen model quantise --scheme billm', 'the perceptron for Fashion-MNIST of the examples'],
      [
        'hdl-gen model quantise w.npy --scheme billm --calibration x.npy',
        'with what comes into the layer [N,K]',
      ],
    ],
    load: () => import('./model/quantise.ts'),
  },
  'model pack': {
    name: 'hdl-gen model pack',
    about:
      'the words that a ternary matrix of a model file is for a core, to be written to it without the host',
    options: packOptions,
    examples: [
      ['hdl-gen model pack', 'the first layer of a perceptron for Fashion-MNIST, for an UP5K'],
      ['hdl-gen model pack m.gguf --layer blk.0.attn_q --device hx8k', 'one matrix of a model'],
      ['hdl-gen model pack w.npy --board icebreaker --out weights', 'a matrix of -1, 0 and 1, for a board'],
    ],
    load: () => import('./model/pack.ts'),
  },
  explore: {
    name: 'hdl-gen explore',
    about: 'many configurations side by side: a table, explore.json and a picture of the Pareto front',
    options: exploreOptions,
    examples: [
      ['hdl-gen explore', 'all families in three sizes on an UP5K'],
      ['hdl-gen explore --lanes 8..64x2 --arch tree,tree-folded --device hx8k', '8, 16, 32 and 64 lanes'],
      ['hdl-gen explore --lanes 16..64+16 --cost lc', 'the smallest array for each rate'],
      ['hdl-gen explore --lanes 64 --seeds 8 --emit-jobs jobs.txt', 'a command a line, for other machines'],
      ['hdl-gen explore --collect results', 'what came back from them'],
    ],
    load: () => import('./explore/explore.ts'),
  },
  doctor: {
    name: 'hdl-gen doctor',
    about: 'what is installed, what is missing, and how to get it',
    options: doctorOptions,
    examples: [['hdl-gen doctor', 'a list of tools, with what each is for']],
    load: () => import('./doctor.ts'),
  },
};
