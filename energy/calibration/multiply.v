// Two counters of 8 bits, which go up by 3 and 5, and their product, beside a counter of 24 bits. All bits are read by tables
// of four inputs that are written out: Yosys finds out that no product of 8 by 8 bits is all ones, and would build nothing.
//
// A DSP block has registers at its inputs, in which Yosys puts a copy of each counter: so what it multiplies does not glitch,
// while the sums that go to it do.
module multiply #(parameter DSP = 0) (input [32:0] pins, output any, output [2:0] lights, output some);
  all_pins others (.pins(pins), .any(any), .lights(lights));
  wire clk;
  SB_HFOSC oscillator (.CLKHFPU(1'b1), .CLKHFEN(1'b1), .CLKHF(clk));
  reg [23:0] count;
  (* keep *) reg [7:0] a, b;
  wire [7:0] next_a = a + 8'd3;
  wire [7:0] next_b = b + 8'd5;
  always @(posedge clk) begin
    count <= count + 1'b1;
    a <= next_a;
    b <= next_b;
  end

  wire [15:0] product;
  generate
    if (DSP) begin : in_block
      wire [31:0] result;
      SB_MAC16 #(.A_REG(1'b1), .B_REG(1'b1), .TOPOUTPUT_SELECT(2'b11), .BOTOUTPUT_SELECT(2'b11)) block (
        .CLK(clk), .CE(1'b1), .A({8'd0, next_a}), .B({8'd0, next_b}), .C(16'd0), .D(16'd0), .O(result),
        .IRSTTOP(1'b0), .IRSTBOT(1'b0), .ORSTTOP(1'b0), .ORSTBOT(1'b0), .AHOLD(1'b0), .BHOLD(1'b0), .CHOLD(1'b0),
        .DHOLD(1'b0), .OHOLDTOP(1'b0), .OHOLDBOT(1'b0), .OLOADTOP(1'b0), .OLOADBOT(1'b0), .ADDSUBTOP(1'b0),
        .ADDSUBBOT(1'b0), .CI(1'b0), .ACCUMCI(1'b0), .SIGNEXTIN(1'b0)
      );
      assign product = result[15:0];
    end else begin : in_tables
      assign product = a * b;
    end
  endgenerate

  wire [3:0] quarters;
  wire all_product, all_a, all_b;
  (* keep *) SB_LUT4 #(.LUT_INIT(16'h8000)) quarter [3:0] (
    .I0(product[3:0]), .I1(product[7:4]), .I2(product[11:8]), .I3(product[15:12]), .O(quarters)
  );
  (* keep *) SB_LUT4 #(.LUT_INIT(16'h8000)) whole (
    .I0(quarters[0]), .I1(quarters[1]), .I2(quarters[2]), .I3(quarters[3]), .O(all_product)
  );
  assign some = count[23] | (&a) | (&b) | all_product;
endmodule
