import { run, withFiles } from './tools.ts';

/** A port of a Verilog module. */
export interface BenchPort {
  readonly name: string;
  readonly width: number;
}

/** What one module is given in one cycle: the values of its inputs, and the clocks that have their edges. */
export interface BenchCycle {
  readonly inputs: Readonly<Record<string, bigint>>;
  readonly clocks: readonly string[];
}

/** A module that is to run in Icarus. */
export interface BenchModule {
  readonly name: string;
  readonly clocks: readonly string[];
  readonly inputs: readonly BenchPort[];
  readonly outputs: readonly BenchPort[];
  readonly cycles: readonly BenchCycle[];
}

/** What the outputs are in each cycle, in binary digits, `x` where Verilog does not know. */
export type BenchOutputs = readonly Readonly<Record<string, string>>[];

export interface BenchFile {
  readonly name: string;
  readonly text: string;
}

/**
 * Runs modules side by side in one simulation by Icarus Verilog, all for the same number of cycles. A cycle takes 10
 * time units: at 0 the inputs change, at 5 the outputs are written down, at 6 its clocks rise, and at 8 they fall.
 *
 * @param files all Verilog, and what it reads.
 */
export async function runBench(
  files: readonly BenchFile[],
  modules: readonly BenchModule[],
): Promise<BenchOutputs[]> {
  const cycles = modules[0]!.cycles.length;
  const width = Math.max(...modules.map(recordWidth));
  const each = (text: (module: BenchModule, i: number) => string) => modules.map(text).join('\n');
  const bench = `
    module bench;
      reg [${width - 1}:0] records [0:${modules.length * cycles - 1}];
      integer cycle;
      ${each(instance)}
      initial begin
        $readmemh("records.hex", records);
        for (cycle = 0; cycle < ${cycles}; cycle = cycle + 1) begin
          ${each((_, i) => `in_${i} = records[${i * cycles} + cycle];`)}
          #5;
          ${each((_, i) => `$display("out %b", out_${i});`)}
          #1;
          ${each((_, i) => `clocks_${i} = in_${i};`)}
          #2;
          ${each((_, i) => `clocks_${i} = 0;`)}
          #2;
        end
      end
    endmodule`;
  const all = [...files, { name: 'bench.v', text: bench }, { name: 'records.hex', text: each(records) }];
  const text = await withFiles(all, async folder => {
    const sources = all.map(({ name }) => name).filter(name => /\.s?v$/.test(name));
    const flags = ['-g2012', '-DNO_ICE40_DEFAULT_ASSIGNMENTS', '-o', 'bench.vvp', '-s', 'bench'];
    const compiled = await run('iverilog', [...flags, ...sources], folder);
    if (compiled.status !== 0) throw new Error(compiled.text);
    return (await run('vvp', ['-n', 'bench.vvp'], folder)).text;
  });
  const lines = text.split('\n').flatMap(line => (line.startsWith('out ') ? [line.slice(4)] : []));
  if (lines.length !== cycles * modules.length) throw new Error(text);
  return modules.map((module, i) =>
    Array.from({ length: cycles }, (_, cycle) => outputsOf(module, lines[cycle * modules.length + i]!)),
  );
}

function recordWidth({ clocks, inputs }: BenchModule): number {
  return Math.max(1, clocks.length + inputs.reduce((sum, { width }) => sum + width, 0));
}

function instance(module: BenchModule, i: number): string {
  const { name, clocks, inputs, outputs } = module;
  const ports = clocks.map((clock, bit) => `.${clock}(clocks_${i}[${bit}])`);
  let low = clocks.length;
  for (const input of inputs) {
    ports.push(`.${input.name}(in_${i}[${low} +: ${input.width}])`);
    low += input.width;
  }
  let high = 0;
  for (const output of outputs) {
    ports.push(`.${output.name}(out_${i}[${high} +: ${output.width}])`);
    high += output.width;
  }
  return `
      reg [${recordWidth(module) - 1}:0] in_${i};
      reg [${Math.max(1, clocks.length) - 1}:0] clocks_${i} = 0;
      wire [${high - 1}:0] out_${i};
      ${name} dut_${i} (${ports.join(', ')});`;
}

/** The stimulus, a line in hexadecimal for each cycle. */
function records({ clocks, inputs, cycles }: BenchModule): string {
  return cycles
    .map(cycle => {
      const bits: string[] = clocks.map(clock => (cycle.clocks.includes(clock) ? '1' : '0'));
      for (const { name, width } of inputs)
        bits.push(BigInt.asUintN(width, cycle.inputs[name]!).toString(2).padStart(width, '0'));
      return BigInt(`0b0${bits.reverse().join('')}`).toString(16);
    })
    .join('\n');
}

function outputsOf({ outputs }: BenchModule, line: string): Readonly<Record<string, string>> {
  let end = line.length;
  return Object.fromEntries(
    outputs.map(({ name, width }) => {
      end -= width;
      return [name, line.slice(end, end + width)];
    }),
  );
}
