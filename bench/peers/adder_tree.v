// The sum of LANES signed numbers, a power of two, with a register behind every adder: log2(LANES) cycles.
module adder_tree #(
  parameter LANES = 8,
  parameter WIDTH = 8
) (
  input wire clk,
  input wire [LANES*WIDTH-1:0] x,
  output wire signed [WIDTH+$clog2(LANES)-1:0] y
);
  generate
    if (LANES == 1) begin : leaf
      assign y = x;
    end else begin : node
      localparam HALF = LANES / 2;
      wire signed [WIDTH+$clog2(HALF)-1:0] low, high;
      reg signed [WIDTH+$clog2(LANES)-1:0] sum;
      adder_tree #(.LANES(HALF), .WIDTH(WIDTH)) low_half (.clk(clk), .x(x[HALF*WIDTH-1:0]), .y(low));
      adder_tree #(.LANES(HALF), .WIDTH(WIDTH)) high_half (.clk(clk), .x(x[LANES*WIDTH-1:HALF*WIDTH]), .y(high));
      always @(posedge clk) sum <= low + high;
      assign y = sum;
    end
  endgenerate
endmodule
