// int8 x int8 in LUTs: a pipelined multiplier a lane, a registered tree, and an accumulator of 32 bits.
// `first` is due 4 + log2(LANES) cycles after x and w, and y is there two cycles later.
module int8_lut #(
  parameter LANES = 8
) (
  input wire clk,
  input wire [LANES*8-1:0] x,
  input wire [LANES*8-1:0] w,
  input wire first,
  output wire [31:0] y
);
  wire [LANES*16-1:0] products;
  wire signed [15+$clog2(LANES):0] sum;
  genvar i;
  generate
    for (i = 0; i < LANES; i = i + 1) begin : lane
      multiplier #(.WIDTH(8), .SIGNED(1), .ROWS_PER_STAGE(2)) multiplier (
        .clk(clk), .x(x[8*i +: 8]), .w(w[8*i +: 8]), .product(products[16*i +: 16])
      );
    end
  endgenerate
  adder_tree #(.LANES(LANES), .WIDTH(16)) tree (.clk(clk), .x(products), .y(sum));
  accumulator #(.WIDTH(16+$clog2(LANES))) accumulator (.clk(clk), .first(first), .term(sum), .y(y));
endmodule
