/*
 * What a block with an asynchronous reset prints and checks.
 *
 * Of `always @(posedge clk or negedge rst_n) if (!rst_n) … else …` Yosys' `proc_arst` makes flip-flops with a reset, and
 * folds the `if` away for all that the block decides: then nothing is printed in the branch of the reset, and what the
 * other branch prints is printed during a reset too. So such a block is divided before: one process without an edge
 * decides as it is written, for the cells that watch the design, and one of the same contents, with wires of its own,
 * keeps the edges and the flip-flops. This is done in RTLIL, the text of Yosys' own form of a design.
 */

const edge = /^ {4}sync (?:posedge|negedge) /;
const identifier = /(?<=^|\s)[\\$]\S+/g;

/** Whether a netlist has a print or a check with more than one edge: such a one stands in such a block. */
export function hasResetWatchers(netlistJson: string): boolean {
  return /"TRG_WIDTH": "0*1[01]+"/.test(netlistJson);
}

/** The design with each such block divided. @param rtlil before Yosys' `proc`. */
export function withDividedBlocks(rtlil: string): string {
  return rtlil.replaceAll(/^module [\s\S]*?^end$/gm, divideIn);
}

function divideIn(module: string): string {
  const watchers = module.matchAll(
    /^ {2}cell \$(?:print|check) [\s\S]*?^ {4}connect \\EN (\S+)$[\s\S]*?^ {2}end$/gm,
  );
  const enables = new Set([...watchers].map(([, enable]) => enable!));
  if (enables.size === 0) return module;
  const wires = new Map(
    [...module.matchAll(/^ {2}wire .*?(\S+)$/gm)].map(([line, name]) => [name!, line] as const),
  );
  return module.replaceAll(
    /^((?: {2}attribute .*\n)*) {2}process (\S+)\n([\s\S]*?)^ {2}end$/gm,
    (process: string, attributes: string, name: string, contents: string) => {
      const lines = contents.split('\n');
      const driven = new Set(lines.flatMap(assigned));
      if (lines.filter(line => edge.test(line)).length < 2) return process;
      if (![...driven].some(each => enables.has(each))) return process;
      const body = contents.slice(0, contents.search(/^ {4}sync /m));
      const own = contents.replaceAll(identifier, each => (driven.has(each) ? `$own${each}` : each));
      const ownWires = [...driven].map(each => wires.get(each)!.replace(/\S+$/, wire => `$own${wire}`));
      return [
        ...ownWires,
        `${attributes}  process $watched${name}\n${body}  end`,
        `${attributes}  process ${name}\n${own}  end`,
      ].join('\n');
    },
  );
}

/** The wires that a line of a process assigns to. */
function assigned(line: string): string[] {
  const [, target] = /^\s*assign (\{[^}]*\}|\S+(?: \[[\d:]+\])?) /.exec(line) ?? [];
  return target?.match(identifier) ?? [];
}
