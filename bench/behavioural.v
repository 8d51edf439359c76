// The ternary array as most people write it: a conditional negation a lane, a sum in a loop that is registered level
// by level, and the accumulator of 32 bits that an `int` has. For comparison only.
module behavioural_array (
  input wire clk,
  input wire [511:0] x,
  input wire [127:0] w,
  input wire first,
  output reg signed [31:0] y
);
  reg signed [8:0] product [0:63];
  reg signed [9:0] level_1 [0:31];
  reg signed [10:0] level_2 [0:15];
  reg signed [11:0] level_3 [0:7];
  reg signed [12:0] level_4 [0:3];
  reg signed [13:0] level_5 [0:1];
  reg signed [14:0] sum;
  integer i;
  always @(posedge clk) begin
    for (i = 0; i < 64; i = i + 1)
      product[i] <= w[2*i] ? (w[2*i+1] ? -$signed(x[8*i +: 8]) : $signed(x[8*i +: 8])) : 9'sd0;
    for (i = 0; i < 32; i = i + 1) level_1[i] <= product[2*i] + product[2*i+1];
    for (i = 0; i < 16; i = i + 1) level_2[i] <= level_1[2*i] + level_1[2*i+1];
    for (i = 0; i < 8; i = i + 1) level_3[i] <= level_2[2*i] + level_2[2*i+1];
    for (i = 0; i < 4; i = i + 1) level_4[i] <= level_3[2*i] + level_3[2*i+1];
    for (i = 0; i < 2; i = i + 1) level_5[i] <= level_4[2*i] + level_4[2*i+1];
    sum <= level_5[0] + level_5[1];
    y <= first ? sum : y + sum;
  end
endmodule
