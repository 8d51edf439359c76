/** Small Verilog designs whose resources can be counted by hand. */

/**
 * A top with a shift register of 5 bits, and four instances: a counter of 8 bits, a shift register of 16 bits with feedback
 * inside a wrapper, a memory of 256 x 16 bits (reading what is being written is left open, or Yosys would add registers),
 * and a module that is nothing but a wire. The counter counts when the inner
 * shift register says so, so one net has names in four modules, two of which only read it.
 */
export const splitDesign: Readonly<Record<string, string>> = {
  'rtl/parts.v': `
module counter(input clk, input en, output reg [7:0] count);
  initial count = 0;
  always @(posedge clk) if (en) count <= count + 8'd1;
endmodule
module lfsr(input clk, output out);
  (* src = "lfsr.ts:12" *) reg [15:0] state;
  initial state = 0;
  always @(posedge clk) state <= {state[14:0], ~(state[15] ^ state[13] ^ state[12] ^ state[10])};
  assign out = state[15];
endmodule
module wrapper(input clk, output out);
  lfsr u_inner(.clk(clk), .out(out));
endmodule
module store(input clk, input we, input [7:0] wa, input [15:0] d, input [7:0] ra, output reg [15:0] q);
  (* no_rw_check *) reg [15:0] words [0:255];
  always @(posedge clk) if (we) words[wa] <= d;
  always @(posedge clk) q <= words[ra];
endmodule
module through(input a, output b);
  assign b = a;
endmodule
`,
  'rtl/top.v': `
\`include "width.vh"
module top(input clk, input si, output so);
  reg [\`WIDTH-1:0] shift;
  always @(posedge clk) shift <= {shift[\`WIDTH-2:0], si};
  wire enable;
  wire [7:0] count;
  wire [15:0] q;
  wire last;
  wrapper u_wrapped(.clk(clk), .out(enable));
  counter u_count(.clk(clk), .en(enable), .count(count));
  store u_store(.clk(clk), .we(shift[0]), .wa({count[6:0], shift[1]}), .d({8'd0, count}), .ra(count), .q(q));
  through u_through(.a(shift[\`WIDTH-1]), .b(last));
  assign so = last ^ ^q;
endmodule
`,
  'width.vh': '`define WIDTH 5\n',
};
