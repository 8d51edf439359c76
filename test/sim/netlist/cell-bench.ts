import { type Circuit, uint } from '../../../ir/index.ts';
import { createEngine, type EngineOptions } from '../../../sim/engine/index.ts';
import { createSimulation, netlistCircuit } from '../../../sim/index.ts';
import { runYosys } from '../../../synth/index.ts';
import { Draw } from '../../support/draw.ts';
import { type BenchCycle, type BenchOutputs, runBench } from '../../support/verilog-bench.ts';
import type { CellCase, Values } from './cell-cases.ts';

/** The clock that all cells have together. */
const clock = 'CLK';

/** Many cells in one module: the netlist that we read, and the same in Verilog with Yosys' models of the cells. */
export interface CellBench {
  readonly cases: readonly CellCase[];
  readonly json: string;
  readonly verilog: string;
  readonly cycles: readonly BenchCycle[];
}

/**
 * Puts cells side by side into one module, each with ports of its own, and draws what they are given.
 *
 * @param models whether Verilog has the cells as instances of Yosys' simulation models, or what Yosys writes for them.
 */
export async function cellBench(
  cases: readonly CellCase[],
  { cycles, seed, models }: { readonly cycles: number; readonly seed: number; readonly models: boolean },
): Promise<CellBench> {
  const types = models ? [...new Set(cases.map(({ type }) => type))] : [];
  const { files, log } = await runYosys({
    script: [
      'read_rtlil cells.il',
      'write_json cells.json',
      `write_verilog -noattr ${models ? '-noexpr' : ''} cells.v`,
      ...types.map(type => `help ${type}+`),
    ].join('; '),
    files: { 'cells.il': rtlil(cases) },
    outputs: ['cells.json', 'cells.v'],
  });
  const text = (name: string) => new TextDecoder().decode(files[name]);
  const library = [...log.matchAll(/^module \\\$[\s\S]*?^ *endmodule/gm)].map(([model]) => model);
  const draw = new Draw(seed);
  let before: readonly Values[] = [];
  return {
    cases,
    json: text('cells.json'),
    verilog: `${text('cells.v')}\n${library.join('\n')}`,
    cycles: draw.times(cycles, () => {
      before = cases.map((one, i) => inputsOf(one, draw, before[i] ?? {}));
      const inputs = before.flatMap((values, i) =>
        Object.entries(values).map(([port, value]) => [`c${i}_${port}`, value] as const),
      );
      return { inputs: Object.fromEntries(inputs), clocks: [clock] };
    }),
  };
}

/** The module in Yosys' own text form. */
function rtlil(cases: readonly CellCase[]): string {
  const hasClock = cases.some(one => one.clocks !== undefined);
  const wires: string[] = hasClock ? [`wire input 1 \\${clock}`] : [];
  const cells: string[] = [];
  let place = 1;
  cases.forEach(({ type, parameters, inputs, outputs, initial = {}, ...one }, i) => {
    cells.push(`cell ${type} \\c${i}`);
    for (const [port, width] of Object.entries(one.clocks ?? {}))
      cells.push(`connect \\${port} { ${`\\${clock} `.repeat(width)}}`);
    for (const [name, value] of Object.entries(parameters)) cells.push(`parameter \\${name} ${value}`);
    for (const [port, width] of Object.entries({ ...inputs, ...outputs })) {
      const name = `c${i}_${port}`;
      if (width === 0) cells.push(`connect \\${port} { }`);
      else cells.push(`connect \\${port} ${connection(name, one.fixed?.[port])}`);
      if (width === 0) continue;
      if (initial[port] !== undefined) wires.push(`attribute \\init ${initial[port]}`);
      wires.push(`wire width ${width} ${port in inputs ? 'input' : 'output'} ${++place} \\${name}`);
    }
    cells.push('end');
  });
  return ['module \\cells', ...wires, ...cells, 'end', ''].join('\n');
}

function connection(name: string, fixed: string | undefined): string {
  if (fixed === undefined) return `\\${name}`;
  const bits = [...fixed].map((bit, i) => (bit === '-' ? `\\${name} [${fixed.length - 1 - i}]` : `1'${bit}`));
  return `{ ${bits.join(' ')} }`;
}

function inputsOf({ inputs, oneHot, tidy }: CellCase, draw: Draw, before: Values): Values {
  const ports = Object.entries(inputs).filter(([, width]) => width > 0);
  const drawn = ports.map(([port, width]) => [
    port,
    port !== oneHot ? draw.value(uint(width)) : draw.oneIn(3) ? 0n : 1n << BigInt(draw.below(width)),
  ]);
  const now = Object.fromEntries(drawn) as Values;
  return tidy === undefined ? now : { ...now, ...tidy(now, before) };
}

/** What Icarus says of every output in every cycle. */
export async function inIcarus({ cases, verilog, cycles }: CellBench): Promise<BenchOutputs> {
  const ports = (of: (one: CellCase) => Readonly<Record<string, number>>) =>
    cases.flatMap((one, i) =>
      Object.entries(of(one)).flatMap(([port, width]) =>
        width === 0 ? [] : [{ name: `c${i}_${port}`, width }],
      ),
    );
  const clocks = cases.some(one => one.clocks !== undefined) ? [clock] : [];
  const module = {
    name: 'cells',
    clocks,
    inputs: ports(({ inputs }) => inputs),
    outputs: ports(({ outputs }) => outputs),
    cycles,
  };
  return (await runBench([{ name: 'cells.v', text: verilog }], [module]))[0]!;
}

/** What a simulation of the netlist says. */
export function inSimulation(
  circuit: Circuit,
  cycles: readonly BenchCycle[],
  engine: 'compiled' | 'oracle',
): BenchOutputs {
  const simulation = createSimulation(circuit, { engine });
  return cycles.map(({ inputs }) => {
    for (const { name } of circuit.inputs) simulation.set(name, inputs[name]!);
    const outputs = circuit.outputs.map(({ name, net }) => {
      const { width } = circuit.nets[net]!.interval;
      return [name, simulation.get(name).toString(2).padStart(width, '0')] as const;
    });
    if (circuit.domains.length > 0) simulation.step();
    return Object.fromEntries(outputs);
  });
}

/** The same for a circuit without state and the engine alone, with another table of operations. */
export function inEngine(
  circuit: Circuit,
  cycles: readonly BenchCycle[],
  operation: NonNullable<EngineOptions['operation']>,
): BenchOutputs {
  const engine = createEngine(circuit, { seed: 0, operation });
  return cycles.map(({ inputs }) => {
    circuit.inputs.forEach(({ name }, i) => {
      engine.setInput(i, inputs[name]!);
    });
    return Object.fromEntries(
      circuit.outputs.map(({ name, net }) => {
        const { width } = circuit.nets[net]!.interval;
        return [name, BigInt.asUintN(width, engine.read(net)).toString(2).padStart(width, '0')];
      }),
    );
  });
}

/** The netlist of the bench as a circuit. */
export function circuitOf({ json }: CellBench): Circuit {
  return netlistCircuit(json, { top: 'cells' }).circuit;
}

/**
 * Each cell of which an output differs from what Icarus says, with the first difference; what Verilog does not know
 * is expected to be 0.
 */
export function differences(bench: CellBench, icarus: BenchOutputs, ours: BenchOutputs): string[] {
  return bench.cases.flatMap(({ type, parameters, inputs, outputs }, i) => {
    for (const [cycle, expected] of icarus.entries())
      for (const port of Object.keys(outputs)) {
        const name = `c${i}_${port}`;
        const known = expected[name]!.replaceAll(/[xz]/g, '0');
        const seen = ours[cycle]![name]!;
        if (known === seen) continue;
        const given = Object.keys(inputs)
          .map(input => `${input} = ${bench.cycles[cycle]!.inputs[`c${i}_${input}`]?.toString(2)}`)
          .join(', ');
        return [
          `${type} ${JSON.stringify(parameters)} with ${given} in cycle ${cycle}: ${port} is ${seen}, Icarus says ${expected[name]}`,
        ];
      }
    return [];
  });
}
