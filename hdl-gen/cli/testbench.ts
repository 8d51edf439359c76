import type { Beats, InputStream } from './beats.ts';
import type { Core } from './core.ts';
import { portFile } from './vectors.ts';

/** What a testbench is made from. */
export interface TestbenchParts {
  readonly core: Core;
  /** The top module. */
  readonly top: string;
  readonly beats: Beats;
  /** Bits of one sum at the output. */
  readonly yBits: number;
  readonly madeBy: string;
}

/** A vector that a stream is played from: the memory that holds it, its file, and its bits. */
interface Source {
  readonly memory: string;
  readonly file: string;
  readonly bits: number;
}

/** What is written of one stream. */
interface StreamText {
  readonly stream: InputStream;
  readonly sources: readonly Source[];
  readonly registers: readonly { readonly name: string; readonly bits: number; readonly from: string }[];
}

/**
 * A testbench in plain Verilog-2005 that plays the vectors twice, without pauses and with random ones in all
 * streams, and ends with a line that begins with PASS or FAIL.
 */
export function testbench({ core, top, beats, yBits, madeBy }: TestbenchParts): string {
  const yAll = yBits * core.config.rows;
  const limit = 8 * beats.mostCycles + 1000;
  const texts = beats.streams.map(streamText);
  const each = (text: (of: StreamText) => string): string => texts.map(text).join('');
  const lines = (of: readonly string[]): string => of.map(line => `${line}\n`).join('');
  return `// The testbench of ${top}, made by ${madeBy}. Run it in this folder:
//
//   iverilog -g2005 -o testbench.vvp testbench.v verilog/*.v && vvp testbench.vvp
//
// It sends the beats of vectors/ and compares every sum, first without pauses and then with random pauses in all
// streams. The last line begins with PASS or FAIL.
\`default_nettype none

module testbench;
${each(({ stream: { name, count } }) => `  localparam ${name.toUpperCase()}_BEATS = ${count};\n`)}  localparam SUMS = ${beats.sums};
  localparam CYCLES = ${limit};

${each(({ stream, sources }) => lines(sources.map(({ memory, bits }) => `  reg [${bits - 1}:0] ${memory} [0:${stream.name.toUpperCase()}_BEATS - 1];`)))}  reg [${yAll - 1}:0] ys [0:SUMS - 1];

  reg clk = 0;
  reg rst = 1;
${each(
  ({ stream: { name }, registers }) => `  reg ${name}_valid = 0;
${lines(registers.map(({ name: own, bits }) => `  reg ${bits === 1 ? '' : `[${bits - 1}:0] `}${own} = 0;`))}  wire ${name}_ready;
`,
)}  reg out_ready = 0;
  wire out_valid;
  wire [${yAll - 1}:0] out_y;

  ${top} core (
    .clk(clk),
    .rst(rst),
${each(({ stream: { name }, registers }) => lines([`${name}_valid`, ...registers.map(({ name: own }) => own), `${name}_ready`].map(port => `    .${port}(${port}),`)))}    .out_valid(out_valid),
    .out_ready(out_ready),
    .out_y(out_y)
  );

  reg pauses = 0;
${each(({ stream: { name } }) => `  reg ${name}_is_held = 0;\n  integer ${name}_sent = 0;\n`)}  integer received = 0;
  integer wrong = 0;
  integer cycle = 0;
  integer seed = 1;

  initial begin
${each(({ sources }) => lines(sources.map(({ memory, file }) => `    $readmemh("vectors/${file}", ${memory});`)))}    $readmemh("vectors/y.hex", ys);
    repeat (2) @(negedge clk);
    rst = 0;
  end

  always #5 clk = !clk;

  // Inputs change half a cycle before the edge that takes them. A beat that is offered stays until it is taken.
  always @(negedge clk) if (!rst) begin
${each(
  ({
    stream: { name },
    registers,
  }) => `    ${name}_valid = ${name}_sent < ${name.toUpperCase()}_BEATS && (${name}_is_held || !pauses || $random(seed) % 3 != 0);
    if (${name}_valid) begin
${lines(registers.map(({ name: own, from }) => `      ${own} = ${from};`))}    end
`,
)}    out_ready = !pauses || $random(seed) % 3 != 0;
  end

  always @(posedge clk) if (!rst) begin
    cycle = cycle + 1;
${each(
  ({ stream: { name } }) => `    ${name}_is_held = ${name}_valid && !${name}_ready;
    if (${name}_valid && ${name}_ready) ${name}_sent = ${name}_sent + 1;
`,
)}    if (out_valid && out_ready) begin
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
${each(({ stream: { name } }) => `      ${name}_sent = 0;\n`)}      received = 0;
      cycle = 0;
    end
  end
endmodule

\`default_nettype wire
`;
}

/** The memories of a stream, and what its ports are set to in each beat. */
function streamText(stream: InputStream): StreamText {
  const { name, flags, ports } = stream;
  const used = ports.filter(({ bits }) => bits > 0);
  const sent = `${name}_sent`;
  return {
    stream,
    sources: [
      ...(flags.length === 0
        ? []
        : [{ memory: `${name}_controls`, file: portFile(stream, 'control'), bits: flags.length }]),
      ...used.map(port => ({
        memory: `${name}_${port.name}s`,
        file: portFile(stream, port.name),
        bits: port.bits * port.elements,
      })),
    ],
    registers: [
      ...flags.map((flag, i) => ({
        name: `${name}_${flag.name}`,
        bits: 1,
        // A memory of one bit has no part to select.
        from: `${name}_controls[${sent}]${flags.length === 1 ? '' : `[${flags.length - 1 - i}]`}`,
      })),
      ...used.map(port => ({
        name: `${name}_${port.name}`,
        bits: port.bits * port.elements,
        from: `${name}_${port.name}s[${sent}]`,
      })),
    ],
  };
}
