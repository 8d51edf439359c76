import { describe, expect, test } from 'vitest';
import { Diagnostic } from '../../../diagnostic/index.ts';
import { createSimulation, netlistCircuit } from '../../../sim/index.ts';
import { Draw } from '../../support/draw.ts';
import { and, type Bits, type Cell, netlist, refusal } from './bad-netlist.ts';

/*
 * Netlists that cannot be simulated are refused in the words of their author: never a stack, never a wrong result.
 */

describe('what is no netlist', () => {
  test.each([
    ['no JSON', 'module top; endmodule', 'it is no JSON: Unexpected token'],
    ['a list', '[]', 'the file should be an object'],
    ['no modules', '{"creator":"Yosys"}', 'modules should be an object'],
    ['a module that is a text', { modules: { top: 'and' } }, "the module 'top' should be an object"],
    [
      'a port without a direction',
      { modules: { top: { ports: { a: { bits: [2] } } } } },
      "the port 'a' has no direction",
    ],
    [
      'a bit that is half',
      netlist({ gate: and(3, 4.5, 5) }),
      "the port 'I1' of the cell 'gate' has no list of bits, which are numbers, '0', '1', 'x' or 'z'",
    ],
    [
      'a constant that is 2',
      netlist({ gate: and(3, '2', 5) }),
      "the port 'I1' of the cell 'gate' has no list",
    ],
    [
      'a cell without a type',
      netlist({ gate: { connections: {} } as unknown as Cell }),
      "the cell 'gate' has no type",
    ],
    [
      'a cell without connections',
      netlist({ gate: { type: 'SB_LUT4' } as unknown as Cell }),
      "the connections of the cell 'gate' should be an object",
    ],
    [
      'a parameter that is a fraction',
      netlist({ gate: { ...and(3, 4, 5), parameters: { LUT_INIT: 0.5 } } }),
      "'LUT_INIT' among the parameters of the cell 'gate' is neither a text nor a whole number",
    ],
    ['a net without bits', netlist({}, { n: 7 as unknown as Bits }), "the net 'n' has no list of bits"],
  ])('%s', (_, data, why) => {
    expect(refusal(data)).toMatch(/^TCT-3201: this is not a netlist: /);
    expect(refusal(data)).toContain(why);
    expect(refusal(data)).toContain("help: give what Yosys' write_json or nextpnr's --write wrote");
  });

  test('whatever is wrong at one place, nothing but a diagnostic is thrown', () => {
    const text = JSON.stringify(
      netlist({
        gate: and(3, 4, 5),
        state: {
          type: 'SB_DFFE',
          parameters: {},
          attributes: { src: 'a.v:1' },
          connections: { C: [2], D: [3], E: [4], Q: [6] },
        },
        sum: {
          type: '$add',
          parameters: { A_SIGNED: '0', B_SIGNED: '0', A_WIDTH: '01', B_WIDTH: '01', Y_WIDTH: '10' },
          connections: { A: [3], B: [6], Y: [7, 8] },
        },
      }),
    );
    const draw = new Draw(7);
    const junk = [null, true, -1, 0.5, 3, 1e18, '', 'x', '11', [], [[]], [5], [3, 3, 3], {}, { bits: [2] }];
    let refused = 0;
    for (let i = 0; i < 1000; i++) {
      const data = JSON.parse(text) as Record<string, unknown>;
      let at = data;
      for (;;) {
        const key = draw.pick(Object.keys(at));
        const inside = at[key];
        const isDeep = typeof inside === 'object' && inside !== null && Object.keys(inside).length > 0;
        if (isDeep && !draw.oneIn(8)) at = inside as Record<string, unknown>;
        else {
          if (draw.oneIn(5)) delete at[key];
          else at[key] = draw.pick(junk);
          break;
        }
      }
      try {
        createSimulation(netlistCircuit(JSON.stringify(data)).circuit);
      } catch (error) {
        expect(error, JSON.stringify(data)).toBeInstanceOf(Diagnostic);
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(300);
  });
});

describe('the top module', () => {
  const two = { modules: { first: {}, second: {}, box: { attributes: { blackbox: '1' } } } };

  test('TCT-3202: cannot be told', () => {
    expect(refusal(two)).toMatchInlineSnapshot(`
      "TCT-3202: the netlist has 2 modules that may be the top: 'first', 'second'
        help: name the top module, or let Yosys' 'hierarchy -top' mark it"
    `);
  });

  test('TCT-3202: is not there', () => {
    expect(refusal(two, 'third')).toMatchInlineSnapshot(`
      "TCT-3202: the netlist has no module 'third'
        help: its modules: 'first', 'second'"
    `);
  });

  test('TCT-3202: only black boxes', () => {
    expect(refusal({ modules: { box: two.modules.box } })).toMatchInlineSnapshot(`
      "TCT-3202: the netlist has no module of its own, only black boxes
        help: name the top module, or let Yosys' 'hierarchy -top' mark it"
    `);
  });

  test('is the one that is marked, or named', () => {
    const marked = { modules: { ...two.modules, first: { attributes: { top: '00000001' } } } };
    expect(netlistCircuit(JSON.stringify(marked)).circuit.name).toBe('first');
    expect(netlistCircuit(JSON.stringify(two), { top: 'second' }).circuit.name).toBe('second');
  });

  test('TCT-3203: is not flat', () => {
    const part = (y: number) => ({ type: 'part', connections: { a: [3], y: [y] } });
    const data = netlist({ u_one: part(5), u_two: part(6) });
    data.modules.part = {};
    data.modules.top = { ...data.modules.top, attributes: { top: 1 } };
    expect(refusal(data)).toMatchInlineSnapshot(`
      "TCT-3203: 'top' is not flattened: it has cells that are modules of the same file: 'u_one (part)', 'u_two (part)'
        help: run Yosys' 'flatten' before 'write_json'"
    `);
  });
});

describe('cells and nets', () => {
  test('TCT-3204: of unknown types', () => {
    const buffer = (y: number): Cell => ({
      type: 'BUFG',
      attributes: { src: 'my.v:3.1' },
      connections: { I: [2], O: [y] },
    });
    const ram: Cell = { type: 'EBR', connections: { DO: [5] } };
    expect(refusal(netlist({ first: buffer(6), second: buffer(7), words: ram }))).toMatchInlineSnapshot(`
      "TCT-3204: cells of the types 'BUFG', 'EBR' cannot be simulated
        at my.v:3
        BUFG: 'first' and 1 more
        EBR: 'words'
        help: netlists may have the cells of iCE40, and those of Yosys at word level; map the others to these"
    `);
  });

  test('TCT-3206: driven by two cells', () => {
    expect(refusal(netlist({ one: and(3, 4, 5), two: and(3, 3, 5) }))).toMatchInlineSnapshot(`
      "TCT-3206: the net 'y' is driven more than once
        by port 'O' of the cell 'one' (SB_LUT4)
        by port 'O' of the cell 'two' (SB_LUT4)
        help: let one block, cell or input drive it; a bus with several drivers needs a multiplexer, a memory that several blocks write needs <= in each, at one edge"
    `);
  });

  test('TCT-3206: driven by an input and a cell', () => {
    expect(refusal(netlist({ one: and(3, 4, 5), two: and(3, 3, 4) }))).toMatchInlineSnapshot(`
      "TCT-3206: the net 'b' is driven more than once
        by port 'O' of the cell 'two' (SB_LUT4)
        by the input 'b'
        help: let one block, cell or input drive it; a bus with several drivers needs a multiplexer, a memory that several blocks write needs <= in each, at one edge"
    `);
  });

  test('TCT-3207: driven by nothing', () => {
    expect(refusal(netlist({ one: and(3, 8, 5) }, { word: [7, 8] }))).toMatchInlineSnapshot(`
      "TCT-3207: nothing drives the net 'word[1]', which port 'I1' of the cell 'one' (SB_LUT4) reads
        help: drive it; or let Yosys' 'setundef -undriven -zero' give it a value"
    `);
  });

  test('TCT-3102: or 0 with a warning, where that is asked for', () => {
    const json = JSON.stringify(netlist({ one: and(3, 8, 5) }, { word: [7, 8] }));
    const { circuit, warnings } = netlistCircuit(json, { undriven: 'zero' });
    expect(warnings.map(warning => warning.format())).toMatchInlineSnapshot(`
      [
        "TCT-3102: nothing drives the net 'word[1]': it reads 0",
      ]
    `);
    const simulation = createSimulation(circuit);
    simulation.set('a', 1n);
    expect(simulation.get('y')).toBe(0n);
  });

  test('TCT-3005: a loop, with the names of the nets along it', () => {
    const cells = { one: and(3, 8, 6), two: and(6, 4, 7), three: and(7, 7, 8), four: and(8, 3, 5) };
    expect(refusal(netlist(cells, { request: [6], grant: [7], busy: [8] }))).toMatchInlineSnapshot(`
      "TCT-3005: 'request' depends on itself without a register between
        'request' depends on 'busy'
        'busy' depends on 'grant'
        'grant' depends on 'request'
        help: put a register into the loop"
    `);
  });

  test('TCT-3208: nets that are nothing but each other', () => {
    const buffer = (a: number, y: number): Cell => ({
      type: 'SB_GB',
      connections: { USER_SIGNAL_TO_GLOBAL_BUFFER: [a], GLOBAL_BUFFER_OUTPUT: [y] },
    });
    const cells = { one: buffer(6, 7), two: buffer(7, 6), three: and(6, 3, 5) };
    expect(refusal(netlist(cells, { left: [6], right: [7] }))).toMatchInlineSnapshot(`
      "TCT-3208: the net 'left' depends on itself without a register between
        'left' depends on 'right'
        'right' depends on 'left'
        help: put a register into the loop"
    `);
  });

  test('TCT-3209: a clock that logic makes', () => {
    const state: Cell = { type: 'SB_DFF', connections: { C: [6], D: [3], Q: [5] } };
    expect(refusal(netlist({ gated: and(2, 3, 6), state }, { gated_clock: [6] }))).toMatchInlineSnapshot(`
      "TCT-3209: the clock 'gated_clock' of port 'C' of the cell 'state' (SB_DFF) comes from logic: port 'O' of the cell 'gated' (SB_LUT4) drives it
        help: clock it with an input, an oscillator or a PLL, and use the logic as the enable of the registers"
    `);
  });

  test('TCT-3210: a clock that is read as data', () => {
    const state: Cell = { type: 'SB_DFF', connections: { C: [2], D: [3], Q: [6] } };
    expect(refusal(netlist({ state, mixed: and(6, 2, 5) }))).toMatchInlineSnapshot(`
      "TCT-3210: 'clk' is a clock (port 'C' of the cell 'state' (SB_DFF)), but port 'I1' of the cell 'mixed' (SB_LUT4) reads it as data
        help: in a simulation by cycles a clock has no value; use a register that toggles in its place"
    `);
  });
});
