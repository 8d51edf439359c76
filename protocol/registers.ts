/**
 * The register map, the one place where it is told. A new register is a new row at the next free address; a row never
 * changes its address or its meaning once a version was released, because hosts and bitstreams of different ages meet.
 */
import type { Register } from './register.ts';

/** What `magic` reads as: the bytes `TCT1`, the first in the lowest bits. */
export const magic = 0x3154_4354;

/** Of frames and registers together. Hosts work with devices of the same major version. */
export const protocolVersion = { major: 1, minor: 0 } as const;

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
] as const satisfies readonly Register[];

type Row = (typeof registers)[number];

export type RegisterName = Row['name'];

/** The row of that name. */
export type RegisterOf<N extends RegisterName> = Extract<Row, { readonly name: N }>;

/** The row of a register, typed with its fields. */
export function registerOf<N extends RegisterName>(name: N): RegisterOf<N> {
  return registers.find(row => row.name === name) as RegisterOf<N>;
}
