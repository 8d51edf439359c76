import type { MemoryNode, ReadPort } from '../lang/index.ts';
import type { Statement } from './ast.ts';
import { forms } from './forms.ts';
import { addressWidth, clockOf, type ModuleEmitter, nameOf, typeOf } from './module.ts';

/*
 * A memory becomes an array of words, one register for each read port and one process for each clock. Assignments
 * that do not block give old data on a simultaneous write, and let the later of two writes win; this form is what
 * synthesis tools recognise as a block memory. The fields of a record lie side by side, the first one lowest.
 */

/** Declares the words, the read registers and the initial contents; gives the name of the array. */
export function declareMemory(emitter: ModuleEmitter, memory: MemoryNode): string {
  const name = memory.name ?? emitter.names.unique('memory');
  const width = memory.fields.reduce((sum, { interval }) => sum + interval.width, 0);
  emitter.add({ kind: 'memory', name, width, depth: memory.depth, source: memory.source });
  memory.reads.forEach((port, i) => {
    declareRead(emitter, memory, port, `${name}_read_${i}`, width);
  });
  if (memory.initial !== undefined) {
    const statements = memory.initial.map((word, i): Statement => {
      const fields = word.map((value, f) => forms.constant(value, memory.fields[f]!.interval.width));
      return { kind: 'blocking', target: wordOf(name, memory, BigInt(i)), value: forms.concat(fields) };
    });
    emitter.add({ kind: 'initial', statements });
  }
  return name;
}

function declareRead(
  emitter: ModuleEmitter,
  memory: MemoryNode,
  port: ReadPort,
  wish: string,
  width: number,
): void {
  const only = memory.fields.length === 1 ? port.data[0]! : undefined;
  const name = only?.name ?? emitter.names.unique(wish);
  const vector = emitter.vector(name, width);
  let low = 0;
  for (const data of port.data) {
    emitter.place(data, { vector, low, width: data.width });
    low += data.width;
  }
  const type = only === undefined ? { width, signed: false } : typeOf(only.interval);
  emitter.add({ kind: 'register', name, type, source: memory.source });
}

/** The processes that read and write. */
export function memoryProcesses(emitter: ModuleEmitter, memory: MemoryNode, name: string): void {
  const byClock = new Map<string, Statement[]>();
  const process = (domain: string): Statement[] => {
    const clock = clockOf(domain);
    const statements = byClock.get(clock) ?? [];
    byClock.set(clock, statements);
    return statements;
  };
  const index = addressWidth(memory.depth);
  for (const { address, enable, data, domain } of memory.reads) {
    const { vector } = emitter.placeOf(data[0]!);
    const read: Statement = {
      kind: 'nonblocking',
      target: nameOf(vector.name),
      value: { kind: 'word', name, index: emitter.at(address, index) },
    };
    process(domain.name).push(
      enable === undefined ? read : { kind: 'if', condition: emitter.at(enable, 1), body: [read] },
    );
  }
  for (const { address, fields, domain } of memory.writes) {
    let low = 0;
    const whole = fields.every(({ enable }) => enable === fields[0]!.enable);
    const word = { kind: 'word', name, index: emitter.at(address, index) } as const;
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

function wordOf(name: string, memory: MemoryNode, index: bigint) {
  return { kind: 'word', name, index: forms.constant(index, addressWidth(memory.depth)) } as const;
}
