// int8 x int8 as it is written without a thought for the device: `*`, whose circuit Yosys chooses. All else is as in
// int8_lut. `first` is due 1 + log2(LANES) cycles after x and w, and y is there two cycles later.
module int8_star #(
  parameter LANES = 8
) (
  input wire clk,
  input wire [LANES*8-1:0] x,
  input wire [LANES*8-1:0] w,
  input wire first,
  output wire [31:0] y
);
  reg [LANES*16-1:0] products;
  wire signed [15+$clog2(LANES):0] sum;
  integer i;
  always @(posedge clk)
    for (i = 0; i < LANES; i = i + 1)
      products[16*i +: 16] <= $signed(x[8*i +: 8]) * $signed(w[8*i +: 8]);
  adder_tree #(.LANES(LANES), .WIDTH(16)) tree (.clk(clk), .x(products), .y(sum));
  accumulator #(.WIDTH(16+$clog2(LANES))) accumulator (.clk(clk), .first(first), .term(sum), .y(y));
endmodule
