import { failing, type PlayedCore, playCommand, readVectors } from '../../embedding/index.ts';
import { type Beats, type InputStream, portName } from './beats.ts';
import type { Core } from './core.ts';
import { portFile } from './vectors.ts';

/** What a testbench is made from. */
export interface TestbenchParts extends PlayedCore {
  readonly core: Core;
  readonly beats: Beats;
  /** Bits of one sum at the output. */
  readonly yBits: number;
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
  /** The ports that a beat moves with. */
  readonly valid: string;
  readonly ready: string;
  readonly sources: readonly Source[];
  readonly registers: readonly { readonly name: string; readonly bits: number; readonly from: string }[];
}

/**
 * A testbench in plain Verilog-2005 that plays the vectors twice, without pauses and with random ones in all
 * streams, and ends with a line that begins with PASS or FAIL.
 */
export function testbench({ core, top, models, beats, yBits, madeBy }: TestbenchParts): string {
  const yAll = yBits * core.config.rows;
  const limit = 8 * beats.mostCycles + 1000;
  const out = (field: string): string => `${core.output.prefix}${field}`;
  const y = out(core.output.field);
  const texts = beats.streams.map(streamText);
  const each = (text: (of: StreamText) => string): string => texts.map(text).join('');
  const memories = texts.flatMap(({ stream: { name }, sources }) =>
    sources.map(({ memory, file }) => ({ memory, file, words: `${name.toUpperCase()}_BEATS` })),
  );
  const lines = (of: readonly string[]): string => of.map(line => `${line}\n`).join('');
  return `// The testbench of ${top}, made by ${madeBy}. Run it in this folder:
//
//   ${playCommand({ models })}
//
// It sends the beats of vectors/ and compares every sum, first without pauses and then with random pauses in all
// streams. It also fails where a sum changes while it waits, and where one comes that nobody asked for. The last line
// begins with PASS or FAIL; with -DSTOP_AT_FAIL a failure is a $stop, so that vvp -N ends with the status 1.
\`default_nettype none

module testbench;
${each(({ stream: { name, count } }) => `  localparam ${name.toUpperCase()}_BEATS = ${count};\n`)}  localparam SUMS = ${beats.sums};
  localparam CYCLES = ${limit};
  localparam AFTERWARDS = ${4 * core.latency + 16};

${each(({ stream, sources }) => lines(sources.map(({ memory, bits }) => `  reg [${bits - 1}:0] ${memory} [0:${stream.name.toUpperCase()}_BEATS - 1];`)))}  reg [${yAll - 1}:0] ys [0:SUMS - 1];

  reg clk = 0;
  reg rst = 1;
${each(
  ({ valid, ready, registers }) => `  reg ${valid} = 0;
${lines(registers.map(({ name: own, bits }) => `  reg ${bits === 1 ? '' : `[${bits - 1}:0] `}${own} = 0;`))}  wire ${ready};
`,
)}  reg ${out('ready')} = 0;
  wire ${out('valid')};
  wire [${yAll - 1}:0] ${y};

  ${top} core (
    .clk(clk),
    .rst(rst),
${each(({ valid, ready, registers }) => lines([valid, ...registers.map(({ name: own }) => own), ready].map(port => `    .${port}(${port}),`)))}${lines(core.output.unused.map(field => `    .${out(field)}(),`))}    .${out('valid')}(${out('valid')}),
    .${out('ready')}(${out('ready')}),
    .${y}(${y})
  );

  reg pauses = 0;
${each(({ stream: { name } }) => `  reg ${name}_is_held = 0;\n  integer ${name}_sent = 0;\n`)}  reg waits = 0;
  reg [${yAll - 1}:0] waiting;
  integer received = 0;
  integer wrong = 0;
  integer cycle = 0;
  integer afterwards = 0;
  integer seed = 1;
${failing}
  initial begin
${readVectors([...memories, { memory: 'ys', file: 'y.hex', words: 'SUMS' }])}    repeat (2) @(negedge clk);
    rst = failed;
  end

  always #5 clk = !clk;

  // Inputs change half a cycle before the edge that takes them. A beat that is offered stays until it is taken.
  always @(negedge clk) if (!rst) begin
${each(
  ({
    stream: { name },
    valid,
    registers,
  }) => `    ${valid} = ${name}_sent < ${name.toUpperCase()}_BEATS && (${name}_is_held || !pauses || $random(seed) % 3 != 0);
    if (${valid}) begin
${lines(registers.map(({ name: own, from }) => `      ${own} = ${from};`))}    end
`,
)}    ${out('ready')} = !pauses || $random(seed) % 3 != 0;
  end

  always @(posedge clk) if (!rst) begin
    cycle = cycle + 1;
${each(
  ({ stream: { name }, valid, ready }) => `    ${name}_is_held = ${valid} && !${ready};
    if (${valid} && ${ready}) ${name}_sent = ${name}_sent + 1;
`,
)}    if (waits && (${out('valid')} !== 1'b1 || ${y} !== waiting)) begin
      wrong = wrong + 1;
      $display("sum %0d changed while it waited", received);
    end
    waits = ${out('valid')} && !${out('ready')};
    waiting = ${y};
    if (${out('valid')} && ${out('ready')}) begin
      if (${y} !== ys[received]) begin
        wrong = wrong + 1;
        $display("sum %0d is %h, expected %h", received, ${y}, ys[received]);
      end
      received = received + 1;
    end
    if (received == SUMS) afterwards = afterwards + 1;
    if (received > SUMS || afterwards == AFTERWARDS || cycle == CYCLES) begin
      $display("%0d of %0d sums in %0d cycles, %0s pauses: %0d wrong", received, SUMS, cycle - afterwards + 1,
        pauses ? "with" : "without", wrong);
      if (received != SUMS || wrong != 0) fail;
      else if (pauses) begin
        $display("PASS");
        $finish(0);
      end
      pauses = 1;
      afterwards = 0;
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
    valid: portName(stream, 'valid'),
    ready: portName(stream, 'ready'),
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
        name: portName(stream, flag.name),
        bits: 1,
        // A memory of one bit has no part to select.
        from: `${name}_controls[${sent}]${flags.length === 1 ? '' : `[${flags.length - 1 - i}]`}`,
      })),
      ...used.map(port => ({
        name: portName(stream, port.name),
        bits: port.bits * port.elements,
        from: `${name}_${port.name}s[${sent}]`,
      })),
    ],
  };
}
