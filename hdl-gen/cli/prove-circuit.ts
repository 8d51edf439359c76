import { countAssertions, coversOf, proveAssertions, proveCover } from '../../proof/index.ts';
import { elaborated, loadCircuit } from './circuit.ts';
import type { Context } from './command.ts';
import { benchOf } from './cosim-bench.ts';
import { deviceModels, foreignVerilog } from './cosim-sources.ts';
import { nothingToProve, severalClocks } from './diagnostics.ts';
import type { ProveValues } from './options.ts';
import type { Claim, ClaimSet } from './prove-claims.ts';
import { counted } from './table.ts';

/**
 * What a user's circuit claims of itself: its assertions and assumptions, and its covers.
 * @throws Diagnostic TCT-6035 for a circuit with several clocks, TCT-6036 for one without properties, and those of
 * `loadCircuit`, `elaborated` and `foreignVerilog`.
 */
export async function circuitClaims(
  values: ProveValues,
  { terminal, interrupts }: Context,
): Promise<ClaimSet> {
  const { seed, cycles } = values;
  const loaded = await loadCircuit(values.circuit!);
  const design = interrupts.uncovered(() => elaborated(loaded));
  for (const warning of design.warnings) terminal.warn(warning);
  const { domains } = design.circuit;
  if (domains.length > 1)
    throw severalClocks(
      loaded.reference,
      domains.map(({ name }) => name),
    );
  const bench = benchOf(design, {
    seed,
    sources: foreignVerilog(design, values.sources),
    models: deviceModels(design),
  });
  const [assertions, covers] = [countAssertions(bench), coversOf(bench)];
  if (assertions + covers.length === 0) throw nothingToProve(loaded.reference);
  const claims: Claim[] = covers.map(cover => ({
    kind: 'cover',
    what: `cover: ${cover.why}`,
    size: '',
    decide: signal => proveCover(bench, cover, { cycles, signal }),
  }));
  if (assertions > 0)
    claims.unshift({
      kind: 'assert',
      what: 'no assertion is ever broken',
      size: counted(assertions, 'assertion'),
      decide: signal => proveAssertions(bench, { cycles, signal }),
    });
  return { claims, document: { circuit: loaded.reference }, what: [['circuit', loaded.reference]] };
}
