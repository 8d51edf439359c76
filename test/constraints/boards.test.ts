import { beforeAll, describe, expect, test } from 'vitest';
import {
  type Board,
  boardSignals,
  boards,
  findBoard,
  pllSettings,
  readBoard,
  writePcf,
} from '../../constraints/index.ts';
import { requireBitstream } from '../../flash/index.ts';
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
  let echo: Synthesis;
  /** Where its settings are is of no matter for a place. */
  const fast: { pad?: Synthesis; core?: Synthesis } = {};

  beforeAll(async () => {
    // One synthesis serves all boards with the same parts: the cells are the same, only the delays that ABC9 minds differ.
    const make = (top: string, ports: string, more: string): Promise<Synthesis> => {
      const text = `module ${top}(input clk, output led${ports});
        reg [21:0] count = 0;
        always @(posedge clk) count <= count + 1;
        assign led = count[21];${more}
      endmodule`;
      return synthesise({ files: { [`${top}.v`]: text }, top, device: findDevice('hx1k') });
    };
    blink = await make('blink', '', '');
    echo = await make('echo', ', input rx, output tx', ' assign tx = rx;');
  });

  const sizes: Readonly<Record<string, number>> = { up5k: 104090, hx1k: 32220, hx8k: 135100, lp8k: 135100 };

  test.each(boards.map(board => [board.name, board] as const))(
    '%s: a blinking light becomes a bitstream',
    async (_, board) => {
      const device = findDevice(board.device);
      const placed = await placeAndRoute({
        netlistJson: (board.uart === undefined ? blink : echo).netlistJson,
        device,
        package: findPackage(device, board.package),
        targetMHz: board.clock.MHz,
        seed: 1,
        pcf: writePcf(board, wiringOf(board)),
      });
      expect(placed.log).toContain("constrained 'clk' to bel");
      expect(placed.log).toContain("constrained 'led' to bel");
      if (board.uart !== undefined) expect(placed.log).toContain("constrained 'tx' to bel");
      expect(placed.fmaxMHz).toBeGreaterThan(board.clock.MHz);
      const { bitstream } = await pack(placed.asc);
      expect(bitstream.length).toBe(sizes[board.device]);
      requireBitstream(bitstream, 'blink.bin', board);
    },
  );

  test.each(boards.map(board => [board.name, board] as const))(
    '%s: its PLL makes a clock from the pin',
    async (_, board) => {
      const device = findDevice(board.device);
      const wanted = board.clock.MHz === 48 ? 24 : 48;
      const { divr, divf, divq, filterRange } = pllSettings(device, board.clock.MHz, wanted);
      const isPad = board.clock.pll === 'pad';
      const text = `module fast(input clk, output led);
        wire quick, locked;
        SB_PLL40_${isPad ? 'PAD' : 'CORE'} #(.FEEDBACK_PATH("SIMPLE"), .DIVR(${divr}), .DIVF(${divf}),
          .DIVQ(${divq}), .FILTER_RANGE(${filterRange})) pll (.${isPad ? 'PACKAGEPIN' : 'REFERENCECLK'}(clk),
          .PLLOUTGLOBAL(quick), .LOCK(locked), .RESETB(1'b1), .BYPASS(1'b0));
        reg [21:0] count = 0;
        always @(posedge quick) if (locked) count <= count + 1;
        assign led = count[21];
      endmodule`;
      fast[isPad ? 'pad' : 'core'] ??= await synthesise({ files: { 'fast.v': text }, top: 'fast', device });
      const placed = await placeAndRoute({
        netlistJson: fast[isPad ? 'pad' : 'core']!.netlistJson,
        device,
        package: findPackage(device, board.package),
        targetMHz: wanted,
        seed: 1,
        pcf: writePcf(board, { clk: 'clock', led: 'led0' }),
      });
      expect(placed.log).toMatch(/constrained PLL 'pll' to/);
      expect(placed.fmaxMHz).toBeGreaterThan(wanted);
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

function wiringOf(board: Board): Record<string, string> {
  return { clk: 'clock', led: 'led0', ...(board.uart === undefined ? {} : { rx: 'rx', tx: 'tx' }) };
}

describe('a board of your own', () => {
  const least = { name: 'mine', device: 'iCE40-HX1K', package: 'vq100', clock: { pin: '15', MHz: 25 } };
  const refused = (json: string, seen: RegExp | string): void =>
    expect(() => readBoard(json, 'mine.json')).toThrow(
      expect.objectContaining({ code: 'TCT-4054', message: expect.stringMatching(seen), exitStatus: 2 }),
    );

  test('is a JSON file, of which most may be left out', () => {
    expect(readBoard(JSON.stringify(least), 'mine.json')).toEqual({
      ...least,
      title: 'mine',
      device: 'hx1k',
      leds: [],
      buttons: [],
      programmer: { usb: '0403:6010', commands: [['iceprog', '{file}']] },
    });
  });

  test.each(boards.map(board => [board.name, board] as const))('can say all that %s says', (_, board) => {
    expect(readBoard(JSON.stringify(board), 'mine.json')).toEqual(board);
  });

  test('what is wrong in it is named by its field', () => {
    refused('{', /the text: .*JSON/);
    refused('[]', /the board: /);
    refused(JSON.stringify({ ...least, clock: { pin: '15' } }), /clock\.MHz/);
    refused(JSON.stringify({ ...least, clocks: {} }), /clocks/);
    refused(JSON.stringify({ ...least, uart: { rx: 'A-1', tx: '2' } }), /uart\.rx: a pin as the package/);
    const programmer = { usb: '0403:6010', commands: [['iceprog']] };
    refused(JSON.stringify({ ...least, programmer }), /programmer\.commands: a '\{file\}'/);
  });

  test('an unknown device or package is told as everywhere', () => {
    const at = (fields: object) => () => readBoard(JSON.stringify({ ...least, ...fields }), 'mine.json');
    expect(at({ device: 'hx9k' })).toThrow(expect.objectContaining({ code: 'TCT-4001' }));
    expect(at({ package: 'sg48' })).toThrow(expect.objectContaining({ code: 'TCT-4002' }));
  });
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

  test('a single light is a port without an index', () => {
    expect(writePcf(findBoard('tinyfpga-bx'), { led: ['led0'] })).toContain('set_io led B3\n');
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
