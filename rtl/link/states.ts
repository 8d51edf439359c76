import { any, bit, named, type Register, register, type Signal, scope } from '../../hdl-gen/lang/index.ts';

/** A machine that is in one of some states. */
export interface States<N extends string> {
  /** For each state a bit: whether the machine is in it. */
  readonly in: Readonly<Record<N, Signal>>;
  /** In the state `from`, where `when` is 1, the next state is `to`. Conditions of one state exclude each other. */
  go(from: N, when: Signal, to: N): void;
  /** Closes the list of transitions; without one that applies, the machine stays where it is. */
  close(): void;
}

/** A machine with one flip-flop a state; it starts in the first one. */
export function states<const N extends string>(names: readonly N[]): States<N> {
  const flags = scope('in', () =>
    named(
      Object.fromEntries(
        names.map((name, i) => [name, register(bit, { initial: i === 0 ? 1 : 0, reset: true })]),
      ),
    ),
  ) as Record<N, Register>;
  const arrivals = new Map<N, Signal[]>(names.map(name => [name, []]));
  const departures = new Map<N, Signal[]>(names.map(name => [name, []]));
  return {
    in: flags,
    go(from, when, to) {
      arrivals.get(to)!.push(flags[from].and(when));
      departures.get(from)!.push(when);
    },
    close() {
      for (const name of names) {
        const stays = flags[name].and(any(departures.get(name)!).not());
        flags[name].next(any([stays, ...arrivals.get(name)!]));
      }
    },
  };
}
