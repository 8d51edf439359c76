import { describe, expect, test } from 'vitest';
import {
  bit,
  component,
  int,
  memory,
  named,
  range,
  register,
  registered,
  rom,
  uint,
} from '../../../hdl-gen/lang/index.ts';
import { Golden } from './golden.ts';

const golden = new Golden();

describe('state', () => {
  test('registers of equal controls share their branches; an output register is the port itself', () => {
    const registers = component('registers', {
      inputs: { x: uint(4), go: bit, clear: bit },
      build({ x, go, clear }) {
        const count = register(uint(4), { reset: true, enable: go, initial: 3 });
        const { a, b } = named({
          a: registered(x, { reset: true, enable: go }),
          b: registered(x, { reset: clear }),
        });
        return {
          count: count.next(count.add(1).wrap(uint(4))),
          sum: a.add(b),
          late: registered(registered(x)),
        };
      },
    });
    expect(golden.verilog(registers)).toMatchInlineSnapshot(`
      "module registers (
        input wire clk,
        input wire rst,
        input wire [3:0] x,
        input wire go,
        input wire clear,
        output reg [3:0] count,
        output wire [4:0] sum,
        output reg [3:0] late
      );
        reg [3:0] a;
        reg [3:0] b;
        reg [3:0] state;
        initial begin
          count = 4'd3;
          a = 4'd0;
          b = 4'd0;
          state = 4'd0;
          late = 4'd0;
        end
        assign sum = {1'b0, a} + {1'b0, b};
        always @(posedge clk) begin
          if (rst) begin
            count <= 4'd3;
            a <= 4'd0;
          end else if (go) begin
            count <= count + 4'd1;
            a <= x;
          end
          if (clear) begin
            b <= 4'd0;
          end else begin
            b <= x;
          end
          state <= x;
          late <= state;
        end
      endmodule"
    `);
  });

  test('a memory of records, with masks and two ports', () => {
    const store = component('store', {
      inputs: { at: uint(2), low: uint(4), high: int(4), keep: bit, write: bit },
      build({ at, low, high, keep, write }) {
        const { words } = named({
          words: memory(
            { low: uint(4), high: int(4) },
            { depth: 4, initial: [0, 1, 2, 3].map(i => ({ low: i, high: -i })) },
          ),
        });
        words.write(at, { low, high }, { enable: write, mask: { low: keep } });
        words.write(at, { low: 0, high: 0 }, { enable: keep });
        const first = words.read(at, { enable: write });
        const { second } = named({ second: words.read(3) });
        return { sum: first.low.add(first.high), second };
      },
    });
    expect(golden.verilog(store)).toMatchInlineSnapshot(`
      "module store (
        input wire clk,
        input wire [1:0] at,
        input wire [3:0] low,
        input wire signed [3:0] high,
        input wire keep,
        input wire write,
        output wire signed [5:0] sum,
        output wire [3:0] second_low,
        output wire signed [3:0] second_high
      );
        reg [7:0] words [0:3];
        reg [7:0] words_read_0;
        reg [7:0] words_read_1;
        initial begin
          words[2'd0] = 8'd0;
          words[2'd1] = 8'd241;
          words[2'd2] = 8'd226;
          words[2'd3] = 8'd211;
        end
        assign sum = {2'd0, words_read_0[3:0]} + {{2{words_read_0[7]}}, words_read_0[7:4]};
        always @(posedge clk) begin
          if (write) begin
            words_read_0 <= words[at];
          end
          words_read_1 <= words[2'd3];
          if (write & keep) begin
            words[at][3:0] <= low;
          end
          if (write) begin
            words[at][7:4] <= high;
          end
          if (keep) begin
            words[at] <= 8'd0;
          end
        end
        assign second_low = words_read_1[3:0];
        assign second_high = words_read_1[7:4];
      endmodule"
    `);
  });

  test('a ROM whose data are an output, and a memory of one word', () => {
    const small = component('small_memories', {
      inputs: { at: range(0, 2), s: int(1), x: uint(8) },
      build({ at, s, x }) {
        const single = memory(uint(8), { depth: 1, name: 'single' });
        single.write(0, x);
        return {
          data: rom(int(4), [-8, 7, 0], 'table_of_3').read(at),
          half: rom(uint(2), [1, 2]).read(s.slice(0, 1)),
          word: single.read(0),
        };
      },
    });
    expect(golden.verilog(small)).toMatchInlineSnapshot(`
      "module small_memories (
        input wire clk,
        input wire [1:0] at,
        input wire signed s,
        input wire [7:0] x,
        output reg signed [3:0] data,
        output reg [1:0] half,
        output reg [7:0] word
      );
        reg [7:0] single [0:0];
        reg [1:0] memory [0:1];
        initial begin
          memory[1'b0] = 2'd1;
          memory[1'b1] = 2'd2;
        end
        reg [3:0] table_of_3 [0:2];
        initial begin
          table_of_3[2'd0] = 4'd8;
          table_of_3[2'd1] = 4'd7;
          table_of_3[2'd2] = 4'd0;
        end
        always @(posedge clk) begin
          word <= single[1'b0];
          single[1'b0] <= x;
        end
        always @(posedge clk) begin
          half <= memory[$unsigned(s)];
        end
        always @(posedge clk) begin
          data <= table_of_3[at];
        end
      endmodule"
    `);
  });

  test('an address that is computed in place stands in braces, so that every simulator computes it in its bits', () => {
    const ahead = component('ahead', {
      inputs: { at: uint(2), x: uint(4), go: bit },
      build({ at, x, go }) {
        const words = memory(uint(4), { depth: 4, name: 'words' });
        words.write(at.add(1).wrap(uint(2)), x, { enable: go });
        return named({ data: words.read(at.sub(1).wrap(uint(2))) });
      },
    });
    expect(golden.verilog(ahead)).toMatchInlineSnapshot(`
      "module ahead (
        input wire clk,
        input wire [1:0] at,
        input wire [3:0] x,
        input wire go,
        output reg [3:0] data
      );
        reg [3:0] words [0:3];
        always @(posedge clk) begin
          data <= words[{at - 2'd1}];
          if (go) begin
            words[{at + 2'd1}] <= x;
          end
        end
      endmodule"
    `);
  });

  test('a memory that nobody reads where it is written says so, and gets no logic for old data', () => {
    const apart = component('apart', {
      inputs: { at: uint(2), to: uint(2), x: uint(4) },
      build({ at, to, x }) {
        const words = memory(uint(4), {
          depth: 4,
          name: 'words',
          collisions: 'the reader is in the other half',
        });
        words.write(to, x);
        return { data: words.read(at) };
      },
    });
    expect(golden.verilog(apart)).toMatchInlineSnapshot(`
      "module apart (
        input wire clk,
        input wire [1:0] at,
        input wire [1:0] to,
        input wire [3:0] x,
        output reg [3:0] data
      );
        // Read while it is written, a word may be anything: the reader is in the other half
        (* no_rw_check *) reg [3:0] words [0:3];
        always @(posedge clk) begin
          data <= words[at];
          words[to] <= x;
        end
      endmodule"
    `);
  });
});

describe('the lint tools on all of these', () => {
  golden.cases.tests();
});
