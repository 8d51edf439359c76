import type { Design } from '../../hdl-gen/lang/index.ts';
import { type OperationName, type PrimitiveName, primitives } from '../../ir/index.ts';

/** What random circuits are made of, counted. */
export class Coverage {
  readonly #cells = new Map<OperationName, number>();
  circuits = 0;
  registers = 0;
  withEnable = 0;
  withReset = 0;
  memories = 0;
  unfilledMemories = 0;
  instances = 0;
  twoDomains = 0;
  /** Nets of more than 64 bits, and nets that can be negative. */
  wide = 0;
  signed = 0;

  take({ circuit, top }: Design): void {
    this.circuits++;
    for (const { operation } of circuit.cells)
      this.#cells.set(operation, (this.#cells.get(operation) ?? 0) + 1);
    this.registers += circuit.registers.length;
    this.withEnable += circuit.registers.filter(({ enable }) => enable !== undefined).length;
    this.withReset += circuit.registers.filter(({ reset }) => reset !== undefined).length;
    this.memories += circuit.memories.length;
    this.unfilledMemories += circuit.memories.filter(({ initial }) => initial === undefined).length;
    this.instances += top.instances.length;
    this.twoDomains += circuit.domains.length > 1 ? 1 : 0;
    this.wide += circuit.nets.filter(({ interval }) => interval.width > 64).length;
    this.signed += circuit.nets.filter(({ interval }) => interval.signed).length;
  }

  /** How often each primitive of the language is used. */
  get primitives(): ReadonlyMap<PrimitiveName, number> {
    const names = Object.keys(primitives) as PrimitiveName[];
    return new Map(names.map(name => [name, this.#cells.get(name) ?? 0]));
  }

  toString(): string {
    const used = [...this.primitives].map(([name, count]) => `${name} ${count}`);
    return [
      `operations: ${used.join(', ')}`,
      `registers ${this.registers} (${this.withEnable} with an enable, ${this.withReset} with a reset), memories ${this.memories} (${this.unfilledMemories} without contents), instances ${this.instances}`,
      `circuits with two clocks ${this.twoDomains}, nets of more than 64 bits ${this.wide}, signed nets ${this.signed}`,
    ].join('\n');
  }
}
