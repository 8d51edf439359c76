import { component, int, named } from '../hdl-gen/lang/index.ts';
import { encodeTrit, laneGate, negations, weightCode } from '../rtl/ternary/index.ts';
import { simulate } from '../sim/index.ts';
import type { Finding } from './finding.ts';
import { weightOf } from './weight-of.ts';

/**
 * Holds every weight code against arithmetic: what the gate gives for each activation, with the ones that the packer
 * counts, is the product with the weight of the code; the codes of -1, 0 and 1 are those that `encodeTrit` gives.
 */
export function checkDecoder(activationBits: number): Finding {
  const x = int(activationBits);
  const gate = component('lane_gate', {
    inputs: { x, w: weightCode },
    build: inputs => named({ y: laneGate(inputs.x, inputs.w) }),
  });
  const simulation = simulate(gate);
  let pairs = 0;
  for (let code = weightCode.min; code <= weightCode.max; code++) {
    const weight = weightOf(Number(code));
    for (let value = x.min; value <= x.max; value++) {
      simulation.set({ x: value, w: code });
      const y = simulation.get('y') + BigInt(negations([Number(code)]));
      const expected = weight * value;
      if (y !== expected)
        return { status: 'refuted', how: `code ${code} times ${value} gives ${y} in place of ${expected}` };
      pairs++;
    }
  }
  const wrong = [-1, 0, 1].find(trit => weightOf(encodeTrit(trit)) !== BigInt(trit));
  if (wrong !== undefined)
    return { status: 'refuted', how: `the code of ${wrong} is that of another weight` };
  return { status: 'proved', how: `all ${pairs} pairs of code and activation` };
}
