import { describe, expect, test } from 'vitest';
import { emitVerilog } from '../../../hdl-gen/emit/index.ts';
import {
  bit,
  clockDomain,
  component,
  elaborate,
  foreign,
  type Interval,
  inDomain,
  named,
  register,
  registered,
  resetBy,
  synchronise,
  uint,
  wire,
} from '../../../hdl-gen/lang/index.ts';
import { Golden } from './golden.ts';

const golden = new Golden();

describe('hierarchy', () => {
  const scale = component('scale', ({ by, from }: { by: number; from: Interval }) => ({
    inputs: { x: from },
    build: ({ x }) => ({ y: x.times(by), parts: [x.times(by), x] }),
  }));

  test('a module is called after the parameters in which it differs from others', () => {
    const hierarchy = component('hierarchy', {
      inputs: { x: uint(4) },
      build({ x }) {
        const once = scale({ by: 3, from: uint(4) })({ x }, { name: 'once' });
        const twice = scale({ by: 5, from: uint(6) })({ x: once.y }, { name: 'twice' });
        const { first } = named({ first: twice.parts[0]! });
        return { y: twice.y, z: first.add(once.parts[1]!) };
      },
    });
    expect(emitVerilog(elaborate(hierarchy)).map(({ name }) => name)).toEqual([
      'scale_by3.v',
      'scale_by5.v',
      'hierarchy.v',
    ]);
    expect(golden.verilog(hierarchy)).toMatchInlineSnapshot(`
      "module scale_by3 (
        input wire [3:0] x,
        output wire [5:0] y,
        output wire [11:0] parts
      );
        assign y = {x, 2'd0} - {2'd0, x};
        wire [5:0] parts_0;
        assign parts_0 = {x, 2'd0} - {2'd0, x};
        assign parts = {2'd0, x, parts_0};
      endmodule
      module scale_by5 (
        input wire [5:0] x,
        output wire [8:0] y,
        output wire [17:0] parts
      );
        assign y = {3'd0, x} + {1'b0, x, 2'd0};
        wire [8:0] parts_0;
        assign parts_0 = {3'd0, x} + {1'b0, x, 2'd0};
        assign parts = {3'd0, x, parts_0};
      endmodule
      module hierarchy (
        input wire [3:0] x,
        output wire [8:0] y,
        output wire [8:0] z
      );
        wire [5:0] once_y;
        wire [11:0] once_parts;
        wire [17:0] twice_parts;
        wire [8:0] first;
        assign first = twice_parts[8:0];
        assign z = first + {5'd0, once_parts[9:6]};
        scale_by3 once (
          .x(x),
          .y(once_y),
          .parts(once_parts)
        );
        scale_by5 twice (
          .x(once_y),
          .y(y),
          .parts(twice_parts)
        );
        // Bits that no logic reads.
        wire unused;
        assign unused = &{1'b0, twice_parts[17:9], once_parts[11:10], once_parts[5:0]};
      endmodule"
    `);
  });

  test('an output that is one element of what a part shows', () => {
    const element = component('element', {
      inputs: { x: uint(4) },
      build: ({ x }) => ({ y: scale({ by: 3, from: uint(4) })({ x }).parts[1]! }),
    });
    expect(golden.verilog(element).split('module element')[1]).toMatchInlineSnapshot(`
      " (
        input wire [3:0] x,
        output wire [3:0] y
      );
        wire [5:0] scale_y;
        wire [11:0] scale_parts;
        scale scale (
          .x(x),
          .y(scale_y),
          .parts(scale_parts)
        );
        assign y = scale_parts[9:6];
        // Bits that no logic reads.
        wire unused;
        assign unused = &{1'b0, scale_parts[11:10], scale_parts[5:0], scale_y};
      endmodule"
    `);
  });

  test('a foreign module is instantiated, with its own names of clock and reset; its model is not emitted', () => {
    const pad = foreign(
      { name: 'PAD', parameters: { MODE: 'FAST', WIDTH: 4 }, clock: 'CK', reset: 'SR' },
      { inputs: { D: uint(4) }, build: ({ D }) => ({ Q: registered(D, { reset: true }) }) },
    );
    const wrapped = component('wrapped', {
      inputs: { x: uint(4) },
      build: ({ x }) => ({ y: pad({ D: x }, { name: 'the_pad' }).Q }),
    });
    const stub = `/* A stand-in for the lint tools. */
module PAD #(parameter MODE = "", parameter WIDTH = 1) (
  input wire CK, input wire SR, input wire [3:0] D, output reg [3:0] Q
);
  always @(posedge CK) Q <= SR || MODE == "" || WIDTH == 0 ? 4'd0 : D;
endmodule
`;
    expect(golden.verilog(wrapped, [{ name: 'PAD.v', text: stub }])).toMatchInlineSnapshot(`
      "module wrapped (
        input wire clk,
        input wire rst,
        input wire [3:0] x,
        output wire [3:0] y
      );
        PAD #(.MODE("FAST"), .WIDTH(4)) the_pad (
          .CK(clk),
          .SR(rst),
          .D(x),
          .Q(y)
        );
      endmodule"
    `);
  });

  test('two clocks, a reset of its own, and a part that knows neither', () => {
    const counter = component('counter', {
      inputs: {},
      build() {
        const value = register(uint(4), { reset: true });
        return { value: value.next(value.add(1).wrap(uint(4))) };
      },
    });
    const clocks = component('clocks', {
      inputs: { flag: bit },
      domains: { flag: clockDomain('fast') },
      build({ flag }) {
        const sent = inDomain(clockDomain('fast'), () => registered(flag));
        const { clear } = named({ clear: synchronise(sent) });
        return {
          slow: resetBy(clear, () => counter({}).value),
          quick: inDomain(clockDomain('fast'), () => counter({}).value),
        };
      },
    });
    expect(golden.verilog(clocks).split('module clocks')[1]).toMatchInlineSnapshot(`
      " (
        input wire fast_clk,
        input wire clk,
        input wire fast_rst,
        input wire flag,
        output wire [3:0] slow,
        output wire [3:0] quick
      );
        reg state;
        reg clear_early_1;
        reg clear;
        initial begin
          state = 1'b0;
          clear_early_1 = 1'b0;
          clear = 1'b0;
        end
        counter counter (
          .clk(clk),
          .rst(clear),
          .value(slow)
        );
        counter counter_1 (
          .clk(fast_clk),
          .rst(fast_rst),
          .value(quick)
        );
        always @(posedge fast_clk) begin
          state <= flag;
        end
        always @(posedge clk) begin
          clear_early_1 <= state;
          clear <= clear_early_1;
        end
      endmodule"
    `);
  });

  test('wires are assigned after what drives them is known', () => {
    const wires = component('wires', {
      inputs: { x: uint(4) },
      build({ x }) {
        const { back } = named({ back: wire(uint(4)) });
        const y = registered(back.xor(x));
        back.drive(y.add(1).wrap(uint(4)));
        return { y };
      },
    });
    expect(golden.verilog(wires)).toMatchInlineSnapshot(`
      "module wires (
        input wire clk,
        input wire [3:0] x,
        output reg [3:0] y
      );
        wire [3:0] back;
        initial begin
          y = 4'd0;
        end
        assign back = y + 4'd1;
        always @(posedge clk) begin
          y <= back ^ x;
        end
      endmodule"
    `);
  });
});

describe('the lint tools on all of these', () => {
  golden.cases.tests();
});
