import {
  type Circuit,
  type DomainId,
  evaluationOrder,
  type NetId,
  operationNamed,
  type Property,
  type Step,
} from '../../ir/index.ts';
import { type Backend, type BackendOptions, type Failure, nearestToZero, type Watch } from '../backend.ts';
import { combinationalLoop } from '../diagnostics.ts';
import { powerUp } from '../power-up.ts';
import { type Records, recordLayout } from '../records.ts';
import { resetInputs } from '../resets.ts';

/**
 * The slow and obvious interpreter: what a circuit means. Every value is a BigInt, every cell is evaluated before
 * every edge, and each value is checked against the interval of its net.
 */
export function createOracle(circuit: Circuit, { seed, toggled = [] }: BackendOptions): Backend {
  const order = evaluationOrder(circuit);
  if (order.steps === undefined) throw combinationalLoop(circuit, order.loop);
  const steps = order.steps;
  const { nets, inputs, outputs, registers, latches, memories, properties } = circuit;

  const values: bigint[] = nets.map(() => 0n);
  const resets = resetInputs(circuit).map(i => inputs[i]!.net);
  const contents = powerUp(circuit, seed);
  const words = contents.words.map(initial => [...initial]);
  const covered = properties.map(() => 0);
  let settled = false;
  let promisesHold = true;
  /** An edge was made with a promise broken, which only a reset allows: what came of it may stay in a register. */
  let tainted = false;

  for (const { net } of inputs) values[net] = nearestToZero(nets[net]!.interval);
  for (const { output, value } of circuit.constants) values[output] = value;
  for (const { output, initial } of [...registers, ...latches]) values[output] = initial;
  memories.forEach(({ reads }, m) => {
    reads.forEach(({ data }, port) => {
      values[data] = contents.readData[m]![port]!;
    });
  });

  const inReset = () => resets.some(net => values[net] === 1n);

  /** Brings every net up to date with the inputs, the registers and the read data. */
  function settle(): void {
    if (settled) return;
    let outside: string | undefined;
    for (const step of steps) {
      const value = compute(step);
      outside ??= complaint(step.output, value);
      values[step.output] = inBits(step.output, value);
    }
    // Where an assumption is broken, no interval behind it can be trusted.
    promisesHold = properties.every(({ kind, condition }) => kind !== 'assume' || values[condition] === 1n);
    if (outside !== undefined && promisesHold && !tainted) throw new Error(outside);
    settled = true;
  }

  function compute(step: Step): bigint {
    if ('memory' in step) return wordAt(step.memory, step.operands[0]);
    const operands = step.operands.map(net => values[net]!);
    return operationNamed(step.operation).evaluate(operands, step.parameters);
  }

  /** The word at an address. Only a broken assumption leads beyond the last one; all simulators find 0 there. */
  function wordAt(memory: number, address: NetId): bigint {
    return words[memory]![Number(values[address])] ?? 0n;
  }

  function complaint(net: NetId, value: bigint): string | undefined {
    const { interval, name, source } = nets[net]!;
    if (interval.contains(value)) return undefined;
    return `internal error: '${name}' (${source}) is ${value}, outside its interval ${interval}`;
  }

  /** The value itself, or what the bits of the net keep of one that lies outside its interval. */
  function inBits(net: NetId, value: bigint): bigint {
    const { signed, width } = nets[net]!.interval;
    return signed ? BigInt.asIntN(width, value) : BigInt.asUintN(width, value);
  }

  /** The place of the first property that does not hold. */
  function check(ticking: ReadonlySet<DomainId>): number | undefined {
    const isReset = inReset();
    const counts = ({ domain, countsResets }: Property) =>
      (domain === undefined || ticking.has(domain)) && (countsResets === true || !isReset);
    const broken = properties.findIndex(
      property => property.kind !== 'cover' && counts(property) && values[property.condition] !== 1n,
    );
    if (broken >= 0) return broken;
    properties.forEach((property, i) => {
      if (property.kind === 'cover' && counts(property) && values[property.condition] === 1n) covered[i]!++;
    });
    return undefined;
  }

  /** One edge: everything is read before anything is written. */
  function edge(domains: ReadonlySet<DomainId>): void {
    const updates: (() => void)[] = [];
    tainted ||= !promisesHold;
    const isOne = (net: NetId | undefined) => net !== undefined && values[net] === 1n;
    for (const { output, next, enable, reset, initial, domain } of registers) {
      if (!domains.has(domain)) continue;
      const value = isOne(reset)
        ? initial
        : enable === undefined || isOne(enable)
          ? values[next]!
          : values[output]!;
      updates.push(() => {
        values[output] = inBits(output, value);
      });
    }
    memories.forEach(({ reads, writes }, m) => {
      for (const { address, enable, data, domain } of reads) {
        if (!domains.has(domain) || !(enable === undefined || isOne(enable))) continue;
        const word = wordAt(m, address);
        updates.push(() => {
          values[data] = word;
        });
      }
      for (const { address, enable, data, mask, domain } of writes) {
        if (!domains.has(domain) || !isOne(enable)) continue;
        const place = Number(values[address]);
        const word = values[data]!;
        const written = mask === undefined ? -1n : values[mask]!;
        updates.push(() => {
          words[m]![place] = ((words[m]![place] ?? 0n) & ~written) | (word & written);
        });
      }
    });
    for (const update of updates) update();
    settled = false;
  }

  function setInput(index: number, value: bigint): void {
    values[inputs[index]!.net] = value;
    settled = false;
  }

  function storeLatches(): void {
    settle();
    for (const { output, enable, value } of latches)
      if (values[enable] === 1n) values[output] = values[value]!;
  }

  const computed = new Set(steps.map(({ output }) => output));
  function read(net: NetId): bigint {
    if (computed.has(net)) settle();
    return values[net]!;
  }

  function watch(watched: readonly NetId[]): Watch {
    const last: (bigint | undefined)[] = watched.map(() => undefined);
    return {
      changes(visit) {
        settle();
        watched.forEach((net, i) => {
          const value = values[net]!;
          if (value === last[i]) return;
          last[i] = value;
          visit(i, value);
        });
      },
    };
  }

  const toggles = nets.map(() => 0);
  let before: readonly bigint[] | undefined;
  /** Remembers the values that the first changes are changes of. */
  function beginToggles(): void {
    if (toggled.length === 0 || before !== undefined) return;
    settle();
    before = [...values];
  }

  function countToggles(): void {
    for (const net of toggled) {
      const differ = BigInt.asUintN(nets[net]!.interval.width, values[net]! ^ before![net]!);
      toggles[net]! += differ.toString(2).replaceAll('0', '').length;
    }
    before = [...values];
  }

  function step(cycles: number, domains: readonly DomainId[]): Failure | undefined {
    beginToggles();
    const ticking = new Set(domains);
    for (let cycle = 0; cycle < cycles; cycle++) {
      settle();
      const property = check(ticking);
      if (property !== undefined) return { property, cycles: cycle };
      if (toggled.length > 0) countToggles();
      edge(ticking);
    }
    return undefined;
  }

  function run(stimulus: Records, results: Records, domains: readonly DomainId[]): Failure | undefined {
    for (let cycle = 0; cycle < stimulus.cycles; cycle++) {
      stimulus.layout.fields.forEach((field, i) => {
        setInput(i, stimulus.value(field, cycle));
      });
      results.layout.fields.forEach((field, i) => {
        results.setValue(field, cycle, read(outputs[i]!.net));
      });
      const failure = step(1, domains);
      if (failure !== undefined) return { ...failure, cycles: cycle };
    }
    return undefined;
  }

  return {
    inputs: recordLayout(circuit, inputs),
    outputs: recordLayout(circuit, outputs),
    setInput,
    read,
    watch,
    step,
    run,
    storeLatches,
    covers: () => covered,
    toggles: () => toggles,
  };
}
