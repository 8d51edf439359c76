import type { Records } from '../records.ts';
import { type Bench, coreName, portIntervals, wrapperName } from './bench.ts';

/** The module that plays the stimulus. */
export const benchName = 'tercet_bench';

/** What its lines begin with; modules of the user may print others. */
export const mark = 'tercet:';

/**
 * A test bench that reads a record of `stimulus.hex` for each cycle and prints a line with all outputs. A record has,
 * from the lowest bit, the clocks that have an edge and the inputs.
 *
 * A cycle takes 10 time units: at 0 the inputs change, at 5 the outputs are printed, at 6 the clocks of the record
 * rise, all in one assignment, and at 8 they fall. So nothing happens near an edge.
 */
export function icarusBench(bench: Bench): string {
  const { circuit, clocks } = bench;
  const outputs = portIntervals(bench.outputs);
  let low = clocks.length;
  const inputs = inputWidths(bench).map((width, i) => {
    const connection = `.i${i}(record[${low} +: ${width}])`;
    low += width;
    return connection;
  });
  const connections = [
    ...clocks.map((_, i) => `.c${i}(clocks[${i}])`),
    ...inputs,
    ...circuit.outputs.map((_, i) => `.o${i}(o${i})`),
  ];
  const wires = circuit.outputs.map(({ name }, i) => `  wire [${outputs.get(name)!.width - 1}:0] o${i};`);
  return `module ${benchName};
  reg [${Math.max(1, low) - 1}:0] record;
  reg [${Math.max(1, clocks.length) - 1}:0] clocks = 0;
${wires.join('\n')}
  ${wrapperName} wrapper (
    ${connections.join(',\n    ')}
  );
  integer file;
  initial begin
${depositLines(bench)
  .map(line => `    ${line}\n`)
  .join('')}    file = $fopen("stimulus.hex", "r");
    while ($fscanf(file, "%h", record) == 1) begin
      #5 $display("${mark}${circuit.outputs.map(() => ' %h').join('')}", ${circuit.outputs.map((_, i) => `o${i}`).join(', ')});
      #1 clocks = record;
      #2 clocks = 0;
      #2;
    end
    $finish(0);
  end
endmodule
`;
}

/** The stimulus, a line in hexadecimal for each cycle. */
export function stimulusLines(
  bench: Bench,
  inputs: Records,
  edges: readonly (readonly string[])[] | undefined,
): string[] {
  const fields = bench.circuit.inputs.map(({ name }) => inputs.field(name));
  const widths = inputWidths(bench);
  const domains = bench.clocks.map(({ domain }) => bench.circuit.domains[domain]!.name);
  return Array.from({ length: inputs.cycles }, (_, cycle) => {
    const ticking = edges?.[cycle] ?? domains;
    const bits: string[] = domains.map(name => (ticking.includes(name) ? '1' : '0'));
    fields.forEach((field, i) => {
      bits.push(binary(inputs.value(field, cycle), widths[i]!));
    });
    return hexadecimal(bits.reverse().join(''));
  });
}

/** The files that `icarusBench` reads the contents of memories from, a word a line. */
export function depositFiles({ deposits }: Bench): Record<string, string> {
  return Object.fromEntries(
    deposits.flatMap(({ kind, words }, i) =>
      kind === 'memory' ? [[`memory_${i}.hex`, `${words.map(word => word.toString(16)).join('\n')}\n`]] : [],
    ),
  );
}

function depositLines({ deposits }: Bench): string[] {
  return deposits.map(({ kind, path, width, words }, i) => {
    const place = `wrapper.${coreName}.${path}`;
    if (kind === 'memory') return `$readmemh("memory_${i}.hex", ${place});`;
    return `${place} = ${width}'h${words[0]!.toString(16)};`;
  });
}

function inputWidths({ circuit, inputs }: Bench): number[] {
  const intervals = portIntervals(inputs);
  return circuit.inputs.map(({ name }) => intervals.get(name)!.width);
}

function binary(value: bigint, width: number): string {
  return BigInt.asUintN(width, value).toString(2).padStart(width, '0');
}

function hexadecimal(bits: string): string {
  return bits === '' ? '0' : BigInt(`0b${bits}`).toString(16);
}
