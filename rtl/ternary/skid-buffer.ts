import { assert, bit, mux, named, register, registered, type Signal } from '../../hdl-gen/lang/index.ts';

/** Values on their way together, which move where `valid` and `ready` are 1. */
export interface Offer {
  readonly valid: Signal;
  readonly data: readonly Signal[];
}

/**
 * A place for one offer between a source and a sink, so that `ready` of the source comes out of a register: it does not
 * depend on `ready` of the sink in the same cycle. While the sink takes everything, offers pass in the same cycle. When it stops,
 * the offer of that cycle, which the source has given away, waits here. Where the source keeps what it offers until it is taken,
 * so does this: the assertions say so.
 *
 * What waits and what is offered are one cell for each bit: the LUT chooses, and the flip-flop behind it keeps the choice.
 *
 * @param ready of the sink
 * @param meet joins the source, which is given its `ready` and tells what it offers
 */
export function skidBuffer(ready: Signal, meet: (ready: Signal) => Offer): Offer {
  const { full } = named({ full: register(bit, { reset: true }) });
  const source = meet(full.not());
  const valid = full.or(source.valid);
  const { stalls } = named({ stalls: valid.and(ready.not()) });
  full.next(stalls);
  const data = source.data.map(value => {
    const kept = register(value.interval);
    const offered = mux(full, kept, value);
    kept.next(offered);
    return { kept, offered };
  });
  named({ kept: data.map(({ kept }) => kept) });
  const offer = { valid, data: data.map(({ offered }) => offered) };
  staysUntilTaken(offer, stalls);
  return offer;
}

/** What a source promises to its sink. */
function staysUntilTaken({ valid, data }: Offer, stalls: Signal): void {
  const { waited, offered } = named({
    waited: registered(stalls, { reset: true }),
    offered: data.map(each => registered(each)),
  });
  assert(waited.not().or(valid), 'what is offered stays until it is taken');
  for (const [i, each] of data.entries())
    assert(waited.not().or(each.equals(offered[i]!)), 'what is offered does not change until it is taken');
}
