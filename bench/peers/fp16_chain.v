// Multiply-add units of IEEE binary16 in a chain: each adds its product to the sum that comes from the lane before it,
// and each of the two operations is rounded. The first lane adds to c, so long sums pass through the chain again.
// A sum meets lane i 9 * i cycles after lane 0: whoever feeds the chain gives x and w of lane i that much later, and c
// 9 cycles after x and w of lane 0. y is there 9 * LANES cycles after c.
module fp16_chain #(
  parameter LANES = 8
) (
  input wire clk,
  input wire [LANES*16-1:0] x,
  input wire [LANES*16-1:0] w,
  input wire [15:0] c,
  output wire [15:0] y
);
  wire [LANES*16-1:0] products;
  wire [(LANES+1)*16-1:0] sums;
  assign sums[15:0] = c;
  assign y = sums[LANES*16 +: 16];
  genvar i;
  generate
    for (i = 0; i < LANES; i = i + 1) begin : lane
      fp16_multiplier multiplier (
        .clk(clk), .x(x[16*i +: 16]), .w(w[16*i +: 16]), .product(products[16*i +: 16])
      );
      fp16_adder adder (
        .clk(clk), .a(products[16*i +: 16]), .b(sums[16*i +: 16]), .sum(sums[16*(i+1) +: 16])
      );
    end
  endgenerate
endmodule
