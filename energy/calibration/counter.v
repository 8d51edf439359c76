// A counter on a clock from outside. Only its highest bit is read.
module counter #(parameter BITS = 28) (
  input clk, input [32:0] pins, output any, output [2:0] lights, output top_bit
);
  all_pins others (.pins(pins), .any(any), .lights(lights));
  reg [BITS-1:0] count;
  always @(posedge clk) count <= count + 1'b1;
  assign top_bit = count[BITS-1];
endmodule
