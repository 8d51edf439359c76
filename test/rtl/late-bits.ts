import { bit, type Cell, type Circuit, type NetId, type Register, uint } from '../../ir/index.ts';

/**
 * The circuit with synchronisers that catch single bits late, as real ones may: where the clock of the source has had
 * an edge since the last edge of their own, each of them takes the bit as it was before that edge while its input
 * `late_0`, `late_1` … is 1.
 */
export function withLateBits(circuit: Circuit): Circuit {
  const nets = [...circuit.nets];
  const inputs = [...circuit.inputs];
  const constants = [...circuit.constants];
  const cells = [...circuit.cells];
  const added: Register[] = [];
  const net = (interval: (typeof nets)[number]['interval']): NetId =>
    nets.push({ interval, name: `late${nets.length}`, source: '' }) - 1;
  const cell = (
    operation: Cell['operation'],
    operands: readonly NetId[],
    parameters: unknown,
    interval = bit,
  ): NetId => {
    const output = net(interval);
    cells.push({ operation, operands, parameters, output });
    return output;
  };
  const one = net(uint(1));
  constants.push({ output: one, value: 1n });
  // A count of the edges of each clock tells the others whether there was one.
  const counts = circuit.domains.map((_, domain) => {
    const output = net(uint(16));
    const more = cell('add', [output, one], undefined, uint(17));
    const next = cell('wrap', [more], { to: uint(16) }, uint(16));
    added.push({ output, next, initial: 0n, domain });
    return output;
  });
  const domainOf = (source: NetId): number => {
    const register = circuit.registers.find(({ output }) => output === source);
    if (register !== undefined) return register.domain;
    return domainOf(circuit.cells.find(({ output }) => output === source)!.operands[0]!);
  };
  const registers = circuit.registers.map((register, i): Register => {
    if (!register.isSynchroniser) return register;
    const { next, domain } = register;
    const from = domainOf(next);
    const before = net(bit);
    added.push({ output: before, next, initial: 0n, domain: from });
    const seen = net(uint(16));
    added.push({ output: seen, next: counts[from]!, initial: 0n, domain });
    const isOld = cell('equal', [seen, counts[from]!], undefined);
    const late = net(bit);
    inputs.push({ name: `late_${i}`, net: late, domain });
    const chosen = cell('mux', [late, before, next], undefined);
    return { ...register, next: cell('mux', [isOld, next, chosen], undefined) };
  });
  return { ...circuit, nets, inputs, constants, cells, registers: [...registers, ...added] };
}
