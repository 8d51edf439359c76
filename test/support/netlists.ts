import { benchOf } from '../../hdl-gen/cli/cosim-bench.ts';
import {
  type Bench,
  type BenchPort,
  type Claim,
  leaveOutOpenValues,
  type Stimulus,
  simulationOpinion,
} from '../../sim/cosim/index.ts';
import { createSimulation, netlistCircuit } from '../../sim/index.ts';
import { ice40Files, ice40Script, runYosys } from '../../synth/index.ts';
import type { Outputs, VerilogCase } from './opinions.ts';

/** What the netlist of one design says. */
export interface NetlistOutputs {
  readonly outputs: Outputs;
  /** Values that it says nothing of, because the circuit leaves them open at power-up. */
  readonly leftOut: number;
}

const top = 'many';
const netlistFile = 'many.json';

/**
 * Synthesises many designs side by side, in one call of Yosys, and runs the netlist; gives the outputs of each design in
 * each cycle. Every case has the same number of cycles.
 */
export async function runNetlists(cases: readonly VerilogCase[]): Promise<NetlistOutputs[]> {
  const parts = cases.map((one, i) => new Part(one, i));
  const files = Object.fromEntries([
    ...cases.flatMap(({ verilog }) => verilog.map(({ name, text }) => [name, text] as const)),
    [`${top}.v`, topModule(parts)] as const,
  ]);
  const run = await runYosys({
    script: script(Object.keys(files)),
    files: { ...files, ...ice40Files },
    outputs: [netlistFile],
  });
  const json = new TextDecoder().decode(run.files[netlistFile]);
  const { circuit } = netlistCircuit(json, {
    top,
    ports: Object.fromEntries(parts.flatMap(part => part.divided())),
  });
  const cycles = cases[0]!.stimulus.length;
  const inputs = createSimulation(circuit, { engine: 'oracle' }).stimulus(cycles);
  for (const part of parts) for (const [name, cycle, value] of part.values()) inputs.set(name, cycle, value);
  const edges = Array.from({ length: cycles }, (_, cycle) => parts.flatMap(part => part.edges(cycle)));
  const said = await simulationOpinion(top, () => createSimulation(circuit)).run({ inputs, edges });
  const places = new Map(circuit.outputs.map(({ name }, place) => [name, place]));
  return parts.map(part => part.outputs((name, cycle) => said.claim(places.get(name)!, cycle)));
}

/** What `synthesise` does, but that the flat design loses the names of its inner wires: with them Yosys takes longer. */
function script(files: readonly string[]): string {
  const { hierarchical, flat } = ice40Script({ top, yosysDevice: 'u' });
  return [
    ...files.map(name => `read_verilog ${name}`),
    ...hierarchical,
    'flatten',
    'rename -hide w:*',
    'opt_clean',
    ...flat,
    `write_json ${netlistFile}`,
  ].join('; ');
}

function topModule(parts: readonly Part[]): string {
  return `module ${top} (
  ${parts.flatMap(part => part.declarations()).join(',\n  ')}
);
  ${parts.map(part => part.instance()).join('\n  ')}
endmodule
`;
}

/** One design within the whole: its ports have its number in front of their names. */
class Part {
  readonly #case: VerilogCase;
  readonly #bench: Bench;
  readonly #prefix: string;

  constructor(one: VerilogCase, i: number) {
    this.#case = one;
    this.#bench = benchOf(one.design, { seed: one.seed });
    this.#prefix = `d${i}_`;
  }

  declarations(): string[] {
    const { clocks, inputs, outputs } = this.#bench;
    const ports = (direction: string, list: readonly BenchPort[]) =>
      list.map(
        ({ name, interval, elements }) =>
          `${direction} wire [${interval.width * elements.length - 1}:0] ${this.#prefix}${name}`,
      );
    return [
      ...clocks.map(({ port }) => `input wire ${this.#prefix}${port}`),
      ...ports('input', inputs),
      ...ports('output', outputs),
    ];
  }

  instance(): string {
    const { clocks, inputs, outputs } = this.#bench;
    const names = [...clocks.map(({ port }) => port), ...[...inputs, ...outputs].map(({ name }) => name)];
    const connections = names.map(name => `.${name}(${this.#prefix}${name})`);
    return `${this.#bench.top} ${this.#prefix}(${connections.join(', ')});`;
  }

  /** The ports of the flat circuit in those of the netlist. */
  divided() {
    const { inputs, outputs } = this.#bench;
    return [...inputs, ...outputs].map(
      ({ name, interval, elements }) =>
        [this.#prefix + name, elements.map(element => ({ name: this.#prefix + element, interval }))] as const,
    );
  }

  /** What is given to the inputs of the netlist. */
  values(): [name: string, cycle: number, value: bigint][] {
    const { circuit } = this.#bench;
    return this.#case.stimulus.flatMap((record, cycle) =>
      record.inputs.map((value, i): [string, number, bigint] => [
        this.#prefix + circuit.inputs[i]!.name,
        cycle,
        value,
      ]),
    );
  }

  /** The domains of the netlist that have an edge at the end of a cycle. */
  edges(cycle: number): string[] {
    const { circuit, clocks } = this.#bench;
    const { domains } = this.#case.stimulus[cycle]!;
    return clocks
      .filter(({ domain }) => domains.includes(circuit.domains[domain]!.name))
      .map(({ port }) => this.#prefix + port)
      .map(clock => /^(\w+)_clk$/.exec(clock)?.[1] ?? clock);
  }

  outputs(claim: (name: string, cycle: number) => Claim): NetlistOutputs {
    const { circuit } = this.#bench;
    const outputs = this.#case.stimulus.map((_, cycle) =>
      circuit.outputs.map(({ name }) => claim(this.#prefix + name, cycle)),
    );
    const leftOut = leaveOutOpenValues(circuit, this.#stimulus(), {
      set: (output, cycle, said) => {
        outputs[cycle]![output] = said;
      },
    });
    return { outputs, leftOut };
  }

  /** The stimulus as co-simulation has it. */
  #stimulus(): Stimulus {
    const { circuit } = this.#bench;
    const { stimulus } = this.#case;
    const inputs = createSimulation(circuit, { engine: 'oracle' }).stimulus(stimulus.length);
    stimulus.forEach((record, cycle) => {
      record.inputs.forEach((value, i) => {
        inputs.set(circuit.inputs[i]!.name, cycle, value);
      });
    });
    return { inputs, edges: stimulus.map(({ domains }) => domains) };
  }
}
