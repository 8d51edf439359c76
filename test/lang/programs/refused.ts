import { Diagnostic } from '../../../diagnostic/index.ts';
import { component, elaborate, named, registered, sum, uint } from '../../../hdl-gen/lang/index.ts';

/* A program of a user that is refused; it prints the place that it is told, and the places of two signals. */

interface Parameters {
  readonly lanes: number;
}

const tree = component('tree', ({ lanes }: Parameters) => ({
  inputs: { x: uint(lanes) },
  build({ x }) {
    const { total } = named({
      total: sum(x.bits()), // a signal of a helper of the language
    });
    return { y: registered(total) };
  },
}));

const top = component('top', {
  inputs: { x: uint(8) },
  build({ x }) {
    const { y } = tree({ lanes: 8 })({ x });
    const wide = y.times(100); // a signal
    return { z: tree({ lanes: 4 })({ x: wide }).y }; // the refusal
  },
});

try {
  elaborate(top);
} catch (error) {
  if (!(error instanceof Diagnostic)) throw error;
  const total = tree({ lanes: 8 }).module.signals.find(({ name }) => name === 'total');
  console.log(JSON.stringify({ at: error.at, details: error.details, total: total?.source }));
}
