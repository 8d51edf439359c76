// A counter of 24 bits on the slow oscillator.
module lfosc_counter (input [32:0] pins, output any, output [2:0] lights, output top_bit);
  all_pins others (.pins(pins), .any(any), .lights(lights));
  wire clk;
  SB_LFOSC oscillator (.CLKLFPU(1'b1), .CLKLFEN(1'b1), .CLKLF(clk));
  reg [23:0] count;
  always @(posedge clk) count <= count + 1'b1;
  assign top_bit = count[23];
endmodule
