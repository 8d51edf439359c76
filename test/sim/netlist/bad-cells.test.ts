import { describe, expect, test } from 'vitest';
import { Diagnostic } from '../../../diagnostic/index.ts';
import { createSimulation, netlistCircuit } from '../../../sim/index.ts';
import { Draw } from '../../support/draw.ts';
import { and, type Cell, netlist, refusal } from './bad-netlist.ts';

describe('cells of another form than their type', () => {
  /** Places from `first` on. */
  const from = (first: number, count: number) => Array.from({ length: count }, (_, i) => first + i);
  const bits = (value: number) => (value >>> 0).toString(2).padStart(32, '0');
  const forms: Readonly<Record<string, Cell>> = {
    $lut: { type: '$lut', parameters: { WIDTH: bits(2), LUT: '0110' }, connections: { A: [3, 4], Y: [5] } },
    $mem_v2: {
      type: '$mem_v2',
      parameters: {
        ...{
          MEMID: '\\words',
          SIZE: bits(4),
          WIDTH: bits(2),
          ABITS: bits(2),
          OFFSET: bits(0),
          INIT: '01101100',
        },
        ...{ RD_PORTS: bits(1), RD_CLK_ENABLE: '0', RD_CLK_POLARITY: '0', WR_PORTS: bits(1) },
        ...{ WR_CLK_ENABLE: '1', WR_CLK_POLARITY: '1' },
      },
      connections: {
        ...{ RD_ADDR: [3, 4], RD_DATA: [5, 6], RD_CLK: ['x'], RD_EN: ['1'] },
        ...{ WR_ADDR: [4, 3], WR_DATA: [3, 4], WR_EN: [3, 3], WR_CLK: [2] },
      },
    },
    $bmux: {
      type: '$bmux',
      parameters: { WIDTH: bits(1), S_WIDTH: bits(1) },
      connections: { A: [3, 4], S: [3], Y: [5] },
    },
    $demux: {
      type: '$demux',
      parameters: { WIDTH: bits(1), S_WIDTH: bits(1) },
      connections: { A: [3], S: [4], Y: [5, 6] },
    },
    $pmux: {
      type: '$pmux',
      parameters: { WIDTH: bits(1), S_WIDTH: bits(2) },
      connections: { A: [3], B: [3, 4], S: [3, 4], Y: [5] },
    },
    $shiftx: {
      type: '$shiftx',
      parameters: { A_SIGNED: '0', A_WIDTH: bits(2), B_SIGNED: '1', B_WIDTH: bits(2), Y_WIDTH: bits(1) },
      connections: { A: [3, 4], B: [4, 3], Y: [5] },
    },
    SB_LUT4: and(3, 4, 5),
    SB_MAC16: {
      type: 'SB_MAC16',
      parameters: { TOPOUTPUT_SELECT: '11', BOTOUTPUT_SELECT: '11', A_SIGNED: '1' },
      connections: { CLK: [2], A: Array(16).fill(3), B: Array(16).fill(4), O: from(5, 32) },
    },
    SB_RAM40_4K: {
      type: 'SB_RAM40_4K',
      parameters: { READ_MODE: bits(0), WRITE_MODE: bits(0) },
      connections: {
        ...{ RCLK: [2], RE: ['1'], RCLKE: ['1'], RADDR: Array(11).fill(3), RDATA: from(5, 16) },
        ...{
          WCLK: [2],
          WE: [4],
          WCLKE: ['1'],
          WADDR: Array(11).fill(4),
          WDATA: Array(16).fill(3),
          MASK: Array(16).fill('0'),
        },
      },
    },
  };
  const changed = (type: string, parameters: object, connections: object = {}) => {
    const cell = forms[type]!;
    return netlist({
      u: {
        ...cell,
        parameters: { ...cell.parameters, ...parameters },
        connections: { ...cell.connections, ...(connections as Cell['connections']) },
      },
    });
  };

  test.each(Object.keys(forms))('%s is read as it should be', type => {
    expect(() => createSimulation(netlistCircuit(JSON.stringify(changed(type, {}))).circuit)).not.toThrow();
  });

  test.each([
    [
      '$lut',
      { WIDTH: bits(30) },
      { A: Array(30).fill(3) },
      "its parameter 'WIDTH' is 30; expected a whole number from 0 to 12",
    ],
    ['SB_MAC16', {}, { O: [5] }, "its port 'O' has 1 bit; expected 32"],
    [
      '$mem_v2',
      { SIZE: bits(-4) },
      {},
      "its parameter 'SIZE' is 4294967292; expected a whole number from 1 to 2147483647",
    ],
    ['$mem_v2', { WIDTH: bits(0) }, {}, "its parameter 'WIDTH' is 0; expected a whole number from 1 to"],
    [
      'SB_RAM40_4K',
      { READ_MODE: bits(7) },
      {},
      "its parameter 'READ_MODE' is 7; expected a whole number from 0 to 3",
    ],
    [
      'SB_LUT4',
      { LUT_INIT: undefined },
      {},
      "its parameter 'LUT_INIT' is missing; expected a whole number from 0 to 65535",
    ],
    ['SB_LUT4', { LUT_INIT: '10z1' }, {}, "its parameter 'LUT_INIT' is '10z1'; expected a whole number"],
    ['$pmux', {}, { S: [3] }, "its port 'S' has 1 bit; expected 2"],
  ])('TCT-3205: %s %o %o', (type, parameters, connections, why) => {
    expect(refusal(changed(type, parameters, connections))).toContain(
      `TCT-3205: the cell 'u' (${type}) cannot be simulated: ${why}`,
    );
  });

  test('TCT-3212: a memory that is too large', () => {
    expect(refusal(changed('$mem_v2', { SIZE: bits(2 ** 27) }))).toContain(
      "TCT-3212: the memory 'words' has 134217728 words of 2 bits; at most 4194304 words and 134217728 bits",
    );
  });

  test('TCT-3210: an output that is a clock', () => {
    const data = netlist({ u: { type: 'SB_DFF', connections: { C: [5], D: [3], Q: [6] } } }, { c: [5] });
    (data.modules.top as { ports: Record<string, object> }).ports.c = { direction: 'input', bits: [5] };
    expect(refusal(data)).toMatch(/^TCT-3210: '[cy]' is a clock .*, but the output 'y' reads it as data/);
  });

  test('whatever is changed, the cell is read or refused with a diagnostic', () => {
    const draw = new Draw(11);
    const values = [
      ...[0, 1, 3, 7, 30, 255, 100_000, -1, -4].map(bits),
      'x',
      'abc',
      '',
      '1x0z',
      5,
      -1,
      2 ** 40,
      '1'.repeat(5000),
    ];
    let refused = 0;
    for (let i = 0; i < 600; i++) {
      const type = draw.pick(Object.keys(forms));
      const { parameters, connections } = forms[type]!;
      const port = draw.pick(Object.keys(connections));
      const width = draw.pick([0, 1, 2, 3, 7, 15, 17, 33]);
      const isOutput = /^(Y|O|RDATA|RD_DATA)$/.test(port);
      const data = draw.oneIn(2)
        ? changed(type, { [draw.pick(Object.keys(parameters!))]: draw.pick(values) })
        : changed(
            type,
            {},
            {
              [port]: isOutput
                ? from(5, width)
                : Array.from({ length: width }, () => draw.pick([3, 4, '0', '1', 'x'])),
            },
          );
      try {
        createSimulation(netlistCircuit(JSON.stringify(data), { undriven: 'zero' }).circuit).get('y');
      } catch (error) {
        expect(error, JSON.stringify(data)).toBeInstanceOf(Diagnostic);
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(150);
    expect(refused).toBeLessThan(550);
  });
});
