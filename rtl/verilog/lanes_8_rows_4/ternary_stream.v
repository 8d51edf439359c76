// ternary_stream, made by Tercet from rtl/ternary/stream.ts:18.
// Do not edit: change the source and make it again.
//
// activationBits: 8
// maxK: 4096
// initBits: 16
// pipeline: 1
// lanes: 8
// rows: 4
`default_nettype none

module ternary_stream (
  (* src = "rtl/ternary/stream.ts:18" *) input wire clk,
  (* src = "rtl/ternary/stream.ts:18" *) input wire rst,
  (* src = "rtl/ternary/stream.ts:18" *) input wire in_valid,
  (* src = "rtl/ternary/stream.ts:18" *) input wire in_first,
  (* src = "rtl/ternary/stream.ts:18" *) input wire in_last,
  (* src = "rtl/ternary/stream.ts:18" *) input wire [63:0] in_x,
  (* src = "rtl/ternary/stream.ts:18" *) input wire [63:0] in_w,
  (* src = "rtl/ternary/stream.ts:18" *) input wire [63:0] in_init,
  (* src = "rtl/ternary/stream.ts:18" *) input wire out_ready,
  (* src = "rtl/ternary/stream.ts:33" *) output wire in_ready,
  (* src = "rtl/ternary/skid-buffer.ts:23" *) output wire out_valid,
  (* src = "rtl/ternary/skid-buffer.ts:28" *) output wire [83:0] out_y
);
  (* src = "rtl/ternary/stream.ts:49" *) wire [83:0] array_y;
  (* src = "rtl/ternary/skid-buffer.ts:21" *) reg full;
  (* src = "rtl/ternary/stream.ts:41" *) reg valid_early_3;
  (* src = "rtl/ternary/stream.ts:41" *) reg valid_early_2;
  (* src = "rtl/ternary/stream.ts:41" *) reg valid_early_1;
  (* src = "rtl/ternary/stream.ts:41" *) reg valid;
  (* src = "rtl/ternary/stream.ts:42" *) reg first_early_4;
  (* src = "rtl/ternary/stream.ts:42" *) reg first_early_3;
  (* src = "rtl/ternary/stream.ts:42" *) reg first_early_2;
  (* src = "rtl/ternary/stream.ts:42" *) reg first_early_1;
  (* src = "rtl/ternary/stream.ts:42" *) reg first;
  (* src = "rtl/ternary/skew.ts:11" *) reg [10:0] state;
  (* src = "rtl/ternary/skew.ts:11" *) reg [10:0] state_1;
  (* src = "rtl/ternary/skew.ts:11" *) reg [10:0] state_2;
  (* src = "rtl/ternary/skew.ts:11" *) reg [10:0] state_3;
  (* src = "rtl/ternary/skew.ts:11" *) reg [4:0] state_4;
  (* src = "rtl/ternary/skew.ts:11" *) reg [4:0] state_5;
  (* src = "rtl/ternary/skew.ts:11" *) reg [4:0] state_6;
  (* src = "rtl/ternary/skew.ts:11" *) reg [4:0] state_7;
  (* src = "rtl/ternary/skew.ts:11" *) reg [4:0] state_8;
  (* src = "rtl/ternary/skew.ts:11" *) reg [10:0] state_9;
  (* src = "rtl/ternary/skew.ts:11" *) reg [10:0] state_10;
  (* src = "rtl/ternary/skew.ts:11" *) reg [10:0] state_11;
  (* src = "rtl/ternary/skew.ts:11" *) reg [10:0] state_12;
  (* src = "rtl/ternary/skew.ts:11" *) reg [4:0] state_13;
  (* src = "rtl/ternary/skew.ts:11" *) reg [4:0] state_14;
  (* src = "rtl/ternary/skew.ts:11" *) reg [4:0] state_15;
  (* src = "rtl/ternary/skew.ts:11" *) reg [4:0] state_16;
  (* src = "rtl/ternary/skew.ts:11" *) reg [4:0] state_17;
  (* src = "rtl/ternary/skew.ts:11" *) reg [10:0] state_18;
  (* src = "rtl/ternary/skew.ts:11" *) reg [10:0] state_19;
  (* src = "rtl/ternary/skew.ts:11" *) reg [10:0] state_20;
  (* src = "rtl/ternary/skew.ts:11" *) reg [10:0] state_21;
  (* src = "rtl/ternary/skew.ts:11" *) reg [4:0] state_22;
  (* src = "rtl/ternary/skew.ts:11" *) reg [4:0] state_23;
  (* src = "rtl/ternary/skew.ts:11" *) reg [4:0] state_24;
  (* src = "rtl/ternary/skew.ts:11" *) reg [4:0] state_25;
  (* src = "rtl/ternary/skew.ts:11" *) reg [4:0] state_26;
  (* src = "rtl/ternary/skew.ts:11" *) reg [10:0] state_27;
  (* src = "rtl/ternary/skew.ts:11" *) reg [10:0] state_28;
  (* src = "rtl/ternary/skew.ts:11" *) reg [10:0] state_29;
  (* src = "rtl/ternary/skew.ts:11" *) reg [10:0] state_30;
  (* src = "rtl/ternary/skew.ts:11" *) reg [4:0] state_31;
  (* src = "rtl/ternary/skew.ts:11" *) reg [4:0] state_32;
  (* src = "rtl/ternary/skew.ts:11" *) reg [4:0] state_33;
  (* src = "rtl/ternary/skew.ts:11" *) reg [4:0] state_34;
  (* src = "rtl/ternary/skew.ts:11" *) reg [4:0] state_35;
  (* src = "rtl/ternary/stream.ts:44" *) reg last_early_5;
  (* src = "rtl/ternary/stream.ts:44" *) reg last_early_4;
  (* src = "rtl/ternary/stream.ts:44" *) reg last_early_3;
  (* src = "rtl/ternary/stream.ts:44" *) reg last_early_2;
  (* src = "rtl/ternary/stream.ts:44" *) reg last_early_1;
  (* src = "rtl/ternary/stream.ts:44" *) reg last;
  (* src = "rtl/ternary/skew.ts:11" *) reg [10:0] state_36;
  (* src = "rtl/ternary/skew.ts:11" *) reg [10:0] state_37;
  (* src = "rtl/ternary/skew.ts:11" *) reg [10:0] state_38;
  (* src = "rtl/ternary/skew.ts:11" *) reg [10:0] state_39;
  (* src = "rtl/ternary/stream.ts:53" *) reg result;
  (* src = "rtl/ternary/skid-buffer.ts:27" *) reg signed [20:0] kept_0;
  (* src = "rtl/ternary/skid-buffer.ts:27" *) reg signed [20:0] kept_1;
  (* src = "rtl/ternary/skid-buffer.ts:27" *) reg signed [20:0] kept_2;
  (* src = "rtl/ternary/skid-buffer.ts:27" *) reg signed [20:0] kept_3;
  (* src = "rtl/ternary/stream.ts:33" *) wire ready;
  initial begin
    full = 1'b0;
    valid_early_3 = 1'b0;
    valid_early_2 = 1'b0;
    valid_early_1 = 1'b0;
    valid = 1'b0;
    first_early_4 = 1'b0;
    first_early_3 = 1'b0;
    first_early_2 = 1'b0;
    first_early_1 = 1'b0;
    first = 1'b0;
    state = 11'd0;
    state_1 = 11'd0;
    state_2 = 11'd0;
    state_3 = 11'd0;
    state_4 = 5'd0;
    state_5 = 5'd0;
    state_6 = 5'd0;
    state_7 = 5'd0;
    state_8 = 5'd0;
    state_9 = 11'd0;
    state_10 = 11'd0;
    state_11 = 11'd0;
    state_12 = 11'd0;
    state_13 = 5'd0;
    state_14 = 5'd0;
    state_15 = 5'd0;
    state_16 = 5'd0;
    state_17 = 5'd0;
    state_18 = 11'd0;
    state_19 = 11'd0;
    state_20 = 11'd0;
    state_21 = 11'd0;
    state_22 = 5'd0;
    state_23 = 5'd0;
    state_24 = 5'd0;
    state_25 = 5'd0;
    state_26 = 5'd0;
    state_27 = 11'd0;
    state_28 = 11'd0;
    state_29 = 11'd0;
    state_30 = 11'd0;
    state_31 = 5'd0;
    state_32 = 5'd0;
    state_33 = 5'd0;
    state_34 = 5'd0;
    state_35 = 5'd0;
    last_early_5 = 1'b0;
    last_early_4 = 1'b0;
    last_early_3 = 1'b0;
    last_early_2 = 1'b0;
    last_early_1 = 1'b0;
    last = 1'b0;
    state_36 = 11'd0;
    state_37 = 11'd0;
    state_38 = 11'd0;
    state_39 = 11'd0;
    result = 1'b0;
    kept_0 = 21'd0;
    kept_1 = 21'd0;
    kept_2 = 21'd0;
    kept_3 = 21'd0;
  end
  (* src = "rtl/ternary/skid-buffer.ts:22" *) wire inverted;
  assign inverted = ~full;
  (* src = "rtl/ternary/stream.ts:43" *) wire signed [15:0] choice;
  assign choice = in_valid & in_first ? in_init[15:0] : 16'd0;
  (* src = "rtl/ternary/skew.ts:15" *) wire signed [15:0] init_0;
  assign init_0 = {state_8, state_3};
  (* src = "rtl/ternary/stream.ts:43" *) wire signed [15:0] choice_1;
  assign choice_1 = in_valid & in_first ? in_init[31:16] : 16'd0;
  (* src = "rtl/ternary/skew.ts:15" *) wire signed [15:0] init_1;
  assign init_1 = {state_17, state_12};
  (* src = "rtl/ternary/stream.ts:43" *) wire signed [15:0] choice_2;
  assign choice_2 = in_valid & in_first ? in_init[47:32] : 16'd0;
  (* src = "rtl/ternary/skew.ts:15" *) wire signed [15:0] init_2;
  assign init_2 = {state_26, state_21};
  (* src = "rtl/ternary/stream.ts:43" *) wire signed [15:0] choice_3;
  assign choice_3 = in_valid & in_first ? in_init[63:48] : 16'd0;
  (* src = "rtl/ternary/skew.ts:15" *) wire signed [15:0] init_3;
  assign init_3 = {state_35, state_30};
  (* src = "rtl/ternary/skew.ts:15" *) wire signed [20:0] sum_0;
  assign sum_0 = {array_y[20:11], state_36};
  (* src = "rtl/ternary/skew.ts:15" *) wire signed [20:0] sum_1;
  assign sum_1 = {array_y[41:32], state_37};
  (* src = "rtl/ternary/skew.ts:15" *) wire signed [20:0] sum_2;
  assign sum_2 = {array_y[62:53], state_38};
  (* src = "rtl/ternary/skew.ts:15" *) wire signed [20:0] sum_3;
  assign sum_3 = {array_y[83:74], state_39};
  assign out_valid = full | result;
  (* src = "rtl/ternary/skid-buffer.ts:24" *) wire stalls;
  assign stalls = out_valid & ~out_ready;
  (* src = "rtl/ternary/skid-buffer.ts:28" *) wire signed [20:0] out_y_0;
  assign out_y_0 = full ? kept_0 : sum_0;
  (* src = "rtl/ternary/skid-buffer.ts:28" *) wire signed [20:0] out_y_1;
  assign out_y_1 = full ? kept_1 : sum_1;
  (* src = "rtl/ternary/skid-buffer.ts:28" *) wire signed [20:0] out_y_2;
  assign out_y_2 = full ? kept_2 : sum_2;
  (* src = "rtl/ternary/skid-buffer.ts:28" *) wire signed [20:0] out_y_3;
  assign out_y_3 = full ? kept_3 : sum_3;
  (* src = "rtl/ternary/stream.ts:49" *) ternary_array array (
    .clk(clk),
    .enable(inverted),
    .x(in_x),
    .w(in_w),
    .init({init_3, init_2, init_1, init_0}),
    .valid(valid),
    .first(first),
    .y(array_y)
  );
  assign ready = inverted;
  always @(posedge clk) begin
    if (rst) begin
      full <= 1'b0;
    end else begin
      full <= stalls;
    end
    if (rst) begin
      valid_early_3 <= 1'b0;
      valid_early_2 <= 1'b0;
      valid_early_1 <= 1'b0;
      valid <= 1'b0;
      last_early_5 <= 1'b0;
      last_early_4 <= 1'b0;
      last_early_3 <= 1'b0;
      last_early_2 <= 1'b0;
      last_early_1 <= 1'b0;
      last <= 1'b0;
      result <= 1'b0;
    end else if (inverted) begin
      valid_early_3 <= in_valid;
      valid_early_2 <= valid_early_3;
      valid_early_1 <= valid_early_2;
      valid <= valid_early_1;
      last_early_5 <= in_valid & in_last;
      last_early_4 <= last_early_5;
      last_early_3 <= last_early_4;
      last_early_2 <= last_early_3;
      last_early_1 <= last_early_2;
      last <= last_early_1;
      result <= last;
    end
    if (inverted) begin
      first_early_4 <= in_valid & in_first;
      first_early_3 <= first_early_4;
      first_early_2 <= first_early_3;
      first_early_1 <= first_early_2;
      first <= first_early_1;
      state <= choice[10:0];
      state_1 <= state;
      state_2 <= state_1;
      state_3 <= state_2;
      state_4 <= choice[15:11];
      state_5 <= state_4;
      state_6 <= state_5;
      state_7 <= state_6;
      state_8 <= state_7;
      state_9 <= choice_1[10:0];
      state_10 <= state_9;
      state_11 <= state_10;
      state_12 <= state_11;
      state_13 <= choice_1[15:11];
      state_14 <= state_13;
      state_15 <= state_14;
      state_16 <= state_15;
      state_17 <= state_16;
      state_18 <= choice_2[10:0];
      state_19 <= state_18;
      state_20 <= state_19;
      state_21 <= state_20;
      state_22 <= choice_2[15:11];
      state_23 <= state_22;
      state_24 <= state_23;
      state_25 <= state_24;
      state_26 <= state_25;
      state_27 <= choice_3[10:0];
      state_28 <= state_27;
      state_29 <= state_28;
      state_30 <= state_29;
      state_31 <= choice_3[15:11];
      state_32 <= state_31;
      state_33 <= state_32;
      state_34 <= state_33;
      state_35 <= state_34;
      state_36 <= array_y[10:0];
      state_37 <= array_y[31:21];
      state_38 <= array_y[52:42];
      state_39 <= array_y[73:63];
    end
    kept_0 <= out_y_0;
    kept_1 <= out_y_1;
    kept_2 <= out_y_2;
    kept_3 <= out_y_3;
  end
  assign in_ready = ready;
  assign out_y = {out_y_3, out_y_2, out_y_1, out_y_0};
`ifdef FORMAL
  (* src = "rtl/ternary/skid-buffer.ts:41" *) reg waited;
  (* src = "rtl/ternary/skid-buffer.ts:42" *) reg signed [20:0] offered_0;
  (* src = "rtl/ternary/skid-buffer.ts:42" *) reg signed [20:0] offered_1;
  (* src = "rtl/ternary/skid-buffer.ts:42" *) reg signed [20:0] offered_2;
  (* src = "rtl/ternary/skid-buffer.ts:42" *) reg signed [20:0] offered_3;
  initial begin
    waited = 1'b0;
    offered_0 = 21'd0;
    offered_1 = 21'd0;
    offered_2 = 21'd0;
    offered_3 = 21'd0;
  end
  always @(posedge clk) begin
    if (rst) begin
      waited <= 1'b0;
    end else begin
      waited <= stalls;
    end
    offered_0 <= out_y_0;
    offered_1 <= out_y_1;
    offered_2 <= out_y_2;
    offered_3 <= out_y_3;
  end
  always @* begin
    if (~rst) begin
      assert (~waited | out_valid); // what is offered stays until it is taken
      assert (~waited | (out_y_0 == offered_0)); // what is offered does not change until it is taken
      assert (~waited | (out_y_1 == offered_1)); // what is offered does not change until it is taken
      assert (~waited | (out_y_2 == offered_2)); // what is offered does not change until it is taken
      assert (~waited | (out_y_3 == offered_3)); // what is offered does not change until it is taken
    end
  end
`endif
endmodule

`default_nettype wire
