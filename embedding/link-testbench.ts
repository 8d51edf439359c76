import { byteKinds, type LinkInterface } from './core.ts';
import { type PlayedCore, playCommand } from './play-command.ts';
import { failing, readVectors } from './read-vectors.ts';

/** Units of simulated time in a cycle: so many that a bit of a UART, which need not be whole cycles, is whole units nearly enough. */
const cycleUnits = 1000;

/** Rests of the wire (bits of a UART, bytes of SPI) in which no byte comes: then there is no answer. */
const silence = 100;

/** How often an exchange is repeated. */
const patience = 20;

/**
 * A testbench in plain Verilog-2005 that plays the bytes of a script on the wires of a UART or of SPI twice, without pauses and with random ones,
 * and ends with a line that begins with PASS or FAIL.
 */
export function linkTestbench({ top, madeBy, models }: PlayedCore, link: LinkInterface): string {
  const { kind, script, cyclesPerBit } = link;
  const { declarations, connections, tasks } = kind === 'uart' ? uart : spi;
  const kinds = Object.entries(byteKinds).map(
    ([name, number]) => `  localparam ${name.toUpperCase()} = ${number};`,
  );
  return `// The testbench of ${top}, made by ${madeBy}. Run it in this folder:
//
//   ${playCommand({ models })}
//
// It plays the bytes of vectors/${script.file} on the wires, first without pauses and then with random pauses between them: frames that load
// weights and activations, multiply, and read results, and frames that have to be refused. It compares all answers. The last line begins
// with PASS or FAIL; with -DSTOP_AT_FAIL a failure is a $stop, so that vvp -N ends with the status 1.
\`default_nettype none

module testbench;
  localparam LINES = ${script.lines};
  localparam BIT = ${Math.round(cycleUnits * cyclesPerBit)}; // units of time; a cycle has ${cycleUnits}
  localparam SILENCE = ${silence};
  localparam PATIENCE = ${patience};
${kinds.join('\n')}

  reg [11:0] script [0:LINES - 1];
  reg clk = 0;
  reg rst = 1;
${declarations}

  ${top} core (
    .clk(clk),
    .rst(rst),
${connections},
    .came(),
    .lost()
  );

  always #${cycleUnits / 2} clk = !clk;

  // The answer: what came between two zeros.
  reg [7:0] answer [0:255];
  integer bytes = 0;
  reg whole = 0;
  reg pauses = 0;
  integer wrong = 0;
  integer seed = 1;
  integer exchanges;
  integer line;
  integer first;
  integer place;
  integer waited;
  integer before;
  integer tries;
  reg differs;
${failing}
  task take(input [7:0] value);
    begin
      if (value == 0) begin
        whole = bytes > 0;
      end else if (whole) begin
        wrong = wrong + 1;
        $display("exchange %0d: a byte %h that nobody asked for", exchanges, value);
      end else begin
        answer[bytes & 255] = value;
        bytes = bytes + 1;
      end
    end
  endtask

${tasks}

  // Sends a request and waits for its answer; leaves the line behind the answer in \`place\`.
  task exchange;
    begin
      bytes = 0;
      whole = 0;
      place = first;
      while (script[place][11:8] == SEND) begin
        send(script[place][7:0]);
        place = place + 1;
      end
      waited = 0;
      while (!whole && waited < SILENCE) begin
        before = bytes;
        rest;
        waited = bytes == before ? waited + 1 : 0;
      end
      // The zero that is the end of one frame may be followed by bytes that nobody asked for.
      repeat (20) rest;
      differs = 0;
      while (script[place][11:8] == EXPECT) begin
        if (answer[(place - line) & 255] !== script[place][7:0]) differs = 1;
        place = place + 1;
      end
    end
  endtask

  task play;
    begin
      exchanges = 0;
      first = 0;
      while (first < LINES) begin
        line = first;
        while (script[line][11:8] == SEND) line = line + 1;
        exchange;
        tries = 1;
        while ((differs || bytes != place - line) && script[place][11:8] == AGAIN && tries < PATIENCE) begin
          exchange;
          tries = tries + 1;
        end
        if (differs || bytes != place - line || whole != (place > line)) begin
          wrong = wrong + 1;
          $display("exchange %0d: %0d bytes came that are not the %0d of the script from line %0d on", exchanges, bytes, place - line, line + 1);
        end
        exchanges = exchanges + 1;
        first = place + 1;
      end
      $display("%0d exchanges, %0s pauses: %0d wrong", exchanges, pauses ? "with" : "without", wrong);
    end
  endtask

  task reset;
    begin
      rst = 1;
      repeat (3) @(negedge clk);
      rst = 0;
      repeat (20) rest;
    end
  endtask

  initial begin
${readVectors([{ memory: 'script', file: script.file, words: 'LINES' }])}    if (!failed) begin
      reset;
      play;
      pauses = 1;
      reset;
      play;
      if (wrong != 0) fail;
      else $display("PASS");
      $finish(0);
    end
  end
endmodule

\`default_nettype wire
`;
}

/** What a testbench has for a wire: \`send\` puts a byte on it, \`rest\` lets time pass, and what comes goes to \`take\`. */
interface Wires {
  readonly declarations: string;
  readonly connections: string;
  readonly tasks: string;
}

const uart: Wires = {
  declarations: `  reg rx = 1;
  wire tx;`,
  connections: `    .rx(rx),
    .tx(tx)`,
  tasks: `  task rest;
    begin
      #BIT;
    end
  endtask

  // A start bit, eight bits from the lowest on, a stop bit.
  task send(input [7:0] value);
    integer i;
    begin
      if (pauses) repeat ($random(seed) & 7) #(BIT / 2);
      rx = 0;
      #BIT;
      for (i = 0; i < 8; i = i + 1) begin
        rx = value[i];
        #BIT;
      end
      rx = 1;
      #BIT;
    end
  endtask

  // What the core sends, looked at in the middle of each bit.
  reg [7:0] coming;
  integer n;
  always begin
    @(negedge tx);
    #(BIT / 2);
    if (tx === 1'b0) begin
      for (n = 0; n < 8; n = n + 1) begin
        #BIT coming[n] = tx;
      end
      #BIT;
      if (tx !== 1'b1) begin
        wrong = wrong + 1;
        $display("exchange %0d: a byte without a stop bit", exchanges);
      end
      take(coming);
    end
  end`,
};

const spi: Wires = {
  declarations: `  reg sck = 0;
  reg mosi = 0;
  reg cs_n = 1;
  wire miso;`,
  connections: `    .sck(sck),
    .mosi(mosi),
    .cs_n(cs_n),
    .miso(miso)`,
  tasks: `  // Zeros: the core sends where the host does.
  task rest;
    begin
      send(8'd0);
    end
  endtask

  // Mode 0, the highest bit first: both look where the clock rises. A pause is without a selection.
  task send(input [7:0] value);
    integer i;
    reg [7:0] coming;
    begin
      if (cs_n) begin
        cs_n = 0;
        #BIT;
      end
      for (i = 7; i >= 0; i = i - 1) begin
        mosi = value[i];
        #(BIT / 2);
        sck = 1;
        coming[i] = miso;
        #(BIT - BIT / 2);
        sck = 0;
      end
      take(coming);
      if (pauses && ($random(seed) & 3) == 0) begin
        #(BIT / 2) cs_n = 1;
        repeat (1 + ($random(seed) & 7)) #BIT;
      end
    end
  endtask`,
};
