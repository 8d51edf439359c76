import { Records } from '../records.ts';
import { type Bench, inputLayout, outputLayout } from './bench.ts';
import { blockCycles } from './cxxrtl-harness.ts';
import { type Opinion, Testimony } from './opinion.ts';

// The ambient types of this project have no WebAssembly; this is all of it that is used here.
interface Program {
  readonly exports: {
    readonly memory: { readonly buffer: ArrayBuffer };
    _initialize(): void;
    inputs(): number;
    outputs(): number;
    edges(): number;
    run(cycles: number): void;
  };
}
declare const WebAssembly: {
  compile(bytes: Uint8Array): Promise<object>;
  instantiate(module: object, imports: object): Promise<Program>;
  readonly Module: {
    imports(module: object): readonly { readonly module: string; readonly name: string }[];
  };
};

/**
 * The opinion of CXXRTL on the Verilog of a bench.
 *
 * @param wasm the program that was compiled with `cxxrtlHarness(bench)`.
 */
export function cxxrtlOpinion(bench: Bench, wasm: Uint8Array): Opinion {
  return {
    name: 'cxxrtl',
    async run({ inputs, edges }) {
      const program = await start(wasm);
      const { exports } = program;
      const stimulus = inputs.inLayout(inputLayout(bench));
      const layout = outputLayout(bench);
      const results = new Records(layout, inputs.cycles);
      const domains = bench.clocks.map(({ domain }) => bench.circuit.domains[domain]!.name);
      for (let from = 0; from < inputs.cycles; from += blockCycles) {
        const cycles = Math.min(blockCycles, inputs.cycles - from);
        const { buffer } = exports.memory;
        new Uint8Array(buffer).set(stimulus.part(from, from + cycles).bytes, exports.inputs());
        const words = new Uint32Array(buffer, exports.edges(), cycles);
        for (let i = 0; i < cycles; i++) words[i] = mask(domains, edges?.[from + i]);
        exports.run(cycles);
        const part = new Records(layout, cycles);
        part.bytes.set(new Uint8Array(exports.memory.buffer, exports.outputs(), cycles * layout.stride));
        results.put(part, from);
        await new Promise(resolve => setImmediate(resolve));
      }
      return new Testimony(results);
    },
  };
}

/** A bit for each clock that has an edge. */
function mask(domains: readonly string[], ticking: readonly string[] | undefined): number {
  let bits = 0;
  for (const [i, domain] of domains.entries())
    if (ticking === undefined || ticking.includes(domain)) bits |= 1 << i;
  return bits;
}

async function start(wasm: Uint8Array): Promise<Program> {
  const module = await WebAssembly.compile(wasm);
  // The library can ask for a console or a clock; a simulation does not use them.
  const refused = 52;
  const imports: Record<string, Record<string, () => number>> = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    imports[from] ??= {};
    imports[from][name] = () => refused;
  }
  const program = await WebAssembly.instantiate(module, imports);
  program.exports._initialize();
  return program;
}
