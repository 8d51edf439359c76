// The ternary array as most people write it: a conditional negation a lane, a sum that is registered level by level,
// and the accumulator of 32 bits that an `int` has. A weight is two bits, {negative, not zero}.
// `first` is due log2(LANES) + 1 cycles after x and w, and y is there one cycle later.
module ternary_behavioural #(
  parameter LANES = 8
) (
  input wire clk,
  input wire [LANES*8-1:0] x,
  input wire [LANES*2-1:0] w,
  input wire first,
  output reg signed [31:0] y
);
  reg [LANES*9-1:0] products;
  wire signed [8+$clog2(LANES):0] sum;
  integer i;
  always @(posedge clk)
    for (i = 0; i < LANES; i = i + 1)
      products[9*i +: 9] <=
        w[2*i] ? (w[2*i+1] ? -$signed(x[8*i +: 8]) : $signed(x[8*i +: 8])) : 9'sd0;
  adder_tree #(.LANES(LANES), .WIDTH(9)) tree (.clk(clk), .x(products), .y(sum));
  always @(posedge clk) y <= first ? sum : y + sum;
endmodule
