// x * w by conditional additions, the cheapest multiplier that we found for iCE40: in row k the upper part of the sum
// becomes `w[k] ? upper + x : upper`, which is one logic cell for each bit, and the lowest bit of it is a finished bit
// of the product. A register follows every ROWS_PER_STAGE rows and the last one.
//
// In two's complement (SIGNED = 1) the last row subtracts. Inverting an operand in front of a carry chain would cost
// cells, so it is done as a - x = ~(~a + x), whose inversions vanish into cells that are there anyway.
module multiplier #(
  parameter WIDTH = 8,
  parameter SIGNED = 1,
  parameter ROWS_PER_STAGE = 4
) (
  input wire clk,
  input wire [WIDTH-1:0] x,
  input wire [WIDTH-1:0] w,
  output wire [2*WIDTH-1:0] product
);
  // What goes into row k, at k * WIDTH: the operands, the upper part of the sum, and the finished bits.
  wire [(WIDTH+1)*WIDTH-1:0] xs, ws, uppers, lowers;
  assign xs[WIDTH-1:0] = x;
  assign ws[WIDTH-1:0] = w;
  assign uppers[WIDTH-1:0] = {WIDTH{1'b0}};
  assign lowers[WIDTH-1:0] = {WIDTH{1'b0}};
  assign product = {uppers[WIDTH*WIDTH +: WIDTH], lowers[WIDTH*WIDTH +: WIDTH]};

  genvar k;
  generate
    for (k = 0; k < WIDTH; k = k + 1) begin : row
      localparam SUBTRACTS = SIGNED && k == WIDTH - 1;
      localparam REGISTERED = (k + 1) % ROWS_PER_STAGE == 0 || k == WIDTH - 1;
      wire [WIDTH-1:0] operand = xs[k*WIDTH +: WIDTH];
      wire [WIDTH-1:0] upper = uppers[k*WIDTH +: WIDTH];
      wire enable = ws[k*WIDTH + k];
      wire [WIDTH:0] addend = {SIGNED && operand[WIDTH-1], operand};
      wire [WIDTH:0] base = {SIGNED && upper[WIDTH-1], upper} ^ {WIDTH+1{SUBTRACTS}};
      wire [WIDTH:0] after = (enable ? base + addend : base) ^ {WIDTH+1{SUBTRACTS}};
      wire [WIDTH-1:0] finished = lowers[k*WIDTH +: WIDTH] | {{WIDTH-1{1'b0}}, after[0]} << k;
      if (REGISTERED) begin : stage
        reg [WIDTH-1:0] next_x, next_w, next_upper, next_lower;
        always @(posedge clk) begin
          next_x <= operand;
          next_w <= ws[k*WIDTH +: WIDTH];
          next_upper <= after[WIDTH:1];
          next_lower <= finished;
        end
        assign xs[(k+1)*WIDTH +: WIDTH] = next_x;
        assign ws[(k+1)*WIDTH +: WIDTH] = next_w;
        assign uppers[(k+1)*WIDTH +: WIDTH] = next_upper;
        assign lowers[(k+1)*WIDTH +: WIDTH] = next_lower;
      end else begin : wires
        assign xs[(k+1)*WIDTH +: WIDTH] = operand;
        assign ws[(k+1)*WIDTH +: WIDTH] = ws[k*WIDTH +: WIDTH];
        assign uppers[(k+1)*WIDTH +: WIDTH] = after[WIDTH:1];
        assign lowers[(k+1)*WIDTH +: WIDTH] = finished;
      end
    end
  endgenerate
endmodule
