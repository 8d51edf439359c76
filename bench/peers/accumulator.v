// y := (first ? 0 : y) + term in 32 bits, in two halves, so that its carry chain does not set the clock: the upper half
// follows a cycle later. y is there two cycles after its last term.
module accumulator #(
  parameter WIDTH = 20
) (
  input wire clk,
  input wire first,
  input wire signed [WIDTH-1:0] term,
  output wire [31:0] y
);
  reg [16:0] low;
  reg [15:0] low_held, high;
  reg first_held;
  reg signed [WIDTH-17:0] term_held;
  // The lowest place makes the carry in.
  wire signed [16:0] addend = {{32-WIDTH{term_held[WIDTH-17]}}, term_held, low[16]};
  wire signed [16:0] high_sum = {high, 1'b1} + addend;
  always @(posedge clk) begin
    low <= first ? {1'b0, term[15:0]} : {1'b0, low[15:0]} + {1'b0, term[15:0]};
    low_held <= low[15:0];
    first_held <= first;
    term_held <= term[WIDTH-1:16];
    high <= first_held ? addend[16:1] : high_sum[16:1];
  end
  assign y = {high, low_held};
endmodule
