// The pins that the measured designs configure as inputs and read, joined in one output. They do not move.
module all_pins (input [4:0] pins, output any);
  assign any = |pins;
endmodule
