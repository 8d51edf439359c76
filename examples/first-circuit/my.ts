import { component, int } from 'tercet';

export const slope = component('slope', {
  inputs: { now: int(8), old: int(8) },
  build({ now, old }) {
    return { rise: now.sub(old) };
  },
});
