import {
  checkEncoding,
  type Finding,
  proveNetlist,
  proveSpecification,
  specifiedParts,
  specifiedTableParts,
  type Unit,
} from '../../proof/index.ts';
import { type EncodingName, encodings } from '../../rtl/ternary/index.ts';
import { compareWitnesses, type Stimulus, type Witness } from '../../sim/cosim/index.ts';
import { synthesise } from '../../synth/index.ts';
import type { Design } from '../lang/index.ts';
import type { Context } from './command.ts';
import { coreOf } from './core.ts';
import { arraySubject } from './cosim-array.ts';
import { benchOf } from './cosim-bench.ts';
import type { OpinionName } from './cosim-document.ts';
import { hear } from './cosim-opinions.ts';
import { deviceModels } from './cosim-sources.ts';
import { configDocument, sizeText, toldArrayConfig } from './names.ts';
import type { CosimValues, ProveValues } from './options.ts';
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
  const core = coreOf(array);
  const isTable = array.arch === 'table';
  const { decoders, units } = isTable ? specifiedTableParts(array) : specifiedParts(array);
  const size = `${sizeText(array)}, ${counted(array.activationBits, 'bit')}`;
  const claims: Claim[] = [
    ...decoders.map(decoder => ({
      kind: 'decoder' as const,
      what: isTable ? 'table = sums of five' : 'weight decoder = arithmetic',
      size: isTable ? core.encoding : `2bit x ${counted(array.activationBits, 'bit')}`,
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
      size,
      decide: () => testArray(values, context),
    },
    {
      kind: 'netlist',
      what: `netlist for ${device.name} = Verilog`,
      size,
      async decide(signal) {
        // A proof would have to try all contents of the block RAMs.
        if (isTable) return testNetlist(values, context, signal);
        const design = core.design();
        const bench = benchOf(design, { seed, models: deviceModels(design) });
        const synthesis = await synthesise({ files: bench.files, top: bench.top, device, signal });
        return proveNetlist(bench, synthesis, signal);
      },
    },
  ];
  return {
    claims,
    document: { config: configDocument(core, seed) },
    what: [['array', size]],
  };
}

/** Random products through the compiled array, held against integers: no proof. */
async function testArray(values: ProveValues, context: Context): Promise<Finding> {
  const { witnesses, stimulus, design } = await arraySubject(testOf(values), context, () => {});
  return testFinding(stimulus, witnesses, design, 'reference');
}

/** The same through the netlist. */
async function testNetlist(values: ProveValues, context: Context, signal: AbortSignal): Promise<Finding> {
  const { bench, witnesses, stimulus, design } = await arraySubject(testOf(values), context, () => {});
  const { device } = chooseTarget(values);
  const hearing = { bench, stimulus, seed: values.seed, device, signal, onProgress() {} };
  const heard = await hear('netlist', hearing);
  return testFinding(stimulus, [...witnesses, heard], design, 'netlist');
}

/** The call that tests a whole array. */
function testOf(values: ProveValues): CosimValues {
  return {
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
}

function testFinding(
  stimulus: Stimulus,
  witnesses: readonly Witness[],
  { circuit }: Design,
  who: OpinionName,
): Finding {
  const { scores, first } = compareWitnesses(witnesses, circuit.outputs.length);
  const { values: sums, mismatches } = scores.find(({ name }) => name === who)!;
  const what = who === 'reference' ? 'random sum' : 'value';
  const how = `${counted(sums, what)} in ${counted(stimulus.inputs.cycles, 'cycle')}`;
  if (first === undefined) return { status: 'tested', how };
  return {
    status: 'refuted',
    how: `${counted(mismatches, 'value')} of ${how} ${mismatches === 1 ? 'differs' : 'differ'}`,
  };
}
