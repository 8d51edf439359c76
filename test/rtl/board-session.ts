import { UartWire } from '../../host/index.ts';
import type { Circuit } from '../../ir/index.ts';
import { packActivations, packWeights, resultCount } from '../../model/core/index.ts';
import {
  addressOf,
  decodeResponse,
  encodeRequest,
  FrameSplitter,
  pack,
  type Request,
  type Response,
  registerOf,
} from '../../protocol/index.ts';
import type { CoreParameters } from '../../rtl/core/index.ts';
import { boardCore } from '../../rtl/top/index.ts';
import { createSimulation } from '../../sim/index.ts';
import { boardParameters } from '../support/small-board.ts';

/* A product in frames, from the bits on the one wire of a board to those on the other. */

export const core: CoreParameters = {
  ...boardParameters,
  lanes: 5,
  rows: 1,
  batch: 1,
  weightWords: 32,
  maxK: 64,
};
export const rates = { clockHz: 4_000_000, baud: 1_000_000 } as const;
export const leds = [
  { label: 'red', activeLow: true },
  { label: 'green', activeLow: false },
] as const;
export const board = boardCore({ core, ...rates, leds });
export const weights = [
  [1, 0, -1, 1, 1, -1],
  [-1, -1, 0, 0, 1, 1],
];
export const vector = [100, -128, 5, 0, 7, -3];

/** Requests for a whole product. */
export function requests(): Request[] {
  const { words, initial, shape } = packWeights(weights, core);
  const none = new Uint32Array();
  const write = (address: number, ...list: number[]) => ({
    ...{ command: 'write' as const, address, count: list.length },
    words: Uint32Array.from(list, value => value >>> 0),
  });
  const register = (name: Parameters<typeof registerOf>[0], values: object) =>
    write(addressOf('registers', registerOf(name).address), pack(registerOf(name) as never, values as never));
  const asks = [
    { command: 'sync' as const, address: 0, count: 0, words: none },
    ...words.map(({ offset, data }) => write(addressOf('weights', offset), data)),
    write(addressOf('activations', 2 ** 15), ...initial),
    ...packActivations([vector], 0, core, shape).map(({ offset, data }) =>
      write(addressOf('activations', offset), data),
    ),
    register('walk', { lastBeat: shape.beatsPerBlock - 1, lastBlock: 0, lastTile: shape.tiles - 1 }),
    register('control', { start: 1, abort: 0, clearErrors: 0, clearCycles: 1 }),
    {
      command: 'read' as const,
      address: addressOf('results', 0),
      count: resultCount(core, shape),
      words: none,
    },
    { command: 'read' as const, address: 0, count: 3, words: none },
  ];
  return asks.map((ask, sequence) => ({ ...ask, sequence }));
}

/** What the board answers, and the level of its line in each cycle. */
export function session(circuit: Circuit): { responses: Response[]; line: number[] } {
  const simulation = createSimulation(circuit, { seed: 5 });
  const line: number[] = [];
  const wire = new UartWire({
    simulation,
    ...rates,
    blockCycles: 256,
    disturb: ({ rx }) => line.push(...rx),
  });
  // One at a time after the power-on reset, as the buffer of the board has room for some only.
  const splitter = new FrameSplitter();
  const found: Response[] = [];
  for (let i = 0; i < 20; i++) wire.runBlock();
  for (const request of requests()) {
    wire.send(encodeRequest(request));
    for (let block = 0; block < 40 && found.at(-1)?.sequence !== request.sequence; block++)
      for (const piece of splitter.push(wire.runBlock())) {
        const decoded = decodeResponse(piece);
        if ('frame' in decoded) found.push(decoded.frame);
      }
  }
  return { responses: found, line };
}
