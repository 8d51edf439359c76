import { copyFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { run, withFiles } from '../../support/tools.ts';
import type { CellCase, CellPort, Seen, StimulusRecord } from './ice40-case.ts';

/** Yosys' own simulation models of the cells. */
const models = join(
  dirname(createRequire(import.meta.url).resolve('@yowasp/yosys')),
  'share',
  'ice40',
  'cells_sim.v',
);

/** A cell and what is to happen to it; all have the same number of records. */
export interface BenchCase {
  readonly cell: CellCase;
  readonly stimulus: readonly StimulusRecord[];
}

/**
 * Runs many cells side by side in Yosys' own models, in one simulation by Icarus Verilog; gives what each of them
 * shows in each record, where unknown bits are `x` or `z`.
 *
 * A record takes 10 time units: at 0 the inputs change, at 5 the outputs are written down and then the clocks change.
 */
export async function runModels(cases: readonly BenchCase[]): Promise<Seen[][]> {
  const records = cases[0]!.stimulus.length;
  const benches = cases.map((one, i) => new Bench(one, i));
  const width = Math.max(...benches.map(bench => bench.width));
  const testbench = `
    \`timescale 1ps / 1ps
    module bench;
      reg [${width - 1}:0] records [0:${cases.length * records - 1}];
      integer r;
      ${benches.map(bench => bench.declarations()).join('\n')}
      initial begin
        $readmemh("records.hex", records);
        for (r = 0; r < ${records}; r = r + 1) begin
          ${benches.map(({ i }) => `inputs_${i} = records[${i * records} + r];`).join('\n')}
          #5;
          ${benches.map(({ i }) => `$display("%b", outputs_${i});`).join('\n')}
          ${benches.map(({ i }) => `clocks_${i} = inputs_${i};`).join('\n')}
          #5;
        end
      end
    endmodule`;
  const files = [
    { name: 'bench.v', text: testbench },
    { name: 'records.hex', text: benches.flatMap(bench => bench.records()).join('\n') },
  ];
  const text = await withFiles(files, async folder => {
    copyFileSync(models, join(folder, 'cells_sim.v'));
    const compiled = await run(
      'iverilog',
      [
        '-g2012',
        '-DNO_ICE40_DEFAULT_ASSIGNMENTS',
        '-o',
        'bench.vvp',
        '-s',
        'bench',
        'bench.v',
        'cells_sim.v',
      ],
      folder,
    );
    if (compiled.status !== 0) throw new Error(compiled.text);
    return (await run('vvp', ['-n', 'bench.vvp'], folder)).text;
  });
  const lines = text.trim().split('\n');
  return benches.map((bench, i) =>
    Array.from({ length: records }, (_, record) => bench.seen(lines[record * cases.length + i]!)),
  );
}

/** What the test bench has for one cell. A record has the clocks in its lowest bits, then the inputs. */
class Bench {
  readonly i: number;
  readonly #case: BenchCase;
  readonly #clocks: readonly CellPort[];
  readonly #inputs: readonly CellPort[];
  readonly #outputs: readonly CellPort[];

  constructor(one: BenchCase, i: number) {
    const { ports } = one.cell;
    this.i = i;
    this.#case = one;
    this.#clocks = ports.filter(({ kind }) => kind === 'clock');
    this.#inputs = ports.filter(({ kind }) => kind === 'input' || kind === 'pin');
    this.#outputs = ports.filter(({ kind }) => kind === 'output' || kind === 'pin');
  }

  get width(): number {
    return this.#clocks.length + this.#inputs.reduce((sum, { width }) => sum + width, 0);
  }

  declarations(): string {
    const { i } = this;
    const { type, parameters } = this.#case.cell;
    const clocks = Math.max(1, this.#clocks.length);
    const lines = [`reg [${this.width - 1}:0] inputs_${i} = 0;`, `reg [${clocks - 1}:0] clocks_${i} = 0;`];
    const connections: string[] = [];
    this.#clocks.forEach(({ name }, place) => {
      connections.push(`.${name}(clocks_${i}[${place}])`);
    });
    let low = this.#clocks.length;
    for (const { name, kind, width } of this.#inputs) {
      const value = `inputs_${i}[${low} +: ${width}]`;
      if (kind === 'pin') lines.push(`wire pin_${i}; assign (pull1, pull0) pin_${i} = ${value};`);
      connections.push(
        ...this.#connect(name, width, kind === 'pin' ? `pin_${i}` : `inputs_${i}`, kind === 'pin' ? 0 : low),
      );
      low += width;
    }
    let high = 0;
    const shown: string[] = [];
    for (const { name, kind, width } of this.#outputs) {
      if (kind === 'pin') shown.unshift(`pin_${i}`);
      else {
        shown.unshift(`made_${i}[${high} +: ${width}]`);
        connections.push(...this.#connect(name, width, `made_${i}`, high));
        high += width;
      }
    }
    lines.push(`wire [${Math.max(1, high) - 1}:0] made_${i};`);
    lines.push(`wire [${this.#outputs.reduce((sum, { width }) => sum + width, 0) - 1}:0] outputs_${i};`);
    lines.push(`assign outputs_${i} = { ${shown.join(', ')} };`);
    const set = Object.entries(parameters).map(([name, digits]) => `.${name}(${digits.length}'b${digits})`);
    lines.push(`${type} #(${set.join(', ')}) cell_${i} (${connections.join(', ')});`);
    return lines.join('\n');
  }

  #connect(name: string, width: number, vector: string, low: number): string[] {
    if (!this.#case.cell.isDivided || width === 1)
      return [`.${name}(${vector}${vector.startsWith('pin') ? '' : `[${low} +: ${width}]`})`];
    return Array.from({ length: width }, (_, bit) => `.${name}_${bit}(${vector}[${low + bit}])`);
  }

  /** The stimulus, a line in hexadecimal for each record. */
  records(): string[] {
    return this.#case.stimulus.map(({ inputs, clocks }) => {
      let record = 0n;
      let low = 0n;
      const put = (value: bigint, width: number): void => {
        record |= value << low;
        low += BigInt(width);
      };
      for (const { name } of this.#clocks) put(BigInt(clocks[name]!), 1);
      for (const { name, width } of this.#inputs) put(inputs[name]!, width);
      return record.toString(16);
    });
  }

  /** The outputs of one record from the line that the bench has written. */
  seen(line: string): Seen {
    let end = line.length;
    return Object.fromEntries(
      this.#outputs.map(({ name, width }) => {
        end -= width;
        return [name, line.slice(end, end + width)];
      }),
    );
  }
}
