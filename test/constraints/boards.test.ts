import { describe, expect, test } from 'vitest';
import { type Board, boardSignals, boards, findBoard, readBoard, writePcf } from '../../constraints/index.ts';

describe('every board', () => {
  test.each(boards.map(board => [board.name, board] as const))(
    '%s: no two signals share a pin',
    (_, board: Board) => {
      const pins = [...boardSignals(board).values()];
      expect(new Set(pins).size).toBe(pins.length);
    },
  );
});

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

  test('pins that the package does not have, and pins that are there twice, are named by their field', () => {
    const uart = { rx: '1', tx: '2' };
    refused(
      JSON.stringify({ ...least, clock: { pin: '101', MHz: 25 } }),
      /clock\.pin: the hx1k in vq100 has no pin '101'/,
    );
    refused(JSON.stringify({ ...least, uart: { ...uart, tx: 'A1' } }), /uart\.tx: .* has no pin 'A1'/);
    refused(
      JSON.stringify({ ...least, uart: { rx: '1', tx: '1' } }),
      /uart\.tx: pin '1' is that of uart\.rx too/,
    );
    refused(
      JSON.stringify({ ...least, uart, leds: [{ pin: '3' }, { pin: '2' }] }),
      /leds\.1\.pin: .* of uart\.tx/,
    );
    expect(
      readBoard(JSON.stringify({ ...least, uart, leds: [{ pin: '3' }] }), 'mine.json').leds,
    ).toHaveLength(1);
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
    expect(() => findBoard('my board of 2031')).toThrow(
      expect.objectContaining({ help: expect.stringContaining('JSON file') }),
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
