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
  (* src = "rtl/ternary/segmented-accumulator.ts:125" *) output reg signed [20:0] y
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
  (* src = "rtl/ternary/addends.ts:30" *) reg signed [16:0] addend;
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
    addend = 17'd0;
    y = 21'd0;
  end
  (* src = "rtl/ternary/segmented-accumulator.ts:147" *) wire signed [21:0] choice;
  assign choice = first ? {{5{addend[16]}}, addend} : {y[20], y} + {{5{addend[16]}}, addend};
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
      addend <= valid ? {{6{sum[10]}}, sum} + {init[15], init} : 17'd0;
      y <= choice[20:0];
    end
  end
  // Bits that no logic reads.
  wire unused;
  assign unused = &{1'b0, choice[21]};
`ifdef FORMAL
  (* src = "rtl/ternary/segmented-accumulator.ts:130" *) wire disjunction;
  assign disjunction = ~enable | (~(choice < $signed(22'h378000)) & ~($signed(22'h86fff) < choice));
  always @* begin
    assert (disjunction); // the running sum stays within [-557056, 552959]
  end
`endif
endmodule

`default_nettype wire
