import type { Interval } from './interval.ts';
import type { OperationName } from './operations/index.ts';

/**
 * The flat circuit: what every simulator, check and count works on. It has no hierarchy, only nets and what
 * drives them. A net is a number, an index into `nets`; every net holds one integer.
 */
export interface Circuit {
  readonly name: string;
  readonly domains: readonly Domain[];
  readonly nets: readonly Net[];
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  readonly constants: readonly Constant[];
  readonly cells: readonly Cell[];
  readonly lookups: readonly Lookup[];
  readonly registers: readonly Register[];
  readonly latches: readonly Latch[];
  readonly memories: readonly Memory[];
  readonly properties: readonly Property[];
  /** Names under which the nets are known in the hierarchy; one net may have several, or none. */
  readonly signals: readonly NamedSignal[];
}

export type NetId = number;
export type DomainId = number;

/** Registers and memories that tick together. */
export interface Domain {
  readonly name: string;
  /** What its clock is called; without it `clk`, or `<name>_clk` where the domain has a name. */
  readonly clock?: string | undefined;
  /** It ticks at the falling edge of its clock: in a whole cycle after the rising edges. */
  readonly isFalling?: boolean | undefined;
}

/** One integer that changes over time. */
export interface Net {
  readonly interval: Interval;
  /** The hierarchical name, `row_0.sum`, for messages; unnamed nets are called after what drives them. */
  readonly name: string;
  /** The line of source that made it, `file.ts:12`. */
  readonly source: string;
}

/** An input or output of the whole circuit. An array of signals is one port for each of its elements. */
export interface Port {
  readonly name: string;
  readonly net: NetId;
  /** The domain that the port belongs to; undefined for a constant output. */
  readonly domain?: DomainId | undefined;
  /** It is no port of the design, but there for who runs it: traces do not show it. */
  readonly isHidden?: boolean | undefined;
}

export interface Constant {
  readonly output: NetId;
  readonly value: bigint;
}

/** One operation of the table, applied. */
export interface Cell {
  readonly operation: OperationName;
  readonly parameters: unknown;
  readonly operands: readonly NetId[];
  readonly output: NetId;
}

/** An asynchronous read: at any time the word that the memory holds at the address. */
export interface Lookup {
  /** Its place in `circuit.memories`. */
  readonly memory: number;
  /** The address alone. */
  readonly operands: readonly [NetId];
  readonly output: NetId;
}

/** On its domain's edge: output := reset ? resetValue : enable ? next : output. */
export interface Register {
  readonly output: NetId;
  readonly next: NetId;
  readonly enable?: NetId | undefined;
  readonly reset?: NetId | undefined;
  /** The value at power-up and after reset. */
  readonly initial: bigint;
  readonly domain: DomainId;
  /** The first stage of a synchroniser, which may take a value of another domain. */
  readonly isSynchroniser?: boolean | undefined;
}

/**
 * Whenever the circuit settles: output := enable ? value : output. It settles before and after every edge, before an
 * input that was set is set again, and when a value is read; inputs that are set between two of these change together.
 *
 * The output may be the output of a register too, which it then overrides: an asynchronous reset or load. Users of a
 * latch do not read the output but `enable ? value : output`, a cell, so that what they see does not depend on when
 * the circuit settles, and settling once is enough.
 */
export interface Latch {
  readonly output: NetId;
  readonly enable: NetId;
  readonly value: NetId;
  /** The value at power-up; that of the register where it shares one's output. */
  readonly initial: bigint;
}

/**
 * Words. A read port shows, after an edge, the word that the memory held before that edge
 * (old data on a simultaneous write). Two writes to one word at one edge: the later port in the list wins.
 */
export interface Memory {
  readonly name: string;
  /** The line that declares it, where it is known. */
  readonly source?: string | undefined;
  /** Whether it may be written in one domain and read in another. */
  readonly isCrossing?: boolean | undefined;
  readonly element: Interval;
  readonly depth: number;
  /** One value for each word; undefined where the power-up contents are unknown. */
  readonly initial?: readonly bigint[] | undefined;
  readonly reads: readonly MemoryRead[];
  readonly writes: readonly MemoryWrite[];
}

export interface MemoryRead {
  readonly address: NetId;
  /** Where it is 0 the data stay as they were. */
  readonly enable?: NetId | undefined;
  readonly data: NetId;
  readonly domain: DomainId;
}

export interface MemoryWrite {
  readonly address: NetId;
  readonly enable: NetId;
  readonly data: NetId;
  /**
   * Only the bits where it is 1 are written; all without it. It is signed where the element is: then its sign stands
   * for all higher bits, as everywhere in two's complement.
   */
  readonly mask?: NetId | undefined;
  readonly domain: DomainId;
  /** The line that made it, where it is known. */
  readonly source?: string | undefined;
}

/**
 * A condition that a run checks before each edge: an assumption or an assertion must be 1 whenever it is checked, a
 * cover should be 1 at least once.
 */
export interface Property {
  readonly kind: 'assume' | 'assert' | 'cover';
  /** The bit that is to be 1. */
  readonly condition: NetId;
  /** The net to show when it is broken; without it `why` says all. */
  readonly subject?: NetId | undefined;
  /** Only the edges of this domain count; without it those of all. */
  readonly domain?: DomainId | undefined;
  /** Edges with a reset input at 1 count too; by default they do not. */
  readonly countsResets?: boolean | undefined;
  readonly why: string;
  readonly source: string;
}

/** A name in the hierarchy, `row_0.sum_3`, as it appears in a trace. */
export interface NamedSignal {
  readonly path: string;
  readonly net: NetId;
}
