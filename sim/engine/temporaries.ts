import type { Circuit, NetId } from '../../ir/index.ts';
import type { Form } from './form.ts';
import type { Unit } from './units.ts';
import type { Slot } from './word.ts';

/** The places in memory of the values that are computed in one function and used in another. */
export class Temporaries {
  /** The first byte beyond them. */
  readonly end: number;
  readonly #held = new Map<NetId, Slot>();
  readonly #prepared = new Map<NetId, Slot>();

  /** @param begin the first free byte of memory. */
  constructor(circuit: Circuit, form: Form, chunks: readonly (readonly Unit[])[], begin: number) {
    let end = begin;
    const madeIn = { held: new Map<NetId, number>(), prepared: new Map<NetId, number>() };
    const place = (slots: Map<NetId, Slot>, net: NetId, made: number | undefined, used: number) => {
      if (made === used || slots.has(net)) return;
      const format = form.format(circuit.nets[net]!.interval);
      slots.set(net, { address: end, ...format });
      end += 8 * Math.ceil(format.bytes / 8);
    };
    chunks.forEach((units, chunk) => {
      for (const { task, held } of units) {
        if (task.kind === 'hold') madeIn.held.set(task.net, chunk);
        if (task.kind === 'prepare') madeIn.prepared.set(task.state.net, chunk);
        for (const net of held) place(this.#held, net, madeIn.held.get(net), chunk);
        if (task.kind === 'commit')
          place(this.#prepared, task.state.net, madeIn.prepared.get(task.state.net), chunk);
      }
    });
    this.end = end;
  }

  /** Where the value of a held net is kept for other functions, if one uses it. */
  ofHeld(net: NetId): Slot | undefined {
    return this.#held.get(net);
  }

  /** Where the new value of a state is kept until it is stored, if that is done in another function. */
  ofPrepared(state: NetId): Slot | undefined {
    return this.#prepared.get(state);
  }
}
