import { describe, expect, test } from 'vitest';
import {
  accumulate,
  assert,
  bit,
  component,
  cover,
  named,
  range,
  registered,
  uint,
} from '../../../hdl-gen/lang/index.ts';
import { Golden } from './golden.ts';

const golden = new Golden();

describe('what is not there in hardware', () => {
  test('promises, claims and covers, with the logic that only they look at', () => {
    const promises = component('promises', {
      inputs: { x: uint(8), first: bit },
      build({ x, first }) {
        const { digit } = named({ digit: x.assume(range(0, 9), 'it is a digit\nof course') });
        const { last } = named({ last: registered(x, { reset: true }) });
        cover(last.slice(2, 3).equals(5), 'five');
        return { y: accumulate(digit, { restart: first, terms: 2 }) };
      },
    });
    expect(golden.verilog(promises)).toMatchInlineSnapshot(`
      "module promises (
        input wire clk,
        input wire rst,
        input wire [7:0] x,
        input wire first,
        output reg [4:0] y
      );
        initial begin
          y = 5'd0;
        end
        wire [3:0] digit;
        assign digit = x[3:0];
        wire [5:0] choice;
        assign choice = first ? {2'd0, digit} : {1'b0, y} + {2'd0, digit};
        always @(posedge clk) begin
          y <= choice[4:0];
        end
        // Bits that no logic reads.
        wire unused;
        assign unused = &{1'b0, choice[5], x[7:4], rst};
      \`ifdef FORMAL
        reg [7:0] last;
        initial begin
          last = 8'd0;
        end
        always @(posedge clk) begin
          if (rst) begin
            last <= 8'd0;
          end else begin
            last <= x;
          end
        end
        always @* begin
          if (~rst) begin
            assert (~(8'd9 < x)); // it is a digit of course
            cover (last[4:2] == 3'd5); // five
            assert (~(6'd18 < choice)); // the running sum stays within [0, 18]
          end
        end
        // Bits that no logic reads.
        wire unused_1;
        assign unused_1 = &{1'b0, last[7:5], last[1:0]};
      \`endif
      endmodule"
    `);
  });

  test('what the intervals prove is no assertion; a reset that only a part has masks the others', () => {
    const part = component('part', {
      inputs: { x: uint(4) },
      build: ({ x }) => ({ z: registered(x, { reset: true }) }),
    });
    const whole = component('whole', {
      inputs: { x: uint(4) },
      build({ x }) {
        const { z } = part({ x }, { name: 'inner' });
        assert(z.lessThan(16), 'four bits are less than 16');
        assert(z.lessThan(12), 'the sender sends less than 12');
        return { y: z };
      },
    });
    expect(golden.verilog(whole).split('module whole')[1]).toMatchInlineSnapshot(`
      " (
        input wire clk,
        input wire rst,
        input wire [3:0] x,
        output wire [3:0] y
      );
        part inner (
          .clk(clk),
          .rst(rst),
          .x(x),
          .z(y)
        );
      \`ifdef FORMAL
        always @* begin
          if (~rst) begin
            assert (y < 4'd12); // the sender sends less than 12
          end
        end
      \`endif
      endmodule"
    `);
  });

  test('bits that nothing reads are gathered, also a clock and names that look like ours', () => {
    const leftovers = component('leftovers', {
      inputs: { x: uint(8), unused: bit, sum: uint(2) },
      build({ x, unused, sum }) {
        registered(x);
        return { y: x.slice(2, 3).add(sum).times(5).equals(unused) };
      },
    });
    expect(golden.verilog(leftovers)).toMatchInlineSnapshot(`
      "module leftovers (
        input wire clk,
        input wire [7:0] x,
        input wire unused,
        input wire [1:0] sum,
        output wire y
      );
        wire [3:0] sum_1;
        assign sum_1 = {1'b0, x[4:2]} + {2'd0, sum};
        assign y = ({2'd0, sum_1} + {sum_1, 2'd0}) == {5'd0, unused};
        // Bits that no logic reads.
        wire unused_1;
        assign unused_1 = &{1'b0, x[7:5], x[1:0], clk};
      endmodule"
    `);
  });
});

describe('the lint tools on all of these', () => {
  golden.cases.tests();
});
