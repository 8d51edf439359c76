// A counter of 24 bits on the fast oscillator; how it divides does not matter, as the clock of the row is what it gives.
module hfosc_counter (input [32:0] pins, output any, output [2:0] lights, output top_bit);
  all_pins others (.pins(pins), .any(any), .lights(lights));
  wire clk;
  SB_HFOSC oscillator (.CLKHFPU(1'b1), .CLKHFEN(1'b1), .CLKHF(clk));
  reg [23:0] count;
  always @(posedge clk) count <= count + 1'b1;
  assign top_bit = count[23];
endmodule
