import type { Bench, Deposit } from '../../sim/cosim/index.ts';
import { powerUp } from '../../sim/index.ts';
import { emittedMemories, emitVerilog } from '../emit/index.ts';
import { bit, ClockDomain, type Design, domainsOf, type Module, type ModulePort } from '../lang/index.ts';
import { resetPorts } from './ports.ts';

/** How a bench is made. */
export interface BenchOptions {
  /** Decides what hardware leaves open at power-up. */
  readonly seed: number;
  /** What the header of the Verilog says. */
  readonly madeBy?: string | undefined;
  /** Verilog of foreign modules, by path. */
  readonly sources?: Bench['files'] | undefined;
  /** Models of the device's own cells, by name. */
  readonly models?: Bench['models'] | undefined;
}

/** A design as Verilog, with what simulators that only know the Verilog need to be told. */
export function benchOf(design: Design, { seed, madeBy, sources = {}, models = {} }: BenchOptions): Bench {
  const { circuit, top } = design;
  const verilog = emitVerilog(design, { madeBy });
  const domains = circuit.domains.map(({ name }) => name);
  const port = ({ name, interval, elements, isArray }: ModulePort) => ({
    name,
    interval,
    elements: isArray ? elements.map((_, i) => `${name}_${i}`) : [name],
  });
  return {
    circuit,
    models,
    files: { ...sources, ...Object.fromEntries(verilog.map(({ name, text }) => [name, text])) },
    top: verilog.at(-1)!.name.replace(/\.v$/, ''),
    clocks: [...domainsOf(top, 'clock')].map(name => ({
      port: new ClockDomain(name).clockPort,
      domain: domains.indexOf(name),
    })),
    inputs: [
      ...top.inputs.map(port),
      ...resetPorts(top).map(name => ({ name, interval: bit, elements: [name] })),
    ],
    outputs: top.outputs.map(port),
    deposits: depositsOf(design, seed),
  };
}

/** What memories hold at power-up where the Verilog does not say it, drawn as the simulators draw it. */
function depositsOf(design: Design, seed: number): Deposit[] {
  const names = emittedMemories(design);
  const { words, readData } = powerUp(design.circuit, seed);
  const deposits: Deposit[] = [];
  // The flat circuit has a memory for each field; they stand in the order of this walk.
  let place = 0;
  const visit = (module: Module, path: string, isForeign: boolean): void => {
    const emitted = isForeign ? [] : (names.get(module) ?? []);
    for (const node of module.memories) {
      const first = place;
      place += node.fields.length;
      const found = emitted.find(other => other.node === node);
      if (found === undefined) continue;
      const width = node.fields.reduce((sum, { interval }) => sum + interval.width, 0);
      /** The fields side by side, the first one lowest. */
      const joined = (valueAt: (memory: number) => bigint): bigint =>
        node.fields.reduceRight(
          (bits, { interval }, f) =>
            (bits << BigInt(interval.width)) | BigInt.asUintN(interval.width, valueAt(first + f)),
          0n,
        );
      if (node.initial === undefined) {
        const all = Array.from({ length: node.depth }, (_, i) => joined(memory => words[memory]![i]!));
        deposits.push({ kind: 'memory', path: `${path}${found.name}`, width, words: all });
      }
      found.reads.forEach((register, i) => {
        const value = joined(memory => readData[memory]![i]!);
        deposits.push({ kind: 'register', path: `${path}${register}`, width, words: [value] });
      });
    }
    for (const { name, module: inner } of module.instances)
      visit(inner, `${path}${name}.`, isForeign || inner.foreign !== undefined);
  };
  visit(design.top, '', false);
  return deposits;
}
