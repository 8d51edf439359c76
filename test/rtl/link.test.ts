import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { elaborate } from '../../hdl-gen/lang/index.ts';
import { UartWire } from '../../host/index.ts';
import { FrameSplitter } from '../../protocol/index.ts';
import { uartRate } from '../../rtl/link/index.ts';
import { createSimulation, type Simulation } from '../../sim/index.ts';
import { ModelDevice, slowCrc, slowRequest, slowUnstuff } from '../support/model-device.ts';
import { plainBits, plainBoard, plainRegisters } from '../support/plain-core.ts';

/*
 * The link in hardware, at the level of its two wires, against a model that shares nothing with it. What is sent are requests
 * in and out of order, repetitions, damaged ones and rubbish.
 */

const clockHz = 12_000_000;

describe('the rate of a UART', () => {
  it.each([
    [12_000_000, 115_200],
    [12_000_000, 1_000_000],
    [12_000_000, 3_000_000],
    [16_000_000, 921_600],
    [48_000_000, 115_200],
    [48_000_000, 3_000_000],
    [100_000_000, 115_200],
    [25_125_000, 1_500_000],
  ])('from %i Hz for %i baud is within a thousandth', (clock, baud) => {
    const rate = uartRate(clock, baud);
    expect(Math.abs(rate.error)).toBeLessThanOrEqual(0.001);
    expect(rate.baud).toBeCloseTo((clock * rate.increment) / rate.modulus / rate.oversampling);
  });

  it('is refused where a bit has less than 4 cycles, and where there is none', () => {
    expect(() => uartRate(12_000_000, 4_000_000)).toThrow(
      expect.objectContaining({
        code: 'TCT-7401',
        help: expect.stringContaining('ask for 3000000 baud or less'),
      }),
    );
    expect(() => uartRate(16_000_000, 5_000_000)).toThrow(
      expect.objectContaining({
        help: expect.stringContaining('4000000 baud or less, such as the usual 3000000'),
      }),
    );
    expect(() => uartRate(12_000_000, 0.5)).toThrow(expect.objectContaining({ code: 'TCT-7403' }));
  });

  it('has an error of at most 0.2 % wherever it is not refused', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1e6, max: 2e8 }), fc.integer({ min: 300, max: 5e6 }), (clock, baud) => {
        let rate: ReturnType<typeof uartRate>;
        try {
          rate = uartRate(clock, baud);
        } catch {
          return;
        }
        // Pulses in a cycle, counted in a second way.
        const pulses = rate.increment / rate.modulus;
        expect(Math.abs((clock * pulses) / rate.oversampling / baud - 1)).toBeLessThanOrEqual(0.002);
        expect(pulses).toBeLessThanOrEqual(1);
      }),
    );
  });
});

/** Bytes that a board says to some bytes, with its wire at `hostBaud`. */
class Board {
  readonly simulation: Simulation;
  readonly wire: UartWire;

  constructor(parameters: { baud: number; lazy: boolean; hostBaud?: number; clockHz?: number }) {
    const { baud, lazy, hostBaud = baud, clockHz: clock = clockHz } = parameters;
    this.simulation = createSimulation(elaborate(plainBoard({ clockHz: clock, baud, lazy })).circuit);
    this.simulation.reset();
    this.wire = new UartWire({
      simulation: this.simulation,
      clockHz: clock,
      baud: hostBaud,
      blockCycles: 1024,
    });
  }

  say(bytes: Iterable<number>): number[] {
    this.wire.send(bytes);
    const heard: number[] = [];
    const { damaged } = this.wire;
    for (let silent = 0; silent < 4; ) {
      const some = this.wire.runBlock();
      heard.push(...some);
      silent = some.length > 0 || this.wire.isSending ? 0 : silent + 1;
    }
    expect(this.wire.damaged).toBe(damaged);
    return heard;
  }
}

/** The responses in some bytes. The words of one with a bad status mean nothing. */
function responses(bytes: Iterable<number>): string[] {
  return new FrameSplitter().push(bytes).map(piece => {
    const frame = slowUnstuff([...piece].reverse())!.reverse();
    expect(slowCrc(frame.slice(0, -2))).toBe(frame.at(-2)! * 256 + frame.at(-1)!);
    const status = frame.at(-3)!;
    const words = frame.slice(1, -3);
    return `${frame[0]} ${status} ${status === 0 ? words.join() : `${words.length} bytes`}`;
  });
}

const word = fc.oneof(fc.constant(0), fc.constantFrom(1, 0x0100_0000, 0xffff_ffff), fc.nat(0xffff_ffff));
const place = fc.oneof(
  fc.nat(300),
  fc.integer({ min: 950, max: 1030 }),
  fc.integer({ min: 65_500, max: 65_535 }),
);

/** Something that comes over the wire. */
const piece = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('request' as const),
      ahead: fc.constantFrom(0, 0, 0, 0, 0, 0, -1, -1, -5, -128, 1, 2, 127),
      command: fc.constantFrom(2, 2, 2, 3, 3, 3, 3, 1, 0, 9),
      window: fc.constantFrom(0, 1, 1, 2, 3, 3, 4, 15),
      place,
      words: fc.array(word, { minLength: 1, maxLength: 60 }),
      count: fc.option(fc.constantFrom(0, 61, 62, 64, 255)),
      extra: fc.constantFrom(0, 0, 0, 0, 0, 1, 4),
      damage: fc.option(fc.tuple(fc.constantFrom('changed', 'lost', 'extra'), fc.nat(), fc.nat(255)), {
        freq: 4,
      }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('rubbish' as const),
      bytes: fc.array(fc.oneof(fc.constant(0), fc.nat(255)), { maxLength: 300 }),
    }),
  },
);
type Piece = typeof piece extends fc.Arbitrary<infer T> ? T : never;

/** The bytes of the pieces; `number` is the number that the device expects, as long as nothing is damaged. */
function wireOf(pieces: readonly Piece[]): number[] {
  let number = 17;
  const out = slowRequest([16, 0x10, 0, 0, 0]);
  for (const each of pieces) {
    if (each.kind === 'rubbish') {
      out.push(...each.bytes);
      continue;
    }
    const { ahead, command, place, words, damage } = each;
    const isWrite = command === 3;
    // What registers do when they are written is for their own test.
    const window = isWrite && each.window % 4 === 0 ? 1 : each.window;
    const count = isWrite ? words.length : (each.count ?? words.length);
    const sequence = (number + ahead + 256) % 256;
    const data = isWrite ? words.flatMap(value => [0, 8, 16, 24].map(low => (value >>> low) & 255)) : [];
    const extra = isWrite ? [] : Array<number>(each.extra).fill(7);
    const frame = slowRequest([
      sequence,
      command * 16 + window,
      place % 256,
      place >> 8,
      count,
      ...data,
      ...extra,
    ]);
    if (damage !== null) {
      const [kind, where, byte] = damage;
      const at = where % frame.length;
      if (kind === 'extra') frame.splice(at, 0, byte);
      else if (kind === 'lost') frame.splice(at, 1);
      else frame[at] = byte;
    } else if (command === 1) number = (sequence + 1) % 256;
    else if (ahead === 0) number = (number + 1) % 256;
    out.push(...frame);
  }
  return out;
}

describe('the link', () => {
  it.each([
    ['at 4 cycles a bit', { baud: 3_000_000, lazy: false }],
    ['at 13.02 cycles a bit, with a core that is not always ready', { baud: 921_600, lazy: true }],
  ])('%s does what the model does, whatever comes', (_, parameters) => {
    const board = new Board(parameters);
    const { registers, weights, activations, results } = plainBits;
    const model = new ModelDevice([registers, weights, activations, results], plainRegisters);
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 12 }), pieces => {
        const wire = wireOf(pieces);
        expect(responses(board.say(wire))).toEqual(responses(wire.flatMap(byte => model.take(byte))));
      }),
      { numRuns: 100 },
    );
  });

  it.each([-0.02, 0.02])('understands a host whose clock is off by %d', off => {
    for (const [clock, baud] of [
      [12_000_000, 3_000_000],
      [12_000_000, 1_000_000],
      [12_000_000, 115_200],
      [48_000_000, 3_000_000],
      [100_000_000, 921_600],
    ] as const) {
      const board = new Board({ clockHz: clock, baud, hostBaud: baud * (1 + off), lazy: false });
      const words = Array.from({ length: 240 }, (_, i) => (i * 37) & 255);
      const wire = [
        ...slowRequest([4, 0x10, 0, 0, 0]),
        ...slowRequest([5, 0x31, 0, 0, 60, ...words]),
        ...slowRequest([6, 0x21, 0, 0, 60]),
      ];
      expect(responses(board.say(wire)), `${clock} Hz, ${baud} baud`).toEqual([
        '4 0 ',
        '5 0 ',
        `6 0 ${words}`,
      ]);
    }
  });

  it('answers a request that is longer or shorter than it says with a status, and goes on', () => {
    const board = new Board({ baud: 1_000_000, lazy: false });
    const wire = [
      ...slowRequest([4, 0x10, 0, 0, 0]),
      ...slowRequest([5, 0x31, 0, 0, 2, 1, 2, 3, 4]),
      ...slowRequest([6, 0x31, 0, 0, 1, 1, 2, 3, 4, 5]),
      ...slowRequest([7, 0x31, 0, 0, 3, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
      ...slowRequest([8, 0x31, 0, 0, 1, 1, 2, 3, 4]),
      ...slowRequest([9, 0x21, 0, 0, 1]),
    ];
    expect(responses(board.say(wire))).toEqual([
      '4 0 ',
      '5 5 0 bytes',
      '6 5 0 bytes',
      '7 5 0 bytes',
      '8 0 ',
      '9 0 1,2,3,4',
    ]);
  });

  it('refuses everything but a new session after a reset', () => {
    const board = new Board({ baud: 1_000_000, lazy: false });
    const read = slowRequest([5, 0x20, 0, 0, 1]);
    expect(responses(board.say(read))).toEqual(['5 2 0 bytes']);
    expect(responses(board.say([...slowRequest([4, 0x10, 0, 0, 0]), ...read]))).toHaveLength(2);
    board.simulation.reset();
    expect(responses(board.say(read))).toEqual(['5 2 0 bytes']);
  });

  it('answers the next session as ever after a reset in the middle of an answer', () => {
    const board = new Board({ baud: 1_000_000, lazy: false });
    const sync = slowRequest([4, 0x10, 0, 0, 0]);
    // An answer of 16 words takes eight blocks, and begins in the second one.
    for (let blocks = 1; blocks < 9; blocks++) {
      expect([blocks, ...responses(board.say(sync))]).toEqual([blocks, '4 0 ']);
      board.wire.send(slowRequest([5, 0x20, 0, 0, 16]));
      for (let i = 0; i < blocks; i++) board.wire.runBlock();
      board.simulation.reset();
      // What was on the wire, in both directions, comes to its end.
      for (let i = 0; i < 3; i++) board.wire.runBlock();
    }
    expect(responses(board.say(sync))).toEqual(['4 0 ']);
  });

  it('comes back into step when it begins to listen in the middle of bytes', () => {
    const board = new Board({ baud: 1_000_000, lazy: false });
    fc.assert(
      fc.property(fc.array(fc.nat(255), { minLength: 20, maxLength: 40 }), noise => {
        // The host sends without a pause, and the board wakes up somewhere in it.
        board.simulation.reset();
        const wire = board.wire;
        wire.send([...noise, ...slowRequest([4, 0x10, 0, 0, 0]), ...slowRequest([5, 0x20, 0, 0, 1])]);
        board.simulation.set('rst', 1);
        wire.runBlock();
        board.simulation.set('rst', 0);
        expect(responses(board.say([]))).toContain('5 0 84,67,84,49');
      }),
      { numRuns: 20 },
    );
  });
});
