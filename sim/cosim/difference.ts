import type { Circuit } from '../../ir/index.ts';
import { tracedDomains } from '../names.ts';
import { type TracedValue, type TraceSink, vcd, waveform } from '../trace/index.ts';
import type { Difference, Witness } from './compare.ts';
import type { Claim, Stimulus } from './opinion.ts';

/** A signal of a trace that is made of what was recorded. */
interface Recorded {
  readonly path: string;
  readonly interval: Circuit['nets'][number]['interval'];
  at(cycle: number): TracedValue;
}

/** Cycles before and after the difference that the text shows. */
const [before, after] = [4, 4];

/**
 * What each side says of the output about which they differ, as a text waveform around the cycle: a row for each side,
 * named after those who take it.
 */
export function differenceWaveform(
  circuit: Circuit,
  witnesses: readonly Witness[],
  { cycle, output, sides }: Difference,
): string {
  const { name, net } = circuit.outputs[output]!;
  const { interval } = circuit.nets[net]!;
  const rows = sides.map(({ names }): Recorded => {
    const members = names.map(member => witnesses.find(witness => witness.name === member)!.said);
    return {
      path: `${name} ${names.join(', ')}`,
      interval,
      // The reference may know this one cycle only: then another one that says the same speaks for the side.
      at: at => shown(members.map(said => said.claim(output, at)).find(claim => claim !== undefined)),
    };
  });
  const begin = Math.max(0, cycle - before);
  const end = Math.min(cycle + after + 1, ...witnesses.map(({ said }) => said.cycles));
  const text = waveform({ firstCycle: begin });
  play(circuit, rows, { begin, end: Math.max(end, cycle + 1) }, text);
  return text.toString();
}

/**
 * The inputs and what each one says of the outputs, as a Value Change Dump, from power-up to a little after the
 * difference.
 *
 * @param write takes the text, piece by piece.
 */
export function differenceVcd(
  circuit: Circuit,
  { inputs, edges }: Stimulus,
  witnesses: readonly Witness[],
  { cycle }: Difference,
  write: (text: string) => void,
): void {
  const rows: Recorded[] = inputs.layout.fields.map(field => ({
    path: field.name,
    interval: field.interval,
    at: at => inputs.value(field, at),
  }));
  for (const { name: who, said } of witnesses)
    circuit.outputs.forEach(({ name, net }, output) => {
      const { interval } = circuit.nets[net]!;
      rows.push({ path: `${who}.${name}`, interval, at: at => shown(said.claim(output, at)) });
    });
  const end = Math.min(cycle + 20, ...witnesses.map(({ said }) => said.cycles));
  play(circuit, rows, { begin: 0, end: Math.max(end, cycle + 1), edges }, vcd(write));
}

function shown(claim: Claim): TracedValue {
  return claim ?? '-';
}

function play(
  circuit: Circuit,
  rows: readonly Recorded[],
  { begin, end, edges }: { readonly begin: number; readonly end: number } & Pick<Stimulus, 'edges'>,
  sink: TraceSink,
): void {
  const domains = tracedDomains(circuit);
  const ticking = (cycle: number) =>
    circuit.domains.flatMap(({ name }, i) => (edges?.[cycle]?.includes(name) === false ? [] : [i]));
  sink.begin(
    circuit.name,
    rows.map(({ path, interval }, net) => ({ path, interval, net })),
    domains,
  );
  const last: (TracedValue | undefined)[] = rows.map(() => undefined);
  for (let cycle = begin; cycle < end; cycle++) {
    rows.forEach(({ at }, i) => {
      const value = at(cycle);
      if (value === last[i]) return;
      last[i] = value;
      sink.change(i, value);
    });
    sink.cycle(cycle === begin ? [] : ticking(cycle - 1));
  }
  sink.end();
}
