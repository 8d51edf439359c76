// ternary_array, made by Tercet from rtl/ternary/array.ts:14.
// Do not edit: change the source and make it again.
//
// activationBits: 8
// maxK: 4096
// initBits: 16
// pipeline: 1
// lanes: 64
// rows: 1
`default_nettype none

module ternary_array (
  (* src = "rtl/ternary/array.ts:14" *) input wire clk,
  (* src = "rtl/ternary/array.ts:14" *) input wire enable,
  (* src = "rtl/ternary/array.ts:14" *) input wire [511:0] x,
  (* src = "rtl/ternary/array.ts:14" *) input wire [127:0] w,
  (* src = "rtl/ternary/array.ts:14" *) input wire [15:0] init,
  (* src = "rtl/ternary/array.ts:14" *) input wire valid,
  (* src = "rtl/ternary/array.ts:14" *) input wire first,
  (* src = "rtl/ternary/array.ts:20" *) output wire [20:0] y
);
  (* src = "rtl/ternary/array.ts:20" *) wire signed [20:0] row_0_y;
  (* src = "rtl/ternary/array.ts:20" *) ternary_dot_product row_0 (
    .clk(clk),
    .enable(enable),
    .x(x),
    .w(w),
    .init(init),
    .valid(valid),
    .first(first),
    .y(row_0_y)
  );
  assign y = row_0_y;
endmodule

`default_nettype wire
