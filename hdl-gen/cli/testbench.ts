import { arrayLayout } from '../../rtl/ternary/index.ts';
import type { ArrayConfig } from './names.ts';
import type { Beats } from './product.ts';

/** What a testbench is made from. */
export interface TestbenchParts {
  readonly array: ArrayConfig;
  readonly beats: Beats;
  /** Bits of one sum at the output. */
  readonly yBits: number;
  /** Edges from the last beat of a sum to the sum. */
  readonly latency: number;
  readonly madeBy: string;
}

/**
 * A testbench in plain Verilog-2005 that plays the vectors twice, without pauses and with random ones in both
 * streams, and ends with a line that begins with PASS or FAIL.
 */
export function testbench({ array, beats, yBits, latency, madeBy }: TestbenchParts): string {
  const { lanes, rows, activationBits, initBits } = array;
  const { codeBits, w: codes } = arrayLayout(array);
  const hasInit = initBits > 0;
  const bits = {
    x: lanes * activationBits,
    w: codeBits * codes.length * rows,
    init: initBits * rows,
    y: yBits * rows,
  };
  const limit = 8 * (beats.count + latency) + 1000;
  return `// The testbench of ternary_stream, made by ${madeBy}. Run it in this folder:
//
//   iverilog -g2005 -o testbench.vvp testbench.v verilog/*.v && vvp testbench.vvp
//
// It sends the beats of vectors/ and compares every sum, first without pauses and then with random pauses in both
// streams. The last line begins with PASS or FAIL.
\`default_nettype none

module testbench;
  localparam BEATS = ${beats.count};
  localparam SUMS = ${beats.sums};
  localparam CYCLES = ${limit};

  reg [1:0] controls [0:BEATS - 1];
  reg [${bits.x - 1}:0] xs [0:BEATS - 1];
  reg [${bits.w - 1}:0] ws [0:BEATS - 1];
${hasInit ? `  reg [${bits.init - 1}:0] inits [0:BEATS - 1];\n` : ''}  reg [${bits.y - 1}:0] ys [0:SUMS - 1];

  reg clk = 0;
  reg rst = 1;
  reg in_valid = 0;
  reg in_first = 0;
  reg in_last = 0;
  reg [${bits.x - 1}:0] in_x = 0;
  reg [${bits.w - 1}:0] in_w = 0;
${hasInit ? `  reg [${bits.init - 1}:0] in_init = 0;\n` : ''}  reg out_ready = 0;
  wire in_ready;
  wire out_valid;
  wire [${bits.y - 1}:0] out_y;

  ternary_stream core (
    .clk(clk),
    .rst(rst),
    .in_valid(in_valid),
    .in_first(in_first),
    .in_last(in_last),
    .in_x(in_x),
    .in_w(in_w),
${hasInit ? '    .in_init(in_init),\n' : ''}    .in_ready(in_ready),
    .out_valid(out_valid),
    .out_ready(out_ready),
    .out_y(out_y)
  );

  reg pauses = 0;
  reg is_held = 0;
  integer sent = 0;
  integer received = 0;
  integer wrong = 0;
  integer cycle = 0;
  integer seed = 1;

  initial begin
    $readmemh("vectors/control.hex", controls);
    $readmemh("vectors/x.hex", xs);
    $readmemh("vectors/w.hex", ws);
${hasInit ? '    $readmemh("vectors/init.hex", inits);\n' : ''}    $readmemh("vectors/y.hex", ys);
    repeat (2) @(negedge clk);
    rst = 0;
  end

  always #5 clk = !clk;

  // Inputs change half a cycle before the edge that takes them. A beat that is offered stays until it is taken.
  always @(negedge clk) if (!rst) begin
    in_valid = sent < BEATS && (is_held || !pauses || $random(seed) % 3 != 0);
    out_ready = !pauses || $random(seed) % 3 != 0;
    if (in_valid) begin
      in_first = controls[sent][1];
      in_last = controls[sent][0];
      in_x = xs[sent];
      in_w = ws[sent];
${hasInit ? '      in_init = inits[sent];\n' : ''}    end
  end

  always @(posedge clk) if (!rst) begin
    cycle = cycle + 1;
    is_held = in_valid && !in_ready;
    if (in_valid && in_ready) sent = sent + 1;
    if (out_valid && out_ready) begin
      if (out_y !== ys[received]) begin
        wrong = wrong + 1;
        $display("sum %0d is %h, expected %h", received, out_y, ys[received]);
      end
      received = received + 1;
    end
    if (received == SUMS || cycle == CYCLES) begin
      $display("%0d of %0d sums in %0d cycles, %0s pauses: %0d wrong", received, SUMS, cycle,
        pauses ? "with" : "without", wrong);
      if (received != SUMS || wrong != 0) begin
        $display("FAIL");
        $finish(0);
      end else if (pauses) begin
        $display("PASS");
        $finish(0);
      end
      pauses = 1;
      sent = 0;
      received = 0;
      cycle = 0;
    end
  end
endmodule

\`default_nettype wire
`;
}
