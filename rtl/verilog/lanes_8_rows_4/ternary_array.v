// ternary_array, made by Tercet from rtl/ternary/array.ts:14.
// Do not edit: change the source and make it again.
//
// activationBits: 8
// maxK: 4096
// initBits: 16
// pipeline: 1
// lanes: 8
// rows: 4
`default_nettype none

module ternary_array (
  (* src = "rtl/ternary/array.ts:14" *) input wire clk,
  (* src = "rtl/ternary/array.ts:14" *) input wire enable,
  (* src = "rtl/ternary/array.ts:14" *) input wire [63:0] x,
  (* src = "rtl/ternary/array.ts:14" *) input wire [63:0] w,
  (* src = "rtl/ternary/array.ts:14" *) input wire [63:0] init,
  (* src = "rtl/ternary/array.ts:14" *) input wire valid,
  (* src = "rtl/ternary/array.ts:14" *) input wire first,
  (* src = "rtl/ternary/array.ts:20" *) output wire [83:0] y
);
  (* src = "rtl/ternary/array.ts:20" *) wire signed [20:0] row_0_y;
  (* src = "rtl/ternary/array.ts:20" *) wire signed [20:0] row_1_y;
  (* src = "rtl/ternary/array.ts:20" *) wire signed [20:0] row_2_y;
  (* src = "rtl/ternary/array.ts:20" *) wire signed [20:0] row_3_y;
  (* src = "rtl/ternary/array.ts:20" *) ternary_dot_product row_0 (
    .clk(clk),
    .enable(enable),
    .x(x),
    .w(w[15:0]),
    .init(init[15:0]),
    .valid(valid),
    .first(first),
    .y(row_0_y)
  );
  (* src = "rtl/ternary/array.ts:20" *) ternary_dot_product row_1 (
    .clk(clk),
    .enable(enable),
    .x(x),
    .w(w[31:16]),
    .init(init[31:16]),
    .valid(valid),
    .first(first),
    .y(row_1_y)
  );
  (* src = "rtl/ternary/array.ts:20" *) ternary_dot_product row_2 (
    .clk(clk),
    .enable(enable),
    .x(x),
    .w(w[47:32]),
    .init(init[47:32]),
    .valid(valid),
    .first(first),
    .y(row_2_y)
  );
  (* src = "rtl/ternary/array.ts:20" *) ternary_dot_product row_3 (
    .clk(clk),
    .enable(enable),
    .x(x),
    .w(w[63:48]),
    .init(init[63:48]),
    .valid(valid),
    .first(first),
    .y(row_3_y)
  );
  assign y = {row_3_y, row_2_y, row_1_y, row_0_y};
endmodule

`default_nettype wire
