import { z } from 'zod';
import { option, type ValuesOf, whole } from './option.ts';

/*
 * The options of what a core speaks, and of the memories that it has behind a bus or a link.
 */

/** The rate of a link that nobody asks for: one that USB chips and all clocks from 4 MHz on can make. */
export const linkBaud = 1_000_000;

export const baud = option(
  'The target',
  whole(9600, 12_000_000).default(linkBaud),
  'bits a second of the UART: of the core that hdl-gen matmul talks to, and of --interface uart',
);

/** What a core can speak; those of `memoryInterfaces` have memories. */
export const memoryInterfaces = ['wishbone', 'uart', 'spi'] as const;
export type MemoryInterfaceName = (typeof memoryInterfaces)[number];

/** All that a core can speak. */
export const interfaceNames = ['stream', 'axi', ...memoryInterfaces] as const;

export const interfaceOption = option(
  'The array',
  z.enum(interfaceNames).default('stream'),
  'what the core speaks: bare valid/ready streams, or AXI4-Stream; with its memories behind it a Wishbone bus, a UART, or SPI as a slave',
);

/** The sizes of the memories, by the names that the core has for them. */
export const memoryOptions = {
  store: option(
    'Its memories',
    z.enum(['bram', 'spram']).optional(),
    'wishbone, uart, spi: where weights are; spram is that of an UltraPlus; without it what the device has',
  ),
  weightWords: option(
    'Its memories',
    whole(2, 65_536).optional(),
    'words of the weight store, a power of two; without it as many as half of the block RAMs hold',
  ),
  activationDepth: option(
    'Its memories',
    whole(4, 65_536).optional(),
    'beats of activations, of --lanes each, in both halves of their buffer together: a power of two',
  ),
  resultDepth: option(
    'Its memories',
    whole(4, 65_536).optional(),
    'results in both halves of their buffer together: a power of two',
  ),
  initialValues: option(
    'Its memories',
    whole(2, 4096).optional(),
    'initial values that are kept, one for each row of weights: a power of two',
  ),
} as const;

export const batchOption = option(
  'Its memories',
  whole(1, 64).default(1),
  'vectors that share each read of the weights',
);

export const outputStage = option(
  'The array',
  z.boolean().default(false),
  'the core of hdl-gen matmul can shift, saturate and cut results at 0',
);

export type MemoryOptionValues = ValuesOf<typeof memoryOptions>;

/** What is about a device alone, and not about a board. */
export const withoutBoard = {
  fill: false,
  interface: 'stream',
  store: undefined,
  weightWords: undefined,
  activationDepth: undefined,
  resultDepth: undefined,
  initialValues: undefined,
} as const;

export const linkMhz = option(
  'The target',
  z.number().gt(0).max(1000).optional(),
  'uart, spi: the clock of the core in MHz; without it that of the board, or 12',
);
