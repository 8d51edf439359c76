// The sum of two IEEE binary16 numbers, rounded to nearest, ties to even, in 9 cycles. Subnormals are handled as in
// fp16_multiplier. Every NaN is 7e00.
module fp16_adder (
  input wire clk,
  input wire [15:0] a,
  input wire [15:0] b,
  output reg [15:0] sum
);
  // kind: {nan, infinite, subtracts, sign of the larger operand}, which goes with the numbers through all stages.
  reg [3:0] kind_1, kind_2, kind_3, kind_4, kind_5, kind_6, kind_7, kind_8;

  // 1: the operand of the larger magnitude comes first.
  wire swap = a[14:0] < b[14:0];
  wire subtracts = a[15] ^ b[15];
  wire [14:0] first = swap ? b[14:0] : a[14:0];
  wire [14:0] second = swap ? a[14:0] : b[14:0];
  reg [14:0] larger_1, smaller_1;
  always @(posedge clk) begin
    larger_1 <= first;
    smaller_1 <= second;
    kind_1 <= {2'b0, subtracts, swap ? b[15] : a[15]};
  end

  // 2: significands, and by how many places they are apart.
  reg [10:0] larger_2, smaller_2;
  reg [4:0] exponent_2, distance;
  wire is_infinite = &larger_1[14:10];
  always @(posedge clk) begin
    exponent_2 <= larger_1[14:10];
    distance <= larger_1[14:10] - smaller_1[14:10];
    larger_2 <= larger_1[14:10] == 0 ? 11'b0 : {1'b1, larger_1[9:0]};
    smaller_2 <= smaller_1[14:10] == 0 ? 11'b0 : {1'b1, smaller_1[9:0]};
    kind_2 <= {
      is_infinite && (larger_1[9:0] != 0 || kind_1[1] && &smaller_1[14:10]), is_infinite, kind_1[1:0]
    };
  end

  // 3 and 4: the smaller one is moved to its place. Three places more than the result has are enough for an exact
  // rounding, if the last one tells whether anything at all was below it.
  wire [13:0] by_0 = {smaller_2, 3'b0};
  wire [13:0] by_8 = distance[3] ? {8'b0, by_0[13:9], |by_0[8:0]} : by_0;
  wire [13:0] by_4 = distance[2] ? {4'b0, by_8[13:5], |by_8[4:0]} : by_8;
  reg [13:0] aligned_3;
  reg [10:0] larger_3, larger_4;
  reg [4:0] exponent_3, exponent_4, exponent_5, exponent_6;
  reg [1:0] distance_3;
  always @(posedge clk) begin
    aligned_3 <= distance[4] ? {13'b0, |smaller_2} : by_4;
    distance_3 <= distance[1:0];
    {larger_3, exponent_3, kind_3} <= {larger_2, exponent_2, kind_2};
  end
  wire [13:0] by_2 = distance_3[1] ? {2'b0, aligned_3[13:3], |aligned_3[2:0]} : aligned_3;
  wire [13:0] by_1 = distance_3[0] ? {1'b0, by_2[13:2], |by_2[1:0]} : by_2;
  reg [13:0] addend;
  always @(posedge clk) begin
    addend <= by_1 ^ {14{kind_3[1]}};
    {larger_4, exponent_4, kind_4} <= {larger_3, exponent_3, kind_3};
  end

  // 5: one addition or subtraction, which is never negative. Its lowest place makes the carry in.
  wire [15:0] with_carry = {1'b0, larger_4, 3'b0, 1'b1} + {kind_4[1], addend, kind_4[1]};
  reg [14:0] sum_5;
  always @(posedge clk) begin
    sum_5 <= with_carry[15:1];
    {exponent_5, kind_5} <= {exponent_4, kind_4};
  end

  // 6 and 7: leading zeros go, 8, 4, 2 and 1 at a time.
  wire any_high = |sum_5[14:11];
  wire any_middle = |sum_5[10:7];
  wire zeros_8 = !any_high && !any_middle;
  wire zeros_4 = zeros_8 ? !(|sum_5[6:3]) : !any_high;
  reg [14:0] sum_6;
  reg [1:0] zeros_6;
  always @(posedge clk) begin
    case ({zeros_8, zeros_4})
      2'b00: sum_6 <= sum_5;
      2'b01: sum_6 <= {sum_5[10:0], 4'b0};
      2'b10: sum_6 <= {sum_5[6:0], 8'b0};
      2'b11: sum_6 <= {sum_5[2:0], 12'b0};
    endcase
    zeros_6 <= {zeros_8, zeros_4};
    {exponent_6, kind_6} <= {exponent_5, kind_5};
  end
  wire zeros_2 = !(|sum_6[14:13]);
  wire zeros_1 = zeros_2 ? !sum_6[12] : !sum_6[14];
  reg [14:0] sum_7;
  reg [6:0] exponent_7;
  always @(posedge clk) begin
    case ({zeros_2, zeros_1})
      2'b00: sum_7 <= sum_6;
      2'b01: sum_7 <= {sum_6[13:0], 1'b0};
      2'b10: sum_7 <= {sum_6[12:0], 2'b0};
      2'b11: sum_7 <= {sum_6[11:0], 3'b0};
    endcase
    // The exponent and one, less the zeros: ~zeros is -1 - zeros.
    exponent_7 <= {2'b0, exponent_6} + {3'b111, ~zeros_6, ~zeros_2, ~zeros_1} + 7'd2;
    kind_7 <= kind_6;
  end

  // 8: rounding; a carry goes into the exponent.
  wire round = sum_7[3] && (|sum_7[2:0] || sum_7[4]);
  reg [16:0] rounded;
  reg is_zero;
  always @(posedge clk) begin
    rounded <= {exponent_7, sum_7[13:4]} + {16'b0, round};
    is_zero <= !sum_7[14];
    kind_8 <= kind_7;
  end

  // 9: what is out of range. x - x is +0.
  wire [6:0] exponent = rounded[16:10];
  wire underflows = exponent[6] || exponent == 0;
  wire overflows = !exponent[6] && (exponent[5] || &exponent[4:0]);
  always @(posedge clk) begin
    sum[15] <= kind_8[0] && !kind_8[3] && !(is_zero && kind_8[1] && !kind_8[2]);
    if (kind_8[3]) sum[14:0] <= 15'h7e00;
    else if (kind_8[2]) sum[14:0] <= 15'h7c00;
    else if (is_zero || underflows) sum[14:0] <= 15'h0000;
    else if (overflows) sum[14:0] <= 15'h7c00;
    else sum[14:0] <= rounded[14:0];
  end
endmodule
