/**
 * The register map, the one place where it is told. A new register is a new row at the next free address; a row never
 * changes its address or its meaning once a version was released, because hosts and bitstreams of different ages meet.
 */
import type { Register } from './register.ts';

/** What `magic` reads as: the bytes `TCT1`, the first in the lowest bits. */
export const magic = 0x3154_4354;

/** Of frames and registers together. Hosts work with devices of the same major version. */
export const protocolVersion = { major: 2, minor: 0 } as const;

export const registers = [
  {
    name: 'magic',
    address: 0,
    access: 'read',
    meaning: 'tells that this is a Tercet core',
    fields: [
      {
        name: 'magic',
        low: 0,
        width: 32,
        meaning: "the bytes of 'TCT1', the first one lowest",
        reset: magic,
      },
    ],
  },
  {
    name: 'version',
    address: 1,
    access: 'read',
    meaning: 'the version of this register map and of the frames',
    fields: [
      {
        name: 'minor',
        low: 0,
        width: 8,
        meaning: 'grows when registers are added',
        reset: protocolVersion.minor,
      },
      {
        name: 'major',
        low: 8,
        width: 8,
        meaning: 'grows when something changes its meaning',
        reset: protocolVersion.major,
      },
    ],
  },
  {
    name: 'configuration',
    address: 2,
    access: 'read',
    meaning: 'tells two configurations apart: a host that expects another one has the wrong bitstream',
    fields: [{ name: 'hash', low: 0, width: 32, meaning: 'hash of all parameters of the core' }],
  },
  {
    name: 'geometry',
    address: 3,
    access: 'read',
    meaning: 'the size of the array',
    fields: [
      { name: 'lanes', low: 0, width: 16, meaning: 'weights that one row takes in a cycle' },
      { name: 'rows', low: 16, width: 8, meaning: 'dot products side by side' },
      { name: 'batch', low: 24, width: 8, meaning: 'activation vectors that share one read of the weights' },
    ],
  },
  {
    name: 'numbers',
    address: 4,
    access: 'read',
    meaning: 'the numbers that the core works with',
    fields: [
      { name: 'activationBits', low: 0, width: 6, meaning: 'bits of a signed activation' },
      { name: 'sumBits', low: 8, width: 6, meaning: 'bits of a signed sum' },
      {
        name: 'encoding',
        low: 16,
        width: 4,
        meaning: 'how weights lie in the memory',
        values: { '2bit': 0, '5in8': 1, '1of2': 2, '1bit': 3 },
      },
      {
        name: 'outputStage',
        low: 20,
        width: 1,
        meaning: '1: results can be shifted, saturated and cut at 0',
      },
      { name: 'doubleBuffered', low: 21, width: 1, meaning: '1: loading and reading overlap with a product' },
    ],
  },
  {
    name: 'weightCapacity',
    address: 5,
    access: 'read',
    meaning: 'the size of the window of weights',
    fields: [{ name: 'words', low: 0, width: 17, meaning: 'words' }],
  },
  {
    name: 'activationCapacity',
    address: 6,
    access: 'read',
    meaning: 'the size of the window of activations',
    fields: [{ name: 'words', low: 0, width: 17, meaning: 'words' }],
  },
  {
    name: 'resultCapacity',
    address: 7,
    access: 'read',
    meaning: 'the size of the window of results',
    fields: [{ name: 'words', low: 0, width: 17, meaning: 'words' }],
  },
  {
    name: 'limits',
    address: 8,
    access: 'read',
    meaning: 'how much of what goes with a job the core keeps',
    fields: [
      {
        name: 'activationDepth',
        low: 0,
        width: 16,
        meaning: 'beats of activations, in both halves of the buffer together',
      },
      { name: 'initialValues', low: 16, width: 16, meaning: 'initial values' },
    ],
  },
  {
    name: 'control',
    address: 9,
    access: 'command',
    meaning: 'starts and ends work; the other registers tell of it two cycles later',
    fields: [
      {
        name: 'start',
        low: 0,
        width: 1,
        meaning:
          '1: queues the job that the registers below tell; it begins when the one before has read its operands',
      },
      { name: 'abort', low: 1, width: 1, meaning: '1: ends all jobs; their results are of no meaning' },
      { name: 'clearErrors', low: 2, width: 1, meaning: '1: sets the errors in `status` to 0' },
      { name: 'clearCycles', low: 3, width: 1, meaning: '1: sets `cycles` to 0' },
    ],
  },
  {
    name: 'status',
    address: 10,
    access: 'read',
    meaning: 'what the core does',
    fields: [
      { name: 'busy', low: 0, width: 1, meaning: '1: a job is queued, runs, or still hands over results' },
      { name: 'running', low: 1, width: 1, meaning: '1: a job reads weights and activations' },
      {
        name: 'queued',
        low: 2,
        width: 1,
        meaning: '1: a job waits to begin; until it is 0 the registers of the job must stay as they are',
      },
      { name: 'runningHalf', low: 3, width: 1, meaning: 'the half of the activations that is read' },
      {
        name: 'startLost',
        low: 8,
        width: 1,
        meaning: 'error: a job was started while another one was queued',
      },
      {
        name: 'bufferInUse',
        low: 9,
        width: 1,
        meaning: 'error: activations were written to the half that was read',
      },
      { name: 'jobsDone', low: 16, width: 8, meaning: 'jobs whose results are complete, modulo 256' },
    ],
  },
  {
    name: 'walk',
    address: 11,
    access: 'write',
    meaning: 'the size of the product; it may only change while no job is queued or running',
    fields: [
      { name: 'lastBeat', low: 0, width: 8, meaning: 'beats in a block of columns, less 1' },
      {
        name: 'lastBlock',
        low: 8,
        width: 8,
        meaning: 'blocks of columns, less 1: each gives sums of its own, one block after the other',
      },
      { name: 'lastTile', low: 16, width: 12, meaning: 'tiles of rows, less 1' },
    ],
  },
  {
    name: 'weightPlace',
    address: 12,
    access: 'write',
    meaning: 'where the weights of the job begin',
    fields: [{ name: 'base', low: 0, width: 16, meaning: 'address of a word of the weight store' }],
  },
  {
    name: 'jobPlace',
    address: 13,
    access: 'write',
    meaning: 'where the other operands and the results of the job are',
    fields: [
      { name: 'initialBase', low: 0, width: 12, meaning: 'the first initial value' },
      { name: 'activationHalf', low: 16, width: 1, meaning: 'the half of the activations' },
      { name: 'resultHalf', low: 17, width: 1, meaning: 'the half of the results' },
    ],
  },
  {
    name: 'outputStage',
    address: 14,
    access: 'write',
    meaning: 'what happens to each sum, in this order; it may only change while no job is in work',
    fields: [
      { name: 'shift', low: 0, width: 4, meaning: 'bits by which it is shifted to the right, rounding down' },
      { name: 'relu', low: 8, width: 1, meaning: '1: what is below 0 becomes 0' },
      { name: 'saturate', low: 9, width: 1, meaning: '1: the nearest of -128 to 127' },
    ],
  },
  {
    name: 'cycles',
    address: 15,
    access: 'read',
    meaning: 'how long the core worked',
    fields: [{ name: 'cycles', low: 0, width: 24, meaning: 'cycles in which `busy` was 1, modulo 2^24' }],
  },
] as const satisfies readonly Register[];

type Row = (typeof registers)[number];

export type RegisterName = Row['name'];

/** The row of that name. */
export type RegisterOf<N extends RegisterName> = Extract<Row, { readonly name: N }>;

/** The row of a register, typed with its fields. */
export function registerOf<N extends RegisterName>(name: N): RegisterOf<N> {
  return registers.find(row => row.name === name) as RegisterOf<N>;
}
