import { clockDomain, defaultDomain, type Module, usesOf } from '../../hdl-gen/lang/index.ts';
import type { Claim } from '../../sim/cosim/index.ts';
import { powerUp } from '../../sim/index.ts';
import { fromBits, type Outputs, type VerilogCase } from './opinions.ts';
import { run, withFiles } from './tools.ts';

/**
 * Runs many designs side by side in one simulation by Icarus Verilog; gives the outputs of each in each cycle.
 * Every case has the same number of cycles.
 *
 * One record of the stimulus holds, from the lowest bit, the clocks that have an edge, the resets and the inputs.
 * A cycle takes 10 time units: at 0 the inputs change, at 5 the outputs are written down, at 6 the clocks of the
 * record rise, all in one assignment, and at 8 they fall. So nothing happens near an edge.
 */
export async function runIcarus(cases: readonly VerilogCase[]): Promise<Outputs[]> {
  const benches = cases.map((one, i) => new Bench(one, i));
  const cycles = cases[0]!.stimulus.length;
  const width = Math.max(...benches.map(bench => bench.recordWidth));
  const testbench = `
    module bench;
      reg [${width - 1}:0] records [0:${cases.length * cycles - 1}];
      integer cycle;
      ${benches.map(bench => bench.declarations()).join('\n')}
      initial begin
        $readmemh("records.hex", records);
        ${benches.flatMap(bench => bench.deposits()).join('\n')}
        for (cycle = 0; cycle < ${cycles}; cycle = cycle + 1) begin
          ${benches.map(({ i }) => `in_${i} = records[${i * cycles} + cycle];`).join('\n')}
          #5;
          ${benches.map(({ i }) => `$display("%h", out_${i});`).join('\n')}
          #1;
          ${benches.map(({ i }) => `clocks_${i} = in_${i};`).join('\n')}
          #2;
          ${benches.map(({ i }) => `clocks_${i} = 0;`).join('\n')}
          #2;
        end
      end
    endmodule`;
  const files = [
    { name: 'bench.v', text: testbench },
    { name: 'records.hex', text: benches.flatMap(bench => bench.records()).join('\n') },
    ...cases.flatMap(({ verilog }) => verilog),
  ];
  const text = await withFiles(files, async folder => {
    const sources = files.map(({ name }) => name).filter(name => name.endsWith('.v'));
    const compiled = await run('iverilog', ['-g2005', '-o', 'bench.vvp', '-s', 'bench', ...sources], folder);
    if (compiled.status !== 0) throw new Error(compiled.text);
    return (await run('vvp', ['-n', 'bench.vvp'], folder)).text;
  });
  const lines = text.trim().split('\n');
  return benches.map((bench, i) =>
    Array.from({ length: cycles }, (_, cycle) => bench.outputs(lines[cycle * cases.length + i] ?? 'x')),
  );
}

/** What the test bench has for one design. */
class Bench {
  readonly i: number;
  readonly #case: VerilogCase;
  readonly #domains: readonly string[];
  readonly #resets: readonly string[];

  constructor(one: VerilogCase, i: number) {
    this.i = i;
    this.#case = one;
    this.#domains = one.design.circuit.domains.map(({ name }) => name);
    const names = one.design.circuit.inputs.map(({ name }) => name);
    this.#resets = this.#domains.map(name => domainOf(name).resetPort).filter(name => names.includes(name));
  }

  get recordWidth(): number {
    const { inputs } = this.#case.design.top;
    const bits = inputs.reduce((sum, { interval, elements }) => sum + interval.width * elements.length, 0);
    return this.#domains.length + this.#resets.length + bits;
  }

  declarations(): string {
    const { i } = this;
    const { top } = this.#case.design;
    const ports: string[] = [];
    const header = this.#case.verilog.at(-1)!.text;
    let low = this.#resets.length + this.#domains.length;
    const connect = (port: string, vector: string, from: number, width: number): void => {
      ports.push(`.${port}(${vector}_${i}[${from} +: ${width}])`);
    };
    this.#domains.forEach((name, d) => {
      const { clockPort } = domainOf(name);
      if (new RegExp(`input wire ${clockPort}\\b`).test(header)) connect(clockPort, 'clocks', d, 1);
    });
    this.#resets.forEach((name, r) => {
      connect(name, 'in', this.#domains.length + r, 1);
    });
    for (const { name, interval, elements } of top.inputs) {
      const width = interval.width * elements.length;
      connect(name, 'in', low, width);
      low += width;
    }
    let high = 0;
    for (const { name, interval, elements } of top.outputs) {
      const width = interval.width * elements.length;
      connect(name, 'out', high, width);
      high += width;
    }
    return `
      reg [${this.recordWidth - 1}:0] in_${i};
      reg [${this.#domains.length - 1}:0] clocks_${i} = 0;
      wire [${high - 1}:0] out_${i};
      ${this.#case.verilog.at(-1)!.name.replace('.v', '')} dut_${i} (${ports.join(', ')});`;
  }

  /** The stimulus, a line in hexadecimal for each cycle. */
  records(): string[] {
    const { circuit, top } = this.#case.design;
    const places = new Map(circuit.inputs.map(({ name }, at) => [name, at]));
    return this.#case.stimulus.map(({ inputs, domains }) => {
      const bits: string[] = this.#domains.map(name => (domains.includes(name) ? '1' : '0'));
      const put = (name: string, width: number): void => {
        bits.push(BigInt.asUintN(width, inputs[places.get(name)!]!).toString(2).padStart(width, '0'));
      };
      for (const name of this.#resets) put(name, 1);
      for (const { interval, elements } of top.inputs)
        for (const element of elements) put(element.name!, interval.width);
      return BigInt(`0b${bits.reverse().join('')}`).toString(16);
    });
  }

  /** One cycle's outputs from what the bench has written down; unknown where a bit is. */
  outputs(line: string): Claim[] {
    const { circuit, top } = this.#case.design;
    const ports = top.outputs.flatMap(({ interval, elements }) => elements.map(() => interval));
    if (!/^[0-9a-f]+$/.test(line)) return ports.map(() => 'x');
    let rest = BigInt(`0x${line}`);
    return ports.map((port, i) => {
      const { interval } = circuit.nets[circuit.outputs[i]!.net]!;
      const value = fromBits(rest, interval.signed ? interval : port);
      rest >>= BigInt(port.width);
      return value;
    });
  }

  /** Gives memories the power-up values that the simulators have too. */
  deposits(): string[] {
    const { design, seed } = this.#case;
    const places = new Map(design.circuit.memories.map(({ name }, at) => [name, at]));
    const { words, readData } = powerUp(design.circuit, seed);
    const lines: string[] = [];
    const visit = (module: Module, verilogPath: string, path: string): void => {
      for (const memory of usesOf(module, { withProperties: false }).memories) {
        const own = `${verilogPath}.${memory.name}`;
        const parts = memory.fields.map(({ name, interval }) => ({
          place: places.get(path + [memory.name, name].filter(part => part !== '').join('_'))!,
          width: interval.width,
        }));
        /** The fields side by side, the first one lowest. */
        const joined = (valueAt: (place: number) => bigint): string => {
          const bits = parts.map(({ place, width }) =>
            BigInt.asUintN(width, valueAt(place)).toString(2).padStart(width, '0'),
          );
          const text = bits.reverse().join('');
          return `${text.length}'b${text}`;
        };
        if (memory.initial === undefined) {
          for (let word = 0; word < memory.depth; word++)
            lines.push(`${own}[${word}] = ${joined(place => words[place]![word]!)};`);
        }
        memory.reads.forEach((port, at) => {
          const only = port.data.length === 1 ? port.data[0]!.name : undefined;
          const register = only ?? `${memory.name}_read_${at}`;
          lines.push(`${verilogPath}.${register} = ${joined(place => readData[place]![at]!)};`);
        });
      }
      for (const { name, module: inner } of module.instances)
        visit(inner, `${verilogPath}.${name}`, `${path}${name}.`);
    };
    visit(design.top, `dut_${this.i}`, '');
    return lines;
  }
}

function domainOf(name: string) {
  return name === '' ? defaultDomain : clockDomain(name);
}
