// ternary_dot_product, made by Tercet from rtl/ternary/dot-product.ts:40.
// Do not edit: change the source and make it again.
//
// activationBits: 8
// maxK: 4096
// initBits: 16
// pipeline: 1
// lanes: 8
`default_nettype none

module ternary_dot_product (
  (* src = "rtl/ternary/dot-product.ts:40" *) input wire clk,
  (* src = "rtl/ternary/dot-product.ts:40" *) input wire enable,
  (* src = "rtl/ternary/dot-product.ts:40" *) input wire [63:0] x,
  (* src = "rtl/ternary/dot-product.ts:40" *) input wire [15:0] w,
  (* src = "rtl/ternary/dot-product.ts:40" *) input wire signed [15:0] init,
  (* src = "rtl/ternary/dot-product.ts:40" *) input wire valid,
  (* src = "rtl/ternary/dot-product.ts:40" *) input wire first,
  (* src = "rtl/ternary/segmented-accumulator.ts:134" *) output wire signed [20:0] y
);
  (* src = "rtl/ternary/adder-tree.ts:22" *) reg signed [7:0] gated_0;
  (* src = "rtl/ternary/adder-tree.ts:22" *) reg signed [7:0] gated_1;
  (* src = "rtl/ternary/adder-tree.ts:22" *) reg signed [7:0] gated_2;
  (* src = "rtl/ternary/adder-tree.ts:22" *) reg signed [7:0] gated_3;
  (* src = "rtl/ternary/adder-tree.ts:22" *) reg signed [7:0] gated_4;
  (* src = "rtl/ternary/adder-tree.ts:22" *) reg signed [7:0] gated_5;
  (* src = "rtl/ternary/adder-tree.ts:22" *) reg signed [7:0] gated_6;
  (* src = "rtl/ternary/adder-tree.ts:22" *) reg signed [7:0] gated_7;
  (* src = "rtl/ternary/adder-tree.ts:22" *) reg signed [8:0] level_1_0;
  (* src = "rtl/ternary/adder-tree.ts:22" *) reg signed [8:0] level_1_1;
  (* src = "rtl/ternary/adder-tree.ts:22" *) reg signed [8:0] level_1_2;
  (* src = "rtl/ternary/adder-tree.ts:22" *) reg signed [8:0] level_1_3;
  (* src = "rtl/ternary/adder-tree.ts:22" *) reg signed [9:0] level_2_0;
  (* src = "rtl/ternary/adder-tree.ts:22" *) reg signed [9:0] level_2_1;
  (* src = "rtl/ternary/addends.ts:34" *) reg signed [10:0] sum;
  (* src = "rtl/ternary/addends.ts:30" *) reg [10:0] addend_0;
  (* src = "rtl/ternary/addends.ts:30" *) reg signed [1:0] addend_carry_0;
  (* src = "rtl/ternary/addends.ts:41" *) reg signed [5:0] addend_1;
  (* src = "rtl/ternary/segmented-accumulator.ts:116" *) reg [10:0] segment_0;
  (* src = "rtl/ternary/segmented-accumulator.ts:120" *) reg carry_0;
  (* src = "rtl/ternary/segmented-accumulator.ts:125" *) reg signed [9:0] segment_1;
  (* src = "rtl/ternary/segmented-accumulator.ts:126" *) reg state;
  initial begin
    gated_0 = 8'd0;
    gated_1 = 8'd0;
    gated_2 = 8'd0;
    gated_3 = 8'd0;
    gated_4 = 8'd0;
    gated_5 = 8'd0;
    gated_6 = 8'd0;
    gated_7 = 8'd0;
    level_1_0 = 9'd0;
    level_1_1 = 9'd0;
    level_1_2 = 9'd0;
    level_1_3 = 9'd0;
    level_2_0 = 10'd0;
    level_2_1 = 10'd0;
    sum = 11'd0;
    addend_0 = 11'd0;
    addend_carry_0 = 2'd0;
    addend_1 = 6'd0;
    segment_0 = 11'd0;
    carry_0 = 1'b0;
    segment_1 = 10'd0;
    state = 1'b0;
  end
  (* src = "rtl/ternary/addends.ts:36" *) wire signed [12:0] sum_1;
  assign sum_1 = {{2{sum[10]}}, sum} + {2'd0, init[10:0]};
  (* src = "rtl/ternary/segmented-accumulator.ts:146" *) wire [11:0] sum_2;
  assign sum_2 = {1'b0, segment_0} + {1'b0, addend_0};
  (* src = "rtl/ternary/segmented-accumulator.ts:146" *) wire signed [10:0] wrapped;
  assign wrapped = {segment_1, carry_0};
  (* src = "rtl/ternary/segmented-accumulator.ts:146" *) wire signed [6:0] wrapped_1;
  assign wrapped_1 = {addend_1, carry_0};
  (* src = "rtl/ternary/segmented-accumulator.ts:146" *) wire signed [11:0] sum_3;
  assign sum_3 = {wrapped[10], wrapped} + {{5{wrapped_1[6]}}, wrapped_1};
  (* src = "rtl/ternary/segmented-accumulator.ts:146" *) wire signed [10:0] assumed;
  assign assumed = sum_3[11:1];
  (* src = "rtl/ternary/segmented-accumulator.ts:147" *) wire signed [10:0] choice;
  assign choice = state ? {{5{addend_1[5]}}, addend_1} : assumed;
  assign y = {segment_1, segment_0};
  (* src = "rtl/ternary/addends.ts:75" *) wire signed [4:0] shifted;
  assign shifted = init[15:11];
  always @(posedge clk) begin
    if (enable) begin
      gated_0 <= (x[7:0] & {8{w[0]}}) ^ {8{w[1]}};
      gated_1 <= (x[15:8] & {8{w[2]}}) ^ {8{w[3]}};
      gated_2 <= (x[23:16] & {8{w[4]}}) ^ {8{w[5]}};
      gated_3 <= (x[31:24] & {8{w[6]}}) ^ {8{w[7]}};
      gated_4 <= (x[39:32] & {8{w[8]}}) ^ {8{w[9]}};
      gated_5 <= (x[47:40] & {8{w[10]}}) ^ {8{w[11]}};
      gated_6 <= (x[55:48] & {8{w[12]}}) ^ {8{w[13]}};
      gated_7 <= (x[63:56] & {8{w[14]}}) ^ {8{w[15]}};
      level_1_0 <= {gated_0[7], gated_0} + {gated_1[7], gated_1};
      level_1_1 <= {gated_2[7], gated_2} + {gated_3[7], gated_3};
      level_1_2 <= {gated_4[7], gated_4} + {gated_5[7], gated_5};
      level_1_3 <= {gated_6[7], gated_6} + {gated_7[7], gated_7};
      level_2_0 <= {level_1_0[8], level_1_0} + {level_1_1[8], level_1_1};
      level_2_1 <= {level_1_2[8], level_1_2} + {level_1_3[8], level_1_3};
      sum <= {level_2_0[9], level_2_0} + {level_2_1[9], level_2_1};
      addend_0 <= valid ? sum_1[10:0] : 11'd0;
      addend_carry_0 <= valid ? sum_1[12:11] : 2'd0;
      addend_1 <= {{4{addend_carry_0[1]}}, addend_carry_0} + {shifted[4], shifted};
      segment_0 <= first ? addend_0 : sum_2[10:0];
      carry_0 <= sum_2[11];
      segment_1 <= choice[9:0];
      state <= first;
    end
  end
  // Bits that no logic reads.
  wire unused;
  assign unused = &{1'b0, choice[10], sum_3[0]};
`ifdef FORMAL
  (* src = "rtl/ternary/segmented-accumulator.ts:130" *) wire disjunction;
  assign disjunction = ~enable | (~(choice < $signed(11'h6f0)) & ~($signed(11'd269) < choice));
  always @* begin
    assert (disjunction); // the running sum stays within [-557056, 552959]
  end
`endif
endmodule

`default_nettype wire
