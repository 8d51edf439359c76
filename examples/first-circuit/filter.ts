import { component, int, named, registered, type Signal, sum } from 'tercet';

/** A ternary weight. */
type Trit = -1 | 0 | 1;

/** The sum of weight * sample over the last samples; the first weight is that of the newest sample. */
export const filter = component('filter', ({ weights }: { weights: readonly Trit[] }) => ({
  inputs: { x: int(8) },
  build({ x }) {
    const samples: Signal[] = [x];
    for (let age = 1; age < weights.length; age++) samples.push(registered(samples[age - 1]!));
    named({ sample: samples });
    const terms = weights.map((weight, age) => samples[age]!.times(weight));
    return { y: registered(sum(terms)) };
  },
}));

/** Two new samples against two old ones, with one left out between them. */
export const onset = filter({ weights: [1, 1, 0, -1, -1] });
