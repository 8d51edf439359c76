import { expect, test } from 'vitest';
import { placeOnPins } from '../../hdl-gen/cli/energy/on-pins.ts';
import { play } from '../../hdl-gen/cli/energy/played.ts';
import { InputRecorder } from '../../hdl-gen/cli/energy/recorded.ts';
import {
  bit,
  component,
  elaborate,
  Interval,
  int,
  mux,
  named,
  register,
  uint,
} from '../../hdl-gen/lang/index.ts';
import { keepAlive } from '../../rtl/top/index.ts';
import { createSimulation } from '../../sim/index.ts';
import { findDevice } from '../../synth/index.ts';
import { Draw } from '../support/draw.ts';

/*
 * Data that were recorded at the ports of a circuit are played into its placement behind pins. There its registers have to do what
 * they do in the circuit, in every cycle: each bit of them changes as often.
 */

/** Sums with a register that a reset holds, as the valid bits of an array. */
const summer = component('summer', {
  // What can be 0 only has no port, but a place in the wrapper, behind which the others move on.
  inputs: { x: int(5), none: Interval.of(0n), take: bit },
  build({ x, take }) {
    const { total, count } = named({
      total: register(int(9)),
      count: register(uint(6), { reset: true }),
    });
    total.next(mux(take, total.add(x).wrap(int(9)), total));
    count.next(mux(take, count.add(1).wrap(uint(6)), count));
    return named({ y: total, n: count });
  },
});

const cycles = 700;
const from = 20;

test('a placed circuit does with recorded inputs what the circuit does', async () => {
  const { circuit } = elaborate(summer);
  const draw = new Draw(7);
  const simulation = createSimulation(circuit);
  const recorder = new InputRecorder(simulation);
  recorder.reset();
  const stimulus = recorder.stimulus(1);
  const values: { total: bigint; count: bigint }[] = [];
  for (let cycle = 0; cycle < from + cycles; cycle++) {
    stimulus.set('x', 0, draw.below(32) - 16);
    stimulus.set('take', 0, draw.below(2));
    values.push({ total: simulation.get('y') & 511n, count: simulation.get('n') });
    recorder.run(stimulus);
  }
  values.push({ total: simulation.get('y') & 511n, count: simulation.get('n') });

  const design = elaborate(keepAlive(summer));
  const { placed } = await placeOnPins(design, { device: findDevice('lp384'), clockMHz: 12, seed: 1 });
  const played = await play(placed, circuit, recorder.recorded(), { clockMHz: 12, from, cycles, seed: 1 });
  expect(played.cycles).toBe(cycles);

  const changes = (name: 'total' | 'count', place: number): number => {
    const bits = values.map(each => (each[name] >> BigInt(place)) & 1n);
    return bits.slice(from + 1).filter((each, i) => each !== bits[from + i]).length;
  };
  const seen = (name: string): number => {
    const net = placed.design.netOfName.get(name);
    return net === undefined ? Number.NaN : played.activity.functional[net]!;
  };
  for (let place = 0; place < 9; place++)
    expect(Math.abs(seen(`core.total[${place}]`) - changes('total', place))).toBeLessThanOrEqual(1);
  for (let place = 0; place < 6; place++)
    expect(Math.abs(seen(`core.count[${place}]`) - changes('count', place))).toBeLessThanOrEqual(1);
  expect(changes('count', 0)).toBeGreaterThan(cycles / 4);
});
