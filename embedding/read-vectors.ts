/*
 * What testbenches in Verilog have in common: they read vectors, and they can fail. What is not in a file is X, and X compared with X is no
 * difference, so a testbench must not begin with a file that is missing or not whole.
 */

/** The memory of a testbench that a file of vectors goes to, and its words: a number or a constant of the testbench. */
export interface VectorMemory {
  readonly memory: string;
  readonly file: string;
  readonly words: number | string;
}

/** Declares what `readVectors` and its users need: `failed` and the task `fail`. */
export const failing = `  integer word;
  reg failed = 0;

  // Ends the simulation.
  task fail;
    begin
      failed = 1;
      $display("FAIL");
\`ifdef STOP_AT_FAIL
      $stop(0);
\`endif
      $finish(0);
    end
  endtask
`;

/** Reads files of vectors, and fails where a word has no value. Statements of an `initial` block. */
export function readVectors(memories: readonly VectorMemory[]): string {
  return memories
    .map(
      ({ memory, file, words }) => `    $readmemh("vectors/${file}", ${memory});
    word = 0;
    while (word < ${words} && ^${memory}[word] !== 1'bx) word = word + 1;
    if (word < ${words} && !failed) begin
      $display("vectors/${file} is not there, or not whole: %0d of %0d words", word, ${words});
      fail;
    end
`,
    )
    .join('');
}
