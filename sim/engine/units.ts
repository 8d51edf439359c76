import type { Circuit, DomainId, NetId, Step } from '../../ir/index.ts';
import { type Demand, demandOf } from './demand.ts';
import { leavesOf, type Pack } from './packs.ts';

/**
 * What a program is to do: one edge of some domains (with the properties checked and the outputs recorded
 * before it), to store what the latches have, or to bring the values of some nets into their places.
 */
export type Goal =
  | {
      readonly kind: 'edge';
      readonly domains: ReadonlySet<DomainId>;
      /** Nets whose changes are counted. */
      readonly toggled: readonly NetId[];
    }
  /** Remembers the values of the nets whose changes are counted from then on. */
  | { readonly kind: 'baseline'; readonly toggled: readonly NetId[] }
  | { readonly kind: 'latches' }
  | { readonly kind: 'show'; readonly nets: readonly NetId[] };

/** A register, or the data of a memory's read port: `net` := reset ? initial : enable ? new value : `net`. */
export interface State {
  readonly net: NetId;
  readonly reset?: NetId | undefined;
  readonly initial?: bigint | undefined;
  readonly enable?: NetId | undefined;
  /** The new value: a net, or the word of a memory at an address. */
  readonly source: { readonly next: NetId } | { readonly memory: number; readonly address: NetId };
}

export type Change = State | Pack;

/** What decides whether a state changes. */
export type Controls = Pick<State, 'reset' | 'enable'>;

export function controlsOf(change: Change): Controls {
  return 'net' in change ? change : change.registers[0]!;
}

/** What the task changes, if that is a state or a pack. */
export function changeOf(task: Task): Change | undefined {
  return task.kind === 'state' ? task.state : task.kind === 'pack' ? task.pack : undefined;
}

/** One thing that a program does. */
export type Task =
  /** Computes the value of a net that is held for several users. */
  | { readonly kind: 'hold'; readonly net: NetId }
  | { readonly kind: 'property'; readonly index: number }
  | { readonly kind: 'output'; readonly index: number }
  | { readonly kind: 'show'; readonly net: NetId }
  | { readonly kind: 'toggle'; readonly net: NetId; readonly isCounted: boolean }
  | { readonly kind: 'state'; readonly state: State }
  /** Gives several registers their new values, side by side. */
  | { readonly kind: 'pack'; readonly pack: Pack }
  /** Computes the new value of a state, which cannot be stored yet because the old one is still needed. */
  | { readonly kind: 'prepare'; readonly state: State }
  /** Stores what was prepared. */
  | { readonly kind: 'commit'; readonly state: State }
  /** The write ports of a memory that belong to these domains, in their order. */
  | { readonly kind: 'write'; readonly memory: number; readonly domains: ReadonlySet<DomainId> };

/** A task with what it needs. */
export interface Unit {
  readonly task: Task;
  /** The held nets that it uses. */
  readonly held: readonly NetId[];
  /** Those of them that its reset and its enable use. */
  readonly deciding: readonly NetId[];
  /** The states that it reads. */
  readonly reads: readonly NetId[];
  /** Instructions, roughly. */
  readonly cost: number;
}

/** Instructions for one operand of a pack and what is done with it, roughly. */
const packCost = 8;

/** The units of a program. */
export interface Units {
  /** What computes each held net, by net. */
  readonly holds: ReadonlyMap<NetId, Unit>;
  /** Outputs and properties, or the nets to show: all that must be done before a state changes. */
  readonly first: readonly Unit[];
  readonly states: readonly Unit[];
  readonly writes: readonly Unit[];
  readonly demand: Demand;
}

/**
 * @param steps all steps, in evaluation order.
 * @param packs the registers that change together.
 */
export function unitsOf(circuit: Circuit, steps: readonly Step[], packs: readonly Pack[], goal: Goal): Units {
  const { first, states, writes } = tasksOf(circuit, packs, goal);
  const roots = [...first, ...states, ...writes].flatMap(task => netsOf(circuit, task));
  const demand = demandOf(circuit, steps, roots);

  const isState = new Uint8Array(circuit.nets.length);
  for (const { output } of [...circuit.registers, ...circuit.latches]) isState[output] = 1;
  for (const { reads } of circuit.memories) for (const { data } of reads) isState[data] = 1;

  function unit(task: Task, nets: readonly NetId[]): Unit {
    const held: NetId[] = [];
    const reads: NetId[] = [];
    let cost = task.kind === 'pack' ? packCost * leavesOf(task.pack.next).length : 2;
    const open = [...nets];
    for (let net = open.pop(); net !== undefined; net = open.pop()) {
      if (isState[net] === 1) reads.push(net);
      else if (demand.isHeld(net)) held.push(net);
      else {
        const operands = demand.step(net)?.operands ?? [];
        cost += 1 + operands.length;
        for (const operand of operands) open.push(operand);
      }
    }
    return { task, held, deciding: [], reads, cost };
  }

  const units = (tasks: readonly Task[]) =>
    tasks.map((task): Unit => {
      const change = changeOf(task);
      const deciding = change === undefined ? [] : unit(task, netsOfControls(change)).held;
      return { ...unit(task, netsOf(circuit, task)), deciding };
    });
  const holds = new Map<NetId, Unit>();
  for (const { output, operands } of steps)
    if (demand.isHeld(output)) {
      const made = unit({ kind: 'hold', net: output }, operands);
      holds.set(output, { ...made, cost: Math.max(made.cost, demand.cost(output)) });
    }
  return { holds, first: units(first), states: units(states), writes: units(writes), demand };
}

interface Tasks {
  readonly first: Task[];
  readonly states: Task[];
  readonly writes: Task[];
}

function tasksOf(circuit: Circuit, packs: readonly Pack[], goal: Goal): Tasks {
  if (goal.kind === 'show')
    return { first: goal.nets.map(net => ({ kind: 'show', net })), states: [], writes: [] };
  if (goal.kind === 'latches') {
    const states = circuit.latches.map(
      ({ output, enable, value }): Task => ({
        kind: 'state',
        state: { net: output, enable, source: { next: value } },
      }),
    );
    return { first: [], states, writes: [] };
  }
  const toggles = goal.toggled.map((net): Task => ({ kind: 'toggle', net, isCounted: goal.kind === 'edge' }));
  if (goal.kind === 'baseline') return { first: toggles, states: [], writes: [] };
  const ticks = ({ domain }: { readonly domain: DomainId }) => goal.domains.has(domain);
  // Outputs come first, so that the record is complete even where a property stops the run; covers come last, so
  // that they count no edge that is not made.
  const checks = circuit.properties.flatMap(({ domain }, index): Task[] =>
    domain === undefined || goal.domains.has(domain) ? [{ kind: 'property', index }] : [],
  );
  const isCover = (task: Task) =>
    task.kind === 'property' && circuit.properties[task.index]!.kind === 'cover';
  const packed = new Set(packs.flatMap(({ registers }) => registers));
  const vectors = packs
    .filter(({ registers }) => ticks(registers[0]!))
    .map((pack): Task => ({ kind: 'pack', pack }));
  const single = circuit.registers.filter(register => ticks(register) && !packed.has(register));
  const registers = single.map(
    ({ output, next, enable, reset, initial }): Task => ({
      kind: 'state',
      state: { net: output, reset, initial, enable, source: { next } },
    }),
  );
  const reads = circuit.memories.flatMap(({ reads }, memory) =>
    reads.filter(ticks).map(
      ({ data, address, enable }): Task => ({
        kind: 'state',
        state: { net: data, enable, source: { memory, address } },
      }),
    ),
  );
  return {
    first: [
      ...circuit.outputs.map((_, index): Task => ({ kind: 'output', index })),
      ...checks.filter(task => !isCover(task)),
      ...checks.filter(isCover),
      ...toggles,
    ],
    states: [...vectors, ...registers, ...reads],
    writes: circuit.memories.flatMap(({ writes }, memory): Task[] =>
      writes.some(ticks) ? [{ kind: 'write', memory, domains: goal.domains }] : [],
    ),
  };
}

/** The nets whose values the task uses. */
function netsOf(circuit: Circuit, task: Task): readonly NetId[] {
  switch (task.kind) {
    case 'hold':
    case 'show':
    case 'toggle':
      return [task.net];
    case 'output':
      return [circuit.outputs[task.index]!.net];
    case 'property':
      return [circuit.properties[task.index]!.condition];
    case 'write':
      return circuit.memories[task.memory]!.writes.filter(({ domain }) => task.domains.has(domain)).flatMap(
        // With a mask the address is used once more, to read what the mask leaves out.
        ({ address, enable, data, mask }) => [
          address,
          enable,
          data,
          ...(mask === undefined ? [] : [mask, address]),
        ],
      );
    case 'pack': {
      const leaves = leavesOf(task.pack.next).flatMap(leaf =>
        leaf.kind === 'constants'
          ? []
          : leaf.kind === 'splat'
            ? leaf.nets.slice(0, 1)
            : leaf.kind === 'bits'
              ? [leaf.source]
              : leaf.nets,
      );
      return [...netsOfControls(task.pack), ...leaves];
    }
    default: {
      const { source } = task.state;
      return [...netsOfControls(task.state), 'next' in source ? source.next : source.address];
    }
  }
}

function netsOfControls(change: Change): NetId[] {
  const { reset, enable } = controlsOf(change);
  return [reset, enable].filter(net => net !== undefined);
}
