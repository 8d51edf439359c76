import type { MemoryNode, ReadPort } from '../lang/index.ts';
import type { Expression, Statement } from './ast.ts';
import { forms, unsigned } from './forms.ts';
import type { ModuleEmitter } from './module.ts';
import { addressWidth, nameOf, typeOf } from './terms.ts';

/*
 * A memory becomes an array of words, one register for each read port and one process for each clock. Assignments
 * that do not block give old data on a simultaneous write, and let the later of two writes win; this form is what
 * synthesis tools recognise as a block memory. The fields of a record lie side by side, the first one lowest.
 */

/** What a memory is called in the Verilog. */
export interface DeclaredMemory {
  readonly name: string;
  /** The register of each read port. */
  readonly reads: readonly string[];
}

/** Declares the words, the read registers and the initial contents. */
export function declareMemory(emitter: ModuleEmitter, memory: MemoryNode): DeclaredMemory {
  const name = memory.name ?? emitter.names.unique('memory');
  const width = memory.fields.reduce((sum, { interval }) => sum + interval.width, 0);
  if (memory.acrossDomains !== undefined)
    emitter.add({ kind: 'comment', text: `Written and read by different clocks: ${memory.acrossDomains}` });
  const { collisions, depth, source } = memory;
  if (collisions !== undefined)
    emitter.add({ kind: 'comment', text: `Read while it is written, a word may be anything: ${collisions}` });
  emitter.add({ kind: 'memory', name, width, depth, source, checked: collisions === undefined });
  const reads = memory.reads.map((port, i) => declareRead(emitter, memory, port, `${name}_read_${i}`, width));
  if (memory.initial !== undefined) {
    const statements = memory.initial.map((word, i): Statement => {
      const fields = word.map((value, f) => forms.constant(value, memory.fields[f]!.interval.width));
      return { kind: 'blocking', target: wordOf(name, memory, BigInt(i)), value: forms.concat(fields) };
    });
    emitter.add({ kind: 'initial', statements });
  }
  return { name, reads };
}

function declareRead(
  emitter: ModuleEmitter,
  memory: MemoryNode,
  port: ReadPort,
  wish: string,
  width: number,
): string {
  const only = memory.fields.length === 1 ? port.data[0]! : undefined;
  // It may be an output port.
  if (only !== undefined && emitter.isPlaced(only)) return only.name!;
  const name = only?.name ?? emitter.names.unique(wish);
  const type = only === undefined ? { width, signed: false } : typeOf(only.interval);
  const vector = emitter.vector(name, type);
  emitter.add({ kind: 'register', name, type, source: memory.source });
  if (only !== undefined) {
    emitter.place(only, vector.whole);
    return name;
  }
  let low = 0;
  for (const data of port.data) {
    emitter.placePart(data, { vector, low, width: data.width });
    low += data.width;
  }
  return name;
}

/** The processes that read and write. */
export function memoryProcesses(
  emitter: ModuleEmitter,
  memory: MemoryNode,
  { name, reads }: DeclaredMemory,
): void {
  const byClock = new Map<string, Statement[]>();
  const process = (domain: string): Statement[] => {
    const clock = emitter.clock(domain);
    const statements = byClock.get(clock) ?? [];
    byClock.set(clock, statements);
    return statements;
  };
  const index = addressWidth(memory.depth);
  for (const [i, { address, enable, domain }] of memory.reads.entries()) {
    const word = { kind: 'word', name, index: indexOf(emitter.at(address, index)) } as const;
    const read: Statement = { kind: 'nonblocking', target: nameOf(reads[i]!), value: word };
    process(domain.name).push(
      enable === undefined ? read : { kind: 'if', condition: emitter.at(enable, 1), body: [read] },
    );
  }
  for (const { address, fields, domain } of memory.writes) {
    let low = 0;
    const whole = fields.every(({ enable }) => enable === fields[0]!.enable);
    const word = { kind: 'word', name, index: indexOf(emitter.at(address, index)) } as const;
    if (whole) {
      const value = forms.concat(
        fields.map(({ data }, f) => emitter.at(data, memory.fields[f]!.interval.width)),
      );
      const write: Statement = { kind: 'nonblocking', target: word, value };
      const enable = fields[0]!.enable;
      process(domain.name).push(
        enable.constant === 1n ? write : { kind: 'if', condition: emitter.at(enable, 1), body: [write] },
      );
      continue;
    }
    for (const [f, { data, enable }] of fields.entries()) {
      const { width } = memory.fields[f]!.interval;
      const target = { kind: 'wordSelect', word, high: low + width - 1, low } as const;
      const write: Statement = { kind: 'nonblocking', target, value: emitter.at(data, width) };
      process(domain.name).push({ kind: 'if', condition: emitter.at(enable, 1), body: [write] });
      low += width;
    }
  }
  for (const [clock, statements] of byClock) emitter.add({ kind: 'always', clock, statements });
}

/**
 * An address as an index. Verilog computes it in its own bits, but Icarus Verilog in as many as the result can have: in
 * braces both do the same.
 */
function indexOf(address: Expression): Expression {
  const isComputed = address.kind === 'unary' || address.kind === 'binary' || address.kind === 'conditional';
  return isComputed ? { kind: 'concat', parts: [address] } : unsigned(address);
}

function wordOf(name: string, memory: MemoryNode, index: bigint) {
  return { kind: 'word', name, index: forms.constant(index, addressWidth(memory.depth)) } as const;
}
