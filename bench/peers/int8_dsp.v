// int8 x int8 on the DSP blocks of an UltraPlus: each SB_MAC16 multiplies two pairs of 8 bits, with all of its registers
// in use; a registered tree in LUTs and an accumulator of 32 bits. LANES is even.
// `first` is due 2 + log2(LANES) cycles after x and w, and y is there two cycles later.
module int8_dsp #(
  parameter LANES = 8
) (
  input wire clk,
  input wire [LANES*8-1:0] x,
  input wire [LANES*8-1:0] w,
  input wire first,
  output wire [31:0] y
);
  wire [LANES*16-1:0] products;
  wire signed [15+$clog2(LANES):0] sum;
  genvar i;
  generate
    for (i = 0; i < LANES / 2; i = i + 1) begin : pair
      SB_MAC16 #(
        .A_REG(1'b1), .B_REG(1'b1), .A_SIGNED(1'b1), .B_SIGNED(1'b1), .MODE_8x8(1'b1),
        .TOP_8x8_MULT_REG(1'b1), .BOT_8x8_MULT_REG(1'b1),
        // The outputs are the products, and not the sums of the adders behind them.
        .TOPOUTPUT_SELECT(2'b10), .BOTOUTPUT_SELECT(2'b10)
      ) dsp (
        .CLK(clk), .CE(1'b1), .A(x[16*i +: 16]), .B(w[16*i +: 16]), .O(products[32*i +: 32]),
        .C(16'b0), .D(16'b0), .AHOLD(1'b0), .BHOLD(1'b0), .CHOLD(1'b0), .DHOLD(1'b0),
        .IRSTTOP(1'b0), .IRSTBOT(1'b0), .ORSTTOP(1'b0), .ORSTBOT(1'b0),
        .OLOADTOP(1'b0), .OLOADBOT(1'b0), .ADDSUBTOP(1'b0), .ADDSUBBOT(1'b0),
        .OHOLDTOP(1'b0), .OHOLDBOT(1'b0), .CI(1'b0), .ACCUMCI(1'b0), .SIGNEXTIN(1'b0),
        .CO(), .ACCUMCO(), .SIGNEXTOUT()
      );
    end
  endgenerate
  adder_tree #(.LANES(LANES), .WIDTH(16)) tree (.clk(clk), .x(products), .y(sum));
  accumulator #(.WIDTH(16+$clog2(LANES))) accumulator (.clk(clk), .first(first), .term(sum), .y(y));
endmodule
