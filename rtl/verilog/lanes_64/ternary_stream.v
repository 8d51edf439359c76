// ternary_stream, made by Tercet from rtl/ternary/stream.ts:16.
// Do not edit: change the source and make it again.
//
// activationBits: 8
// maxK: 4096
// initBits: 16
// pipeline: 1
// lanes: 64
// rows: 1
`default_nettype none

module ternary_stream (
  (* src = "rtl/ternary/stream.ts:16" *) input wire clk,
  (* src = "rtl/ternary/stream.ts:16" *) input wire rst,
  (* src = "rtl/ternary/stream.ts:16" *) input wire in_valid,
  (* src = "rtl/ternary/stream.ts:16" *) input wire in_first,
  (* src = "rtl/ternary/stream.ts:16" *) input wire in_last,
  (* src = "rtl/ternary/stream.ts:16" *) input wire [511:0] in_x,
  (* src = "rtl/ternary/stream.ts:16" *) input wire [127:0] in_w,
  (* src = "rtl/ternary/stream.ts:16" *) input wire [15:0] in_init,
  (* src = "rtl/ternary/stream.ts:16" *) input wire out_ready,
  (* src = "rtl/ternary/stream.ts:31" *) output wire in_ready,
  (* src = "rtl/ternary/stream.ts:49" *) output reg out_valid,
  (* src = "rtl/ternary/stream.ts:45" *) output wire [20:0] out_y
);
  (* src = "rtl/ternary/stream.ts:45" *) wire [20:0] array_y;
  (* src = "rtl/ternary/stream.ts:45" *) wire signed [20:0] y_0;
  assign y_0 = array_y;
  (* src = "rtl/ternary/stream.ts:37" *) reg valid_early_6;
  (* src = "rtl/ternary/stream.ts:37" *) reg valid_early_5;
  (* src = "rtl/ternary/stream.ts:37" *) reg valid_early_4;
  (* src = "rtl/ternary/stream.ts:37" *) reg valid_early_3;
  (* src = "rtl/ternary/stream.ts:37" *) reg valid_early_2;
  (* src = "rtl/ternary/stream.ts:37" *) reg valid_early_1;
  (* src = "rtl/ternary/stream.ts:37" *) reg valid;
  (* src = "rtl/ternary/stream.ts:38" *) reg first_early_7;
  (* src = "rtl/ternary/stream.ts:38" *) reg first_early_6;
  (* src = "rtl/ternary/stream.ts:38" *) reg first_early_5;
  (* src = "rtl/ternary/stream.ts:38" *) reg first_early_4;
  (* src = "rtl/ternary/stream.ts:38" *) reg first_early_3;
  (* src = "rtl/ternary/stream.ts:38" *) reg first_early_2;
  (* src = "rtl/ternary/stream.ts:38" *) reg first_early_1;
  (* src = "rtl/ternary/stream.ts:38" *) reg first;
  (* src = "rtl/ternary/skew.ts:10" *) reg signed [15:0] init_0_early_6;
  (* src = "rtl/ternary/skew.ts:10" *) reg signed [15:0] init_0_early_5;
  (* src = "rtl/ternary/skew.ts:10" *) reg signed [15:0] init_0_early_4;
  (* src = "rtl/ternary/skew.ts:10" *) reg signed [15:0] init_0_early_3;
  (* src = "rtl/ternary/skew.ts:10" *) reg signed [15:0] init_0_early_2;
  (* src = "rtl/ternary/skew.ts:10" *) reg signed [15:0] init_0_early_1;
  (* src = "rtl/ternary/skew.ts:10" *) reg signed [15:0] init_0;
  (* src = "rtl/ternary/stream.ts:40" *) reg last_early_7;
  (* src = "rtl/ternary/stream.ts:40" *) reg last_early_6;
  (* src = "rtl/ternary/stream.ts:40" *) reg last_early_5;
  (* src = "rtl/ternary/stream.ts:40" *) reg last_early_4;
  (* src = "rtl/ternary/stream.ts:40" *) reg last_early_3;
  (* src = "rtl/ternary/stream.ts:40" *) reg last_early_2;
  (* src = "rtl/ternary/stream.ts:40" *) reg last_early_1;
  (* src = "rtl/ternary/stream.ts:40" *) reg last;
  (* src = "rtl/ternary/stream.ts:31" *) wire enable;
  initial begin
    valid_early_6 = 1'b0;
    valid_early_5 = 1'b0;
    valid_early_4 = 1'b0;
    valid_early_3 = 1'b0;
    valid_early_2 = 1'b0;
    valid_early_1 = 1'b0;
    valid = 1'b0;
    first_early_7 = 1'b0;
    first_early_6 = 1'b0;
    first_early_5 = 1'b0;
    first_early_4 = 1'b0;
    first_early_3 = 1'b0;
    first_early_2 = 1'b0;
    first_early_1 = 1'b0;
    first = 1'b0;
    init_0_early_6 = 16'd0;
    init_0_early_5 = 16'd0;
    init_0_early_4 = 16'd0;
    init_0_early_3 = 16'd0;
    init_0_early_2 = 16'd0;
    init_0_early_1 = 16'd0;
    init_0 = 16'd0;
    last_early_7 = 1'b0;
    last_early_6 = 1'b0;
    last_early_5 = 1'b0;
    last_early_4 = 1'b0;
    last_early_3 = 1'b0;
    last_early_2 = 1'b0;
    last_early_1 = 1'b0;
    last = 1'b0;
    out_valid = 1'b0;
  end
  (* src = "rtl/ternary/stream.ts:45" *) ternary_array array (
    .clk(clk),
    .enable(enable),
    .x(in_x),
    .w(in_w),
    .init(init_0),
    .valid(valid),
    .first(first),
    .y(array_y)
  );
  assign enable = out_ready | ~out_valid;
  always @(posedge clk) begin
    if (rst) begin
      valid_early_6 <= 1'b0;
      valid_early_5 <= 1'b0;
      valid_early_4 <= 1'b0;
      valid_early_3 <= 1'b0;
      valid_early_2 <= 1'b0;
      valid_early_1 <= 1'b0;
      valid <= 1'b0;
      last_early_7 <= 1'b0;
      last_early_6 <= 1'b0;
      last_early_5 <= 1'b0;
      last_early_4 <= 1'b0;
      last_early_3 <= 1'b0;
      last_early_2 <= 1'b0;
      last_early_1 <= 1'b0;
      last <= 1'b0;
      out_valid <= 1'b0;
    end else if (enable) begin
      valid_early_6 <= in_valid;
      valid_early_5 <= valid_early_6;
      valid_early_4 <= valid_early_5;
      valid_early_3 <= valid_early_4;
      valid_early_2 <= valid_early_3;
      valid_early_1 <= valid_early_2;
      valid <= valid_early_1;
      last_early_7 <= in_valid & in_last;
      last_early_6 <= last_early_7;
      last_early_5 <= last_early_6;
      last_early_4 <= last_early_5;
      last_early_3 <= last_early_4;
      last_early_2 <= last_early_3;
      last_early_1 <= last_early_2;
      last <= last_early_1;
      out_valid <= last;
    end
    if (enable) begin
      first_early_7 <= in_valid & in_first;
      first_early_6 <= first_early_7;
      first_early_5 <= first_early_6;
      first_early_4 <= first_early_5;
      first_early_3 <= first_early_4;
      first_early_2 <= first_early_3;
      first_early_1 <= first_early_2;
      first <= first_early_1;
      init_0_early_6 <= in_valid & in_first ? in_init : 16'd0;
      init_0_early_5 <= init_0_early_6;
      init_0_early_4 <= init_0_early_5;
      init_0_early_3 <= init_0_early_4;
      init_0_early_2 <= init_0_early_3;
      init_0_early_1 <= init_0_early_2;
      init_0 <= init_0_early_1;
    end
  end
  assign in_ready = enable;
  assign out_y = y_0;
endmodule

`default_nettype wire
