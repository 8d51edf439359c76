import { startOf, type TimedInput, type TimedNetlist, type TimedTable } from './timed-netlist.ts';

export interface TimedVerilogOptions {
  readonly periodPs: number;
  /** How many cycles of values the file has. */
  readonly cycles: number;
  /** The file with a line for each cycle, as `$readmemb` reads it: a digit for each source, the first one last. */
  readonly valuesFile: string;
}

/**
 * The same netlist with the same delays as Verilog-2005, for any event-driven simulator: the second opinion on what
 * `TransitionCounter` counts. The module `timed` plays the values and ends by printing a line for each net: how often
 * it had another value at the end of a cycle, and how often it changed.
 */
export function timedVerilog(netlist: TimedNetlist, options: TimedVerilogOptions): string {
  const { nets, sources, tables } = netlist;
  const { periodPs, cycles, valuesFile } = options;
  const last = (count: number) => Math.max(count - 1, 0);
  return `\`timescale 1ps / 1ps
module timed;
  reg [${last(sources.length)}:0] rows [0:${last(cycles)}];
  reg [${last(sources.length)}:0] values;
  reg counting = 0;
  wire ${nets.map((_, i) => `net_${i}`).join(', ')};
  wire [${last(nets.length)}:0] now = {${nets
    .map((_, i) => `net_${i}`)
    .toReversed()
    .join(', ')}};
  reg [${last(nets.length)}:0] before;
  integer all [0:${last(nets.length)}];
  integer functional [0:${last(nets.length)}];
  integer cycle;
  integer i;

${sources
  .map(({ net, event, risePs, fallPs }, i) => {
    const start = startOf(event, periodPs);
    return `  assign ${delay(start + risePs, start + fallPs)}net_${net} = values[${i}];`;
  })
  .join('\n')}
${tables.map(tableText).join('\n')}
${nets.map((_, i) => `  always @(net_${i}) if (counting) all[${i}] = all[${i}] + 1;`).join('\n')}

  initial begin
    $readmemb("${valuesFile}", rows);
    for (i = 0; i < ${nets.length}; i = i + 1) begin
      all[i] = 0;
      functional[i] = 0;
    end
    #1 values = rows[0];
    #${periodPs} counting = 1;
    for (cycle = 1; cycle < ${cycles}; cycle = cycle + 1) begin
      before = now;
      values = rows[cycle];
      #${periodPs};
      for (i = 0; i < ${nets.length}; i = i + 1)
        if (now[i] !== before[i]) functional[i] = functional[i] + 1;
    end
    for (i = 0; i < ${nets.length}; i = i + 1) $display("%0d %0d", functional[i], all[i]);
    $finish;
  end
endmodule
`;
}

function tableText({ output, inputs, results, risePs, fallPs }: TimedTable, i: number): string {
  const lines = inputs.map((input, pin) => wireText(input, `${i}_${pin}`));
  const result = `table_${i}`;
  const driven = `  assign ${delay(risePs, fallPs)}net_${output} = `;
  if (inputs.length === 0) return `${driven}1'b${results & 1};`;
  const pins = inputs.map((_, pin) => `pin_${i}_${pin}`);
  const width = 1 << inputs.length;
  return [
    ...lines,
    `  localparam [${width - 1}:0] results_${i} = ${width}'b${results.toString(2)};`,
    `  reg ${result};`,
    // A process runs when all that is due at its moment has happened; an expression would be looked at in between.
    `  always @(${pins.join(' or ')}) ${result} = results_${i}[{${pins.toReversed().join(', ')}}];`,
    `${driven}${result};`,
  ].join('\n');
}

/**
 * First the slowest part of a wire, which swallows short pulses, then what lets all through. The last step is the same kind of
 * assignment for all pins, so that what is due at one moment happens together.
 */
function wireText({ net, delayPs, inertiaPs }: TimedInput, name: string): string {
  const behind = (source: string, ps: number) => `  always @(${source}) pin_${name} <= #${ps} ${source};`;
  if (inertiaPs === 0) return `  reg pin_${name};\n${behind(`net_${net}`, delayPs)}`;
  return [
    `  reg pin_${name};`,
    `  wire slow_${name};`,
    `  assign ${delay(inertiaPs, inertiaPs)}slow_${name} = net_${net};`,
    behind(`slow_${name}`, delayPs - inertiaPs),
  ].join('\n');
}

function delay(risePs: number, fallPs: number): string {
  return risePs === 0 && fallPs === 0 ? '' : `#(${risePs}, ${fallPs}) `;
}
