import type { TimedNetlist } from '../../../sim/timed/index.ts';

/*
 * Counts changes as a simulator of events does, one moment after the other, with nothing but the rules of `TimedNetlist`:
 * slow and obvious.
 */

/** Something that will have another value: a net, or an input of a table. */
interface Event {
  readonly at: number;
  readonly happen: () => void;
}

/** The changes of each net in all cycles behind the first one, and how many of these it ends as 1. */
export function countByEvents(
  { nets, sources, tables }: TimedNetlist,
  rows: readonly (readonly number[])[],
  { periodPs }: { readonly periodPs: number },
): { readonly functional: number[]; readonly all: number[]; readonly ones: number[] } {
  const value = nets.map(() => 0);
  const all = nets.map(() => 0);
  const functional = nets.map(() => 0);
  const ones = nets.map(() => 0);
  const pins = tables.map(({ inputs }) =>
    inputs.map(() => ({ value: 0, last: undefined as { at: number; event: Event } | undefined })),
  );
  const due: (Event | undefined)[] = tables.map(() => undefined);
  let queue: Event[] = [];
  let now = 0;

  const schedule = (delay: number, happen: () => void): Event => {
    const event = { at: now + delay, happen };
    queue.push(event);
    return event;
  };
  const cancel = (event: Event | undefined): void => {
    queue = queue.filter(each => each !== event);
  };
  const result = (table: number): number => {
    const index = pins[table]!.reduce((sum, pin, place) => sum | (pin.value << place), 0);
    return (tables[table]!.results >> index) & 1;
  };

  const change = (net: number): void => {
    value[net]! ^= 1;
    all[net]!++;
    tables.forEach(({ inputs }, table) => {
      inputs.forEach((input, place) => {
        if (input.net !== net) return;
        const pin = pins[table]![place]!;
        if (pin.last !== undefined && now - pin.last.at < input.inertiaPs) {
          cancel(pin.last.event);
          pin.last = undefined;
          return;
        }
        const event = schedule(input.delayPs, () => {
          pin.value ^= 1;
        });
        pin.last = { at: now, event };
      });
    });
  };

  /** What is due now happens first; then all tables look at their inputs. */
  const moment = (): void => {
    for (;;) {
      const next = queue.find(({ at }) => at === now);
      if (next === undefined) break;
      cancel(next);
      next.happen();
    }
    tables.forEach(({ output, risePs, fallPs }, table) => {
      const wanted = result(table);
      if (wanted === value[output]) {
        cancel(due[table]);
        due[table] = undefined;
      } else if (due[table] === undefined) {
        due[table] = schedule(wanted === 1 ? risePs : fallPs, () => {
          due[table] = undefined;
          change(output);
        });
      }
    });
  };

  rows.forEach((row, cycle) => {
    const before = [...value];
    sources.forEach(({ net, event, risePs, fallPs }, i) => {
      const start = event === 'falling' ? Math.round(periodPs / 2) : 0;
      const delay = start + (row[i] === 1 ? risePs : fallPs);
      if (row[i] !== value[net]) schedule(delay, () => change(net));
    });
    const end = now + periodPs;
    if (cycle === 0) moment();
    while (queue.length > 0) {
      now = Math.min(...queue.map(({ at }) => at));
      if (now > end) throw new Error('it has not settled');
      moment();
    }
    now = end;
    if (cycle === 0) all.fill(0);
    else
      value.forEach((each, net) => {
        functional[net]! += each === before[net] ? 0 : 1;
        ones[net]! += each;
      });
  });
  return { functional, all, ones };
}
