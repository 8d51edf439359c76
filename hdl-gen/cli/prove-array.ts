import {
  checkEncoding,
  type Finding,
  proveNetlist,
  proveSpecification,
  specifiedParts,
  type Unit,
} from '../../proof/index.ts';
import { type EncodingName, encodings, ternaryStream } from '../../rtl/ternary/index.ts';
import { compareWitnesses } from '../../sim/cosim/index.ts';
import { synthesise } from '../../synth/index.ts';
import { elaborate } from '../lang/index.ts';
import type { Context } from './command.ts';
import { arraySubject } from './cosim-array.ts';
import { benchOf } from './cosim-bench.ts';
import { sizeText, toldArrayConfig } from './names.ts';
import type { ProveValues } from './options.ts';
import type { Claim, ClaimSet } from './prove-claims.ts';
import { counted } from './table.ts';
import { chooseTarget } from './target.ts';

const unitWords: Readonly<Record<Unit['kind'], string>> = {
  gate: 'lane gate = specification',
  node: 'tree node = specification',
  'dot-product': 'dot product = specification',
};

/** Cycles of the test of the whole array. */
const testedCycles = 2000;

/** What is claimed of an array, from what takes little time to what takes much. */
export function arrayClaims(values: ProveValues, context: Context): ClaimSet {
  const array = toldArrayConfig(values, context.terminal);
  const { seed } = values;
  const { device } = chooseTarget(values);
  const { decoders, units } = specifiedParts(array);
  const claims: Claim[] = [
    ...decoders.map(decoder => ({
      kind: 'decoder' as const,
      what: 'weight decoder = arithmetic',
      size: `2bit x ${counted(array.activationBits, 'bit')}`,
      decide: async () => decoder(),
    })),
    ...Object.entries(encodings).map(([name, { wordWeights, wordBits }]) => ({
      kind: 'decoder' as const,
      what: 'word decoder = weights',
      size: `${name}: ${counted(wordWeights, 'weight')} in ${counted(wordBits, 'bit')}`,
      decide: async () => checkEncoding(name as EncodingName),
    })),
    ...units.map(unit => ({
      kind: unit.kind,
      what: unitWords[unit.kind],
      size: unit.size,
      decide: (signal: AbortSignal) => proveSpecification(benchOf(unit.design(), { seed }), unit, signal),
    })),
    {
      kind: 'array',
      what: 'whole array = products',
      size: `${sizeText(array)}, ${counted(array.activationBits, 'bit')}`,
      decide: () => testArray(values, context),
    },
    {
      kind: 'netlist',
      what: `netlist for ${device.name} = Verilog`,
      size: `${sizeText(array)}, ${counted(array.activationBits, 'bit')}`,
      async decide(signal) {
        const bench = benchOf(elaborate(ternaryStream(array)), { seed });
        const synthesis = await synthesise({ files: bench.files, top: bench.top, device, signal });
        return proveNetlist(bench, synthesis, signal);
      },
    },
  ];
  const { encoding, arch } = values;
  return {
    claims,
    document: { config: { ...array, encoding, arch, seed } },
    what: [['array', `${sizeText(array)}, ${counted(array.activationBits, 'bit')}`]],
  };
}

/** Random products through the compiled array, held against integers: no proof. */
async function testArray(values: ProveValues, context: Context): Promise<Finding> {
  const options = {
    ...values,
    weights: 'ternary',
    activations: undefined,
    m: undefined,
    k: undefined,
    n: undefined,
    with: undefined,
    sources: undefined,
    out: undefined,
    circuit: undefined,
    cycles: testedCycles,
  };
  const { witnesses, stimulus, design } = await arraySubject(options, context, () => {});
  const { scores, first } = compareWitnesses(witnesses, design.circuit.outputs.length);
  const { values: sums, mismatches } = scores.find(({ name }) => name === 'reference')!;
  const how = `${counted(sums, 'random sum')} in ${counted(stimulus.inputs.cycles, 'cycle')}`;
  if (first === undefined) return { status: 'tested', how };
  return {
    status: 'refuted',
    how: `${counted(mismatches, 'value')} of ${how} ${mismatches === 1 ? 'differs' : 'differ'}`,
  };
}
