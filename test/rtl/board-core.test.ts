import { describe, expect, it } from 'vitest';
import { emitVerilog } from '../../hdl-gen/emit/index.ts';
import { elaborate } from '../../hdl-gen/lang/index.ts';
import { UartWire } from '../../host/index.ts';
import type { Circuit } from '../../ir/index.ts';
import { packActivations, packWeights, resultCount, unpackResults } from '../../model/core/index.ts';
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
import { boardCore, defaultCore } from '../../rtl/top/index.ts';
import { createSimulation, netlistCircuit } from '../../sim/index.ts';
import { findDevice, synthesise } from '../../synth/index.ts';
import { LintCases } from '../support/lint.ts';
import { caseOf, type RandomCase, verdicts } from '../support/random-case.ts';
import { boardParameters } from '../support/small-board.ts';
import { hasIcarus, missing } from '../support/tools.ts';

/*
 * The whole top level of a board, from the bits on one wire to those on the other: a product in frames. Then the same bits
 * go into its Verilog, which has to say the same on the other wire and on the lights in each cycle, and its netlist gives the same
 * answers.
 */

const core: CoreParameters = { ...boardParameters, lanes: 5, rows: 1, batch: 1, weightWords: 32, maxK: 64 };
const rates = { clockHz: 4_000_000, baud: 1_000_000 } as const;
const leds = [
  { label: 'red', activeLow: true },
  { label: 'green', activeLow: false },
] as const;
const board = boardCore({ core, ...rates, leds });
const weights = [
  [1, 0, -1, 1, 1, -1],
  [-1, -1, 0, 0, 1, 1],
];
const vector = [100, -128, 5, 0, 7, -3];

/** Requests for a whole product. */
function requests(): Request[] {
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
function session(circuit: Circuit): { responses: Response[]; line: number[] } {
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

describe('the top level of a board', () => {
  const design = elaborate(board);
  const { responses, line } = session(design.circuit);

  it('multiplies what comes over its wire', () => {
    const asked = requests();
    expect(responses.map(({ sequence, status }) => [sequence, status])).toEqual(
      asked.map(({ sequence }) => [sequence, 'done']),
    );
    const { shape } = packWeights(weights, core);
    const [[sums]] = unpackResults(responses.at(-2)!.words, core, shape) as [number[][]];
    expect(sums).toEqual(weights.map(row => row.reduce((sum, w, i) => sum + w * vector[i]!, 0)));
  });

  /** The levels of the line from the first cycle on; the simulation ran one block before the first of them. */
  const recorded = (): RandomCase => {
    const one = caseOf(board, 5, 1);
    const stimulus = [...Array<number>(256).fill(1), ...line].map(level => ({
      inputs: [BigInt(level)],
      domains: one.design.circuit.domains.map(({ name }) => name),
    }));
    return { ...one, stimulus };
  };

  it.skipIf(!hasIcarus)(
    `says the same bits as Verilog in Icarus${missing(hasIcarus, 'Icarus Verilog')}`,
    async () => {
      const [found] = await verdicts([recorded()], { icarus: true });
      expect(found!.difference?.text).toBeUndefined();
    },
  );

  it('says the same as a netlist', async () => {
    const files = Object.fromEntries(emitVerilog(design).map(({ name, text }) => [name, text]));
    const { netlistJson } = await synthesise({ files, top: 'board_core', device: findDevice('up5k') });
    expect(session(netlistCircuit(netlistJson).circuit)).toEqual({ responses, line });
  });

  const linted = new LintCases();
  linted.add('board', recorded().forIcarus);
  linted.tests();
});

describe('the core of a board', () => {
  it.each([
    ['an UltraPlus 5K', { bram: 30, spram: 4 }, 40],
    ['an 8K', { bram: 32, spram: 0 }, 20],
    ['a 1K', { bram: 16, spram: 0 }, 5],
  ])('of %s has as many lanes as its memories feed', (_, device, lanes) => {
    expect(defaultCore(device).lanes).toBe(lanes);
    expect(() => elaborate(boardCore({ core: defaultCore(device), ...rates, leds }))).not.toThrow();
  });
});
