// ternary_stream, made by Tercet from rtl/ternary/stream.ts:18.
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
  (* src = "rtl/ternary/stream.ts:18" *) input wire clk,
  (* src = "rtl/ternary/stream.ts:18" *) input wire rst,
  (* src = "rtl/ternary/stream.ts:18" *) input wire in_valid,
  (* src = "rtl/ternary/stream.ts:18" *) input wire in_first,
  (* src = "rtl/ternary/stream.ts:18" *) input wire in_last,
  (* src = "rtl/ternary/stream.ts:18" *) input wire [511:0] in_x,
  (* src = "rtl/ternary/stream.ts:18" *) input wire [127:0] in_w,
  (* src = "rtl/ternary/stream.ts:18" *) input wire [15:0] in_init,
  (* src = "rtl/ternary/stream.ts:18" *) input wire out_ready,
  (* src = "rtl/ternary/stream.ts:33" *) output wire in_ready,
  (* src = "rtl/ternary/skid-buffer.ts:23" *) output wire out_valid,
  (* src = "rtl/ternary/skid-buffer.ts:28" *) output wire [20:0] out_y
);
  (* src = "rtl/ternary/stream.ts:49" *) wire [20:0] array_y;
  (* src = "rtl/ternary/skid-buffer.ts:21" *) reg full;
  (* src = "rtl/ternary/stream.ts:41" *) reg valid_early_6;
  (* src = "rtl/ternary/stream.ts:41" *) reg valid_early_5;
  (* src = "rtl/ternary/stream.ts:41" *) reg valid_early_4;
  (* src = "rtl/ternary/stream.ts:41" *) reg valid_early_3;
  (* src = "rtl/ternary/stream.ts:41" *) reg valid_early_2;
  (* src = "rtl/ternary/stream.ts:41" *) reg valid_early_1;
  (* src = "rtl/ternary/stream.ts:41" *) reg valid;
  (* src = "rtl/ternary/stream.ts:42" *) reg first_early_7;
  (* src = "rtl/ternary/stream.ts:42" *) reg first_early_6;
  (* src = "rtl/ternary/stream.ts:42" *) reg first_early_5;
  (* src = "rtl/ternary/stream.ts:42" *) reg first_early_4;
  (* src = "rtl/ternary/stream.ts:42" *) reg first_early_3;
  (* src = "rtl/ternary/stream.ts:42" *) reg first_early_2;
  (* src = "rtl/ternary/stream.ts:42" *) reg first_early_1;
  (* src = "rtl/ternary/stream.ts:42" *) reg first;
  (* src = "rtl/ternary/skew.ts:11" *) reg [12:0] state;
  (* src = "rtl/ternary/skew.ts:11" *) reg [12:0] state_1;
  (* src = "rtl/ternary/skew.ts:11" *) reg [12:0] state_2;
  (* src = "rtl/ternary/skew.ts:11" *) reg [12:0] state_3;
  (* src = "rtl/ternary/skew.ts:11" *) reg [12:0] state_4;
  (* src = "rtl/ternary/skew.ts:11" *) reg [12:0] state_5;
  (* src = "rtl/ternary/skew.ts:11" *) reg [12:0] state_6;
  (* src = "rtl/ternary/skew.ts:11" *) reg [2:0] state_7;
  (* src = "rtl/ternary/skew.ts:11" *) reg [2:0] state_8;
  (* src = "rtl/ternary/skew.ts:11" *) reg [2:0] state_9;
  (* src = "rtl/ternary/skew.ts:11" *) reg [2:0] state_10;
  (* src = "rtl/ternary/skew.ts:11" *) reg [2:0] state_11;
  (* src = "rtl/ternary/skew.ts:11" *) reg [2:0] state_12;
  (* src = "rtl/ternary/skew.ts:11" *) reg [2:0] state_13;
  (* src = "rtl/ternary/skew.ts:11" *) reg [2:0] state_14;
  (* src = "rtl/ternary/stream.ts:44" *) reg last_early_8;
  (* src = "rtl/ternary/stream.ts:44" *) reg last_early_7;
  (* src = "rtl/ternary/stream.ts:44" *) reg last_early_6;
  (* src = "rtl/ternary/stream.ts:44" *) reg last_early_5;
  (* src = "rtl/ternary/stream.ts:44" *) reg last_early_4;
  (* src = "rtl/ternary/stream.ts:44" *) reg last_early_3;
  (* src = "rtl/ternary/stream.ts:44" *) reg last_early_2;
  (* src = "rtl/ternary/stream.ts:44" *) reg last_early_1;
  (* src = "rtl/ternary/stream.ts:44" *) reg last;
  (* src = "rtl/ternary/skew.ts:11" *) reg [12:0] state_15;
  (* src = "rtl/ternary/stream.ts:53" *) reg result;
  (* src = "rtl/ternary/skid-buffer.ts:27" *) reg signed [20:0] kept_0;
  (* src = "rtl/ternary/stream.ts:33" *) wire ready;
  initial begin
    full = 1'b0;
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
    state = 13'd0;
    state_1 = 13'd0;
    state_2 = 13'd0;
    state_3 = 13'd0;
    state_4 = 13'd0;
    state_5 = 13'd0;
    state_6 = 13'd0;
    state_7 = 3'd0;
    state_8 = 3'd0;
    state_9 = 3'd0;
    state_10 = 3'd0;
    state_11 = 3'd0;
    state_12 = 3'd0;
    state_13 = 3'd0;
    state_14 = 3'd0;
    last_early_8 = 1'b0;
    last_early_7 = 1'b0;
    last_early_6 = 1'b0;
    last_early_5 = 1'b0;
    last_early_4 = 1'b0;
    last_early_3 = 1'b0;
    last_early_2 = 1'b0;
    last_early_1 = 1'b0;
    last = 1'b0;
    state_15 = 13'd0;
    result = 1'b0;
    kept_0 = 21'd0;
  end
  (* src = "rtl/ternary/skid-buffer.ts:22" *) wire inverted;
  assign inverted = ~full;
  (* src = "rtl/ternary/stream.ts:43" *) wire signed [15:0] choice;
  assign choice = in_valid & in_first ? in_init : 16'd0;
  (* src = "rtl/ternary/skew.ts:15" *) wire signed [15:0] init_0;
  assign init_0 = {state_14, state_6};
  (* src = "rtl/ternary/skew.ts:15" *) wire signed [20:0] sum_0;
  assign sum_0 = {array_y[20:13], state_15};
  assign out_valid = full | result;
  (* src = "rtl/ternary/skid-buffer.ts:24" *) wire stalls;
  assign stalls = out_valid & ~out_ready;
  (* src = "rtl/ternary/skid-buffer.ts:28" *) wire signed [20:0] out_y_0;
  assign out_y_0 = full ? kept_0 : sum_0;
  (* src = "rtl/ternary/stream.ts:49" *) ternary_array array (
    .clk(clk),
    .enable(inverted),
    .x(in_x),
    .w(in_w),
    .init(init_0),
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
      valid_early_6 <= 1'b0;
      valid_early_5 <= 1'b0;
      valid_early_4 <= 1'b0;
      valid_early_3 <= 1'b0;
      valid_early_2 <= 1'b0;
      valid_early_1 <= 1'b0;
      valid <= 1'b0;
      last_early_8 <= 1'b0;
      last_early_7 <= 1'b0;
      last_early_6 <= 1'b0;
      last_early_5 <= 1'b0;
      last_early_4 <= 1'b0;
      last_early_3 <= 1'b0;
      last_early_2 <= 1'b0;
      last_early_1 <= 1'b0;
      last <= 1'b0;
      result <= 1'b0;
    end else if (inverted) begin
      valid_early_6 <= in_valid;
      valid_early_5 <= valid_early_6;
      valid_early_4 <= valid_early_5;
      valid_early_3 <= valid_early_4;
      valid_early_2 <= valid_early_3;
      valid_early_1 <= valid_early_2;
      valid <= valid_early_1;
      last_early_8 <= in_valid & in_last;
      last_early_7 <= last_early_8;
      last_early_6 <= last_early_7;
      last_early_5 <= last_early_6;
      last_early_4 <= last_early_5;
      last_early_3 <= last_early_4;
      last_early_2 <= last_early_3;
      last_early_1 <= last_early_2;
      last <= last_early_1;
      result <= last;
    end
    if (inverted) begin
      first_early_7 <= in_valid & in_first;
      first_early_6 <= first_early_7;
      first_early_5 <= first_early_6;
      first_early_4 <= first_early_5;
      first_early_3 <= first_early_4;
      first_early_2 <= first_early_3;
      first_early_1 <= first_early_2;
      first <= first_early_1;
      state <= choice[12:0];
      state_1 <= state;
      state_2 <= state_1;
      state_3 <= state_2;
      state_4 <= state_3;
      state_5 <= state_4;
      state_6 <= state_5;
      state_7 <= choice[15:13];
      state_8 <= state_7;
      state_9 <= state_8;
      state_10 <= state_9;
      state_11 <= state_10;
      state_12 <= state_11;
      state_13 <= state_12;
      state_14 <= state_13;
      state_15 <= array_y[12:0];
    end
    kept_0 <= out_y_0;
  end
  assign in_ready = ready;
  assign out_y = out_y_0;
`ifdef FORMAL
  (* src = "rtl/ternary/skid-buffer.ts:41" *) reg waited;
  (* src = "rtl/ternary/skid-buffer.ts:42" *) reg signed [20:0] offered_0;
  initial begin
    waited = 1'b0;
    offered_0 = 21'd0;
  end
  always @(posedge clk) begin
    if (rst) begin
      waited <= 1'b0;
    end else begin
      waited <= stalls;
    end
    offered_0 <= out_y_0;
  end
  always @* begin
    if (~rst) begin
      assert (~waited | out_valid); // what is offered stays until it is taken
      assert (~waited | (out_y_0 == offered_0)); // what is offered does not change until it is taken
    end
  end
`endif
endmodule

`default_nettype wire
