// The product of two IEEE binary16 numbers, rounded to nearest, ties to even, in 9 cycles. Subnormal operands count as
// zeros of their sign, and so does a result whose rounded value is below 2^-14. Every NaN is 7e00.
module fp16_multiplier (
  input wire clk,
  input wire [15:0] x,
  input wire [15:0] w,
  output reg [15:0] product
);
  // The significands are multiplied in 6 stages, in which the exponent, still without its range, waits.
  wire [21:0] significand;
  multiplier #(.WIDTH(11), .SIGNED(0), .ROWS_PER_STAGE(2)) significands (
    .clk(clk), .x({1'b1, x[9:0]}), .w({1'b1, w[9:0]}), .product(significand)
  );
  wire is_zero = x[14:10] == 0 || w[14:10] == 0;
  wire is_infinite = &x[14:10] || &w[14:10];
  wire is_nan = is_infinite && is_zero || &x[14:10] && x[9:0] != 0 || &w[14:10] && w[9:0] != 0;
  // kind: {nan, infinite, zero, sign}.
  reg [6:0] exponent_1;
  reg [3:0] kind_1, kind_7, kind_8;
  reg [54:0] waiting;
  wire [6:0] exponent_6;
  wire [3:0] kind_6;
  assign {exponent_6, kind_6} = waiting[54:44];
  always @(posedge clk) begin
    exponent_1 <= {2'b0, x[14:10]} + {2'b0, w[14:10]} - 7'd15;
    kind_1 <= {is_nan, is_infinite, is_zero, x[15] ^ w[15]};
    waiting <= {waiting[43:0], exponent_1, kind_1};
  end

  // The significand is from 1 to below 4: it is moved to below 2, and what is cut off decides the rounding.
  wire above_2 = significand[21];
  wire [9:0] fraction = above_2 ? significand[20:11] : significand[19:10];
  wire half = above_2 ? significand[10] : significand[9];
  wire rest = |significand[8:0] || above_2 && significand[9];
  reg [9:0] fraction_7;
  reg [6:0] exponent_7;
  reg round_7;
  always @(posedge clk) begin
    fraction_7 <= fraction;
    exponent_7 <= exponent_6 + {6'b0, above_2};
    round_7 <= half && (rest || fraction[0]);
    kind_7 <= kind_6;
  end

  // A carry out of the fraction goes where it belongs: into the exponent.
  reg [16:0] rounded;
  always @(posedge clk) begin
    rounded <= {exponent_7, fraction_7} + {16'b0, round_7};
    kind_8 <= kind_7;
  end

  wire [6:0] exponent = rounded[16:10];
  wire underflows = exponent[6] || exponent == 0;
  wire overflows = !exponent[6] && (exponent[5] || &exponent[4:0]);
  always @(posedge clk) begin
    product[15] <= kind_8[0] && !kind_8[3];
    if (kind_8[3]) product[14:0] <= 15'h7e00;
    else if (kind_8[2]) product[14:0] <= 15'h7c00;
    else if (kind_8[1] || underflows) product[14:0] <= 15'h0000;
    else if (overflows) product[14:0] <= 15'h7c00;
    else product[14:0] <= rounded[14:0];
  end
endmodule
