import {
  choose,
  type Interval,
  named,
  type Operand,
  range,
  register,
  registered,
  type Signal,
  scope,
  toSignal,
  uint,
  wire,
} from '../../hdl-gen/lang/index.ts';
import {
  type Access,
  type Field,
  type Register,
  type RegisterName,
  type RegisterOf,
  rangeOf,
  registers,
} from '../../protocol/index.ts';
import type { HostRequest, HostResponse } from './host-port.ts';

/** What registers that can be read say, by their addresses. */
type Words = ReadonlyMap<number, Signal>;

type Row = (typeof registers)[number];
type NamesWith<A extends Access> = Extract<Row, { readonly access: A }>['name'];
type FieldOf<N extends RegisterName> = RegisterOf<N>['fields'][number];

/** What each `read` register says: a number or a signal for each field that has no fixed value. */
export type RegisterSources = {
  readonly [N in NamesWith<'read'> as Exclude<FieldOf<N>, { readonly reset: number }> extends never
    ? never
    : N]: {
    readonly [F in Exclude<FieldOf<N>, { readonly reset: number }> as F['name']]: Operand;
  };
};

/** The fields of a register as signals. */
export type FieldSignals<N extends RegisterName> = { readonly [F in FieldOf<N>['name']]: Signal };

/** What is kept of a field in place of what was written. */
export interface KeptAs {
  readonly of: (written: Signal) => Signal;
  /** The value after a reset. */
  readonly initial: number;
}

/** For fields of `write` registers, what is kept of them for a core that needs something else than was written. */
export type KeptFields = {
  readonly [N in NamesWith<'write'>]?: { readonly [F in FieldOf<N>['name']]?: KeptAs };
};

export interface RegisterFileOptions {
  /** What is kept in place of what was written; default: that itself. */
  readonly kept?: KeptFields;
  /** Whether an answer comes a cycle later, for a fast clock: what is asked for waits in registers of its own. Default false. */
  readonly isLate?: boolean;
  /**
   * What the request writes in the cycle after this one, for a fast clock: the register that it goes to is found out a cycle
   * before, so that the enables of registers, which are in many places, come out of registers. Default: the request itself tells.
   */
  readonly ahead?: Pick<HostRequest, 'write' | 'address'>;
}

/** What the registers tell the core. */
export interface RegisterFile {
  /** The answer to a read, one edge after the request, or two with `isLate`. */
  readonly response: HostResponse;
  /** The fields of each `write` register, as they were last written, or what is kept of them. */
  readonly held: { readonly [N in NamesWith<'write'>]: FieldSignals<N> };
  /** Of each `command` register: `written` is 1 in the cycle of the write, in which the fields hold what is written. */
  readonly commands: { readonly [N in NamesWith<'command'>]: FieldSignals<N> & { readonly written: Signal } };
}

/**
 * The registers of `protocol/registers.ts` behind a host port. `request` is taken at every edge where its `read` or `write` is
 * 1, so it holds requests to the window `registers` only; the bits of the address above the map are not looked at.
 */
export function registerFile(
  request: HostRequest,
  sources: RegisterSources,
  { kept = {}, isLate = false, ahead }: RegisterFileOptions = {},
): RegisterFile {
  const indexOf = (asked: Signal): Signal => asked.slice(0, Math.ceil(Math.log2(registers.length)));
  const index = indexOf(request.address);
  const writesTo = (address: number): Signal =>
    ahead === undefined
      ? request.write.and(index.equals(address))
      : registered(ahead.write.and(indexOf(ahead.address).equals(address)), { reset: true });
  const held: Record<string, Record<string, Signal>> = {};
  const commands: Record<string, Record<string, Signal>> = {};
  const words = new Map<number, Signal>();
  for (const row of registers as readonly Register[]) {
    const { name, address, access, fields } = row;
    const given = (sources as unknown as Readonly<Record<string, Readonly<Record<string, Operand>>>>)[name];
    if (access === 'read') {
      words.set(
        address,
        wordOf(fields, field => toSignal(field.reset ?? given![field.name]!)),
      );
      continue;
    }
    scope(name, () => {
      const { written } = named({ written: writesTo(address) });
      const incoming = (field: Field): Signal => signalOf(field, request.data.slice(field.low, field.width));
      if (access === 'command') {
        const now = Object.fromEntries(fields.map(field => [field.name, incoming(field)]));
        commands[name] = { ...now, written };
        return;
      }
      const wanted = (kept as Readonly<Record<string, Readonly<Record<string, KeptAs>>>>)[name];
      held[name] = named(
        Object.fromEntries(
          fields.map(field => {
            const as = wanted?.[field.name];
            const taken = as?.of(incoming(field)) ?? incoming(field);
            const options = { initial: as?.initial ?? field.reset ?? 0, reset: true, enable: written };
            return [field.name, register(taken.interval, options).next(taken)];
          }),
        ),
      );
    });
  }
  const response = isLate ? joined(request.read, index, words) : chosen(request.read, index, words);
  return { response: named({ register: response }).register, held, commands } as unknown as RegisterFile;
}

/** The answer an edge after the request: one choice among all words. */
function chosen(read: Signal, index: Signal, words: Words): HostResponse {
  const choices = Array.from({ length: 2 ** index.width }, (_, address) => words.get(address) ?? 0);
  return {
    valid: registered(read, { reset: true }),
    data: registered(choose(index, choices), { reset: read.not() }),
  };
}

/**
 * The answer an edge later: whether a word is asked for waits in a register, and the words are joined by an OR. A choice by an index
 * would end in resets of the answer's bits, behind as many tables as the choice itself takes.
 */
function joined(read: Signal, index: Signal, words: Words): HostResponse {
  const asked = [...words].map(([address, word]) => ({
    address,
    word,
    isAsked: registered(read.and(index.equals(address)), { reset: true }),
  }));
  named({ asked: Object.fromEntries(asked.map(({ address, isAsked }) => [`word_${address}`, isAsked])) });
  const parts = asked.map(({ word, isAsked }) => word.and(isAsked.mask()));
  return {
    valid: registered(registered(read, { reset: true }), { reset: true }),
    data: registered(parts.reduce((all, part) => all.or(part))),
  };
}

/** The word whose fields have these values; a value that does not fit its field is refused (TCT-1003). */
function wordOf(fields: readonly Field[], source: (field: Field) => Operand): Signal {
  return fields.reduce((word, field) => {
    const value = wire(intervalOf(field)).drive(source(field));
    return word.or(value.wrap(uint(field.width)).shiftLeft(field.low));
  }, toSignal(0));
}

function signalOf(field: Field, bits: Signal): Signal {
  return bits.wrap(intervalOf(field));
}

function intervalOf(field: Field): Interval {
  return range(...rangeOf(field));
}
