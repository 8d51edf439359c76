import { transferKinds, type WishboneInterface } from './core.ts';
import { type PlayedCore, playCommand } from './play-command.ts';
import { failing, readVectors } from './read-vectors.ts';

/**
 * A testbench in plain Verilog-2005 that plays the transfers of a script twice, without pauses and with random ones, and ends
 * with a line that begins with PASS or FAIL.
 */
export function wishboneTestbench(
  { top, madeBy, models }: PlayedCore,
  { addressBits, script }: WishboneInterface,
): string {
  const kinds = Object.entries(transferKinds)
    .map(([name, number]) => `  localparam ${constantName(name)} = ${number};`)
    .join('\n');
  return `// The testbench of ${top}, made by ${madeBy}. Run it in this folder:
//
//   ${playCommand({ models })}
//
// It plays the transfers of vectors/${script.file}, first without pauses and then with random pauses between them: it loads weights and
// activations, multiplies, and compares what it reads. The last line begins with PASS or FAIL; with -DSTOP_AT_FAIL a failure is
// a $stop, so that vvp -N ends with the status 1.
\`default_nettype none

module testbench;
  localparam TRANSFERS = ${script.count};
  localparam PATIENCE = 10000;
${kinds}

  reg [55:0] script [0:TRANSFERS - 1];
  reg clk = 0;
  reg rst = 1;
  reg cyc = 0;
  reg stb = 0;
  reg we = 0;
  reg [${addressBits - 1}:0] adr = 0;
  reg [3:0] sel = 0;
  reg [31:0] dat = 0;
  wire ack;
  wire err;
  wire [31:0] dat_read;

  ${top} core (
    .clk(clk),
    .rst(rst),
    .wb_cyc_i(cyc),
    .wb_stb_i(stb),
    .wb_we_i(we),
    .wb_adr_i(adr),
    .wb_sel_i(sel),
    .wb_dat_i(dat),
    .wb_ack_o(ack),
    .wb_err_o(err),
    .wb_dat_o(dat_read)
  );

  reg [3:0] kind;
  reg [31:0] expected;
  reg pauses = 0;
  integer number;
  integer waited;
  integer wrong = 0;
  integer idle;
  integer seed = 1;

${failing}
  always #5 clk = !clk;

  // A transfer, which begins at a falling edge and ends with one.
  task transfer;
    begin
      cyc = 1;
      stb = 1;
      we = kind == WRITE || kind == WRITE_ERROR || kind == PARTIAL_ERROR;
      sel = kind == PARTIAL_ERROR ? 4'b0001 : 4'b1111;
      waited = 0;
      #1;
      while (ack !== 1'b1 && err !== 1'b1 && waited < PATIENCE) begin
        @(negedge clk);
        waited = waited + 1;
      end
    end
  endtask

  // Takes the answer at an edge and leaves the bus; for a cycle nothing may answer.
  task leave;
    begin
      @(negedge clk);
      cyc = 0;
      stb = 0;
      #1;
      if (ack !== 1'b0 || err !== 1'b0) begin
        wrong = wrong + 1;
        $display("transfer %0d: an answer that nobody asked for", number);
      end
      @(negedge clk);
    end
  endtask

  task play;
    begin
      for (number = 0; number < TRANSFERS; number = number + 1) begin
        kind = script[number][55:52];
        adr = script[number][${31 + addressBits}:32];
        expected = script[number][31:0];
        dat = expected;
        idle = pauses ? $random(seed) & 3 : 0;
        repeat (idle) @(negedge clk);
        transfer;
        if (kind == WAIT) begin
          idle = 0;
          while (ack === 1'b1 && (dat_read & expected) !== 0 && idle < PATIENCE) begin
            leave;
            transfer;
            idle = idle + 1;
          end
        end
        if (err !== (kind >= WRITE_ERROR) || ack !== (kind < WRITE_ERROR)) begin
          wrong = wrong + 1;
          $display("transfer %0d at %h: ack is %b, err is %b", number, adr, ack, err);
        end else if ((kind == READ && dat_read !== expected) || (kind == WAIT && (dat_read & expected) !== 0)) begin
          wrong = wrong + 1;
          $display("transfer %0d at %h: %h was read, expected %h", number, adr, dat_read, expected);
        end
        leave;
      end
      $display("%0d transfers, %0s pauses: %0d wrong", TRANSFERS, pauses ? "with" : "without", wrong);
    end
  endtask

  initial begin
${readVectors([{ memory: 'script', file: script.file, words: 'TRANSFERS' }])}    if (!failed) begin
      repeat (3) @(negedge clk);
      rst = 0;
      @(negedge clk);
      play;
      pauses = 1;
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

/** `writeError` as `WRITE_ERROR`. */
function constantName(name: string): string {
  return name.replace(/[A-Z]/g, letter => `_${letter}`).toUpperCase();
}
