/*
 * Yosys 0.55 maps a signed comparison with a negative constant of up to four bits to the wrong look-up table
 * (`cmp2lut.v`, corrected after 0.65 as issue 6085). So signed comparisons are written without signs before it sees them.
 */

/** The file that `correctComparisons` reads, beside those of the design. */
export const comparisonFile = 'tercet-comparisons.v';

/** The command; the processes of the design have to be translated. */
export const correctComparisons: string = `techmap -map ${comparisonFile}`;

/**
 * Numbers in two's complement are in the order of unsigned numbers when their signs are inverted. The inverted sign of a
 * constant costs nothing; of two variables the signs are exchanged in its place.
 */
export const comparisonModel = `(* techmap_celltype = "$lt $le $gt $ge" *)
module tercet_signed_comparison (A, B, Y);
  parameter A_SIGNED = 0;
  parameter B_SIGNED = 0;
  parameter A_WIDTH = 1;
  parameter B_WIDTH = 1;
  parameter Y_WIDTH = 1;
  parameter _TECHMAP_CELLTYPE_ = "";
  parameter _TECHMAP_CONSTMSK_A_ = 0;
  parameter _TECHMAP_CONSTMSK_B_ = 0;
  input [A_WIDTH-1:0] A;
  input [B_WIDTH-1:0] B;
  output [Y_WIDTH-1:0] Y;
  wire _TECHMAP_FAIL_ = !A_SIGNED || !B_SIGNED;

  localparam WIDTH = A_WIDTH > B_WIDTH ? A_WIDTH : B_WIDTH;
  localparam [WIDTH-1:0] SIGN = 1'b1 << (WIDTH - 1);
  localparam IS_CONSTANT = &_TECHMAP_CONSTMSK_A_ || &_TECHMAP_CONSTMSK_B_;
  wire signed [A_WIDTH-1:0] own_a = A;
  wire signed [B_WIDTH-1:0] own_b = B;
  wire signed [WIDTH-1:0] a = own_a;
  wire signed [WIDTH-1:0] b = own_b;
  wire [WIDTH-1:0] left = IS_CONSTANT ? a ^ SIGN : (a & ~SIGN) | (b & SIGN);
  wire [WIDTH-1:0] right = IS_CONSTANT ? b ^ SIGN : (b & ~SIGN) | (a & SIGN);
  generate
    if (_TECHMAP_CELLTYPE_ == "$lt") assign Y = left < right;
    else if (_TECHMAP_CELLTYPE_ == "$le") assign Y = left <= right;
    else if (_TECHMAP_CELLTYPE_ == "$gt") assign Y = left > right;
    else assign Y = left >= right;
  endgenerate
endmodule
`;
