import {
  assert,
  bit,
  mux,
  named,
  register,
  registered,
  type Signal,
  wire,
} from '../../hdl-gen/lang/index.ts';

/** A value on its way, which moves where `valid` and `ready` are 1. */
export interface Offer {
  readonly valid: Signal;
  readonly data: Signal;
}

/**
 * A place for one value between a source and a sink, so that `ready` of the source comes out of a register: it does not
 * depend on `ready` of the sink in the same cycle. While the sink takes everything, values pass in the same cycle. When it
 * stops, the value of that cycle, which the source has given away, waits here. Where the source keeps what it offers until
 * it is taken, so does this: the assertions say so.
 *
 * @param ready of the sink
 * @param meet joins the source, which is given its `ready` and tells what it offers
 */
export function skidBuffer(ready: Signal, meet: (ready: Signal) => Offer): Offer {
  const { is_full: isFull } = named({ is_full: wire(bit) });
  const source = meet(isFull.not());
  const { kept } = named({
    kept: register(source.data.interval, { enable: isFull.not() }).next(source.data),
  });
  const { full } = named({ full: register(bit, { reset: true }) });
  full.next(mux(full, ready.not(), source.valid.and(ready.not())));
  isFull.drive(full);
  const offer = { valid: source.valid.or(full), data: mux(full, kept, source.data) };
  staysUntilTaken(offer, ready);
  return offer;
}

/** What a source promises to its sink. */
function staysUntilTaken({ valid, data }: Offer, ready: Signal): void {
  const { waited, offered } = named({
    waited: registered(valid.and(ready.not()), { reset: true }),
    offered: registered(data),
  });
  assert(waited.not().or(valid), 'what is offered stays until it is taken');
  assert(waited.not().or(data.equals(offered)), 'what is offered does not change until it is taken');
}
