import { beforeAll, describe, expect, test } from 'vitest';
import { type Board, boardSignals, boards, findBoard, writePcf } from '../../constraints/index.ts';
import {
  findDevice,
  findPackage,
  pack,
  placeAndRoute,
  type Synthesis,
  synthesise,
} from '../../synth/index.ts';

describe('every board', () => {
  let blink: Synthesis;

  beforeAll(async () => {
    // One synthesis serves all boards: the cells are the same, only the delays that ABC9 minds differ.
    const files = {
      'blink.v': `module blink(input clk, input rx, output tx, output [1:0] led);
        reg [21:0] count = 0;
        always @(posedge clk) count <= count + 1;
        assign led = count[21:20];
        assign tx = rx;
      endmodule`,
    };
    blink = await synthesise({ files, top: 'blink', device: findDevice('hx1k') });
  });

  const sizes: Readonly<Record<string, number>> = { up5k: 104090, hx1k: 32220, hx8k: 135100 };

  test.each(boards.map(board => [board.name, board] as const))(
    '%s: a blinking light becomes a bitstream',
    async (_, board) => {
      const device = findDevice(board.device);
      const placed = await placeAndRoute({
        netlistJson: blink.netlistJson,
        device,
        package: findPackage(device, board.package),
        targetMHz: board.clock.MHz,
        seed: 1,
        pcf: writePcf(board, { clk: 'clock', rx: 'rx', tx: 'tx', led: ['led0', 'led1'] }),
      });
      expect(placed.log).toContain("constrained 'clk' to bel");
      expect(placed.log).toContain("constrained 'led[1]' to bel");
      expect(placed.fmaxMHz).toBeGreaterThan(board.clock.MHz);
      const { bitstream } = await pack(placed.asc);
      expect(bitstream.length).toBe(sizes[board.device]);
    },
  );

  test.each(boards.map(board => [board.name, board] as const))(
    '%s: no two signals share a pin',
    (_, board: Board) => {
      const pins = [...boardSignals(board).values()];
      expect(new Set(pins).size).toBe(pins.length);
    },
  );
});

describe('finding a board', () => {
  test('takes the usual spellings', () => {
    expect(findBoard('iCEBreaker').device).toBe('up5k');
    expect(findBoard('hx8k_b_evn').package).toBe('ct256');
  });

  test('an unknown one is answered with the known ones and the nearest', () => {
    expect(() => findBoard('icebraker')).toThrow(
      expect.objectContaining({ code: 'TCT-4051', help: "did you mean 'icebreaker'?", exitStatus: 2 }),
    );
  });
});

describe('pin constraints', () => {
  test('are a PCF file that a person can read', () => {
    const wiring = { clk: 'clock', led: ['led0', 'led1'], button: 'button0', rx: 'rx', tx: 'tx' };
    expect(writePcf(findBoard('icebreaker'), wiring)).toBe(
      `# iCEBreaker 1.0: up5k in sg48
set_io clk 35
set_io led[0] 11
set_io led[1] 37
set_io button 10
set_io rx 6
set_io tx 9
`,
    );
  });

  test('a signal that the board lacks is named, with those that it has', () => {
    expect(() => writePcf(findBoard('icestick'), { b: 'button0' })).toThrow(
      expect.objectContaining({ code: 'TCT-4052', message: expect.stringContaining('clock, rx, tx, led0') }),
    );
  });

  test('two ports cannot be on one pin', () => {
    expect(() => writePcf(findBoard('icestick'), { a: 'led0', b: 'led0' })).toThrow(
      expect.objectContaining({ code: 'TCT-4053', message: expect.stringContaining("'a' and 'b'") }),
    );
  });
});
