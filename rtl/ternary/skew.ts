import { concat, delayed, type Signal } from '../../hdl-gen/lang/index.ts';

/** A signal whose bits are delayed, each by its own number of edges, the lowest bit first. */
export function skewed(signal: Signal, delays: readonly number[]): Signal {
  if (delays.length === 0 || signal.constant !== undefined) return signal;
  const parts: Signal[] = [];
  for (let low = 0; low < delays.length; ) {
    let high = low;
    while (high < delays.length && delays[high] === delays[low]) high++;
    if (low === 0 && high === delays.length) return delayed(signal, delays[0]!);
    parts.push(delayed(signal.slice(low, high - low), delays[low]!));
    low = high;
  }
  const joined = concat(...parts);
  return signal.interval.signed ? joined.wrap(signal.interval) : joined;
}
