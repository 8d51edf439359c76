import type { Drive } from '../timed/index.ts';
import { findClock } from './clock.ts';
import { clockStandsStill, inputsMissing, noSuchScope } from './diagnostics.ts';
import { InputSampler } from './input-sampler.ts';
import { Slots } from './slots.ts';
import { VcdBody } from './vcd-body.ts';
import { type Chunks, readingVcd } from './vcd-file.ts';
import type { VcdHeader, VcdVariable } from './vcd-header.ts';

/** An input to look for. */
export interface WantedInput {
  readonly name: string;
  /** Bits, at least 1. */
  readonly width: number;
}

export interface VcdInputOptions {
  /** The name of the clock, within the scope or from the outermost one on. */
  readonly clock: string;
  /** The scope in which the inputs are; without it the outermost that has all of them. */
  readonly scope?: string | undefined;
}

/** Some cycles of a file. */
export interface DumpedCycles {
  readonly cycles: number;
  /** Gives the inputs the values that they had: for `TransitionRun.count` and `ToggleRun.count`. */
  readonly drive: Drive;
}

/**
 * Reads from a Value Change Dump what the inputs of a design were in each cycle: before each rising edge of the clock. The
 * dump may be of anything that has inputs of these names, such as the Verilog that the design was made of. A bit that is not
 * known has the value that it had last, at first 0.
 *
 * @returns parts of the run, one after the other.
 * @throws Diagnostic TCT-3601 to TCT-3604 and TCT-3606 as `readVcd`; TCT-3607 where inputs are missing.
 */
export async function* vcdInputs(
  chunks: Chunks,
  inputs: readonly WantedInput[],
  { clock, scope }: VcdInputOptions,
): AsyncGenerator<DumpedCycles> {
  let sampler: InputSampler | undefined;
  const start = (header: VcdHeader): VcdBody => {
    const found = findInputs(header, inputs, scope);
    const clockVariable = findClock(header, found.scope, clock);
    const slots = new Slots(header, [...found.variables, clockVariable]);
    const places = found.variables.map(variable => slots.of(variable));
    sampler = new InputSampler(
      slots.count,
      inputs.map(({ width }) => width),
      places,
    );
    const { codes, first, widths } = slots;
    return new VcdBody({ codes, first, widths, sink: sampler, clock: slots.of(clockVariable) });
  };
  let cycles = 0;
  for await (const _ of readingVcd(chunks, start)) {
    const { edges = 0, values = [] } = sampler?.take() ?? {};
    if (edges === 0) continue;
    cycles += edges;
    yield { cycles: edges, drive: driveOf(inputs, values) };
  }
  if (cycles === 0) throw clockStandsStill(clock);
}

function driveOf(inputs: readonly WantedInput[], values: readonly (readonly bigint[])[]): Drive {
  return (records, first) => {
    inputs.forEach(({ name }, i) => {
      for (let cycle = 0; cycle < records.cycles; cycle++)
        records.set(name, cycle, values[i]![first + cycle]!);
    });
  };
}

interface FoundInputs {
  readonly scope: string;
  /** One for each input. */
  readonly variables: readonly VcdVariable[];
}

/** @throws Diagnostic TCT-3604 for a scope that is not there, TCT-3607 where no scope has all inputs. */
function findInputs(
  { variables, scopes }: VcdHeader,
  inputs: readonly WantedInput[],
  wanted: string | undefined,
): FoundInputs {
  const asked = wanted?.replaceAll('/', '.');
  if (asked !== undefined && asked !== '' && !scopes.includes(asked)) throw noSuchScope(asked, scopes);
  const byScope = new Map<string, Map<string, VcdVariable>>([['', new Map()]]);
  for (const scope of scopes) byScope.set(scope, new Map());
  for (const variable of variables)
    byScope.get(variable.scopes.join('.'))?.set(`${nameOf(variable)} ${variable.bits.length}`, variable);
  const candidates = asked === undefined ? [...byScope.keys()] : [asked];
  let best: { readonly scope: string; readonly missing: readonly string[] } | undefined;
  for (const scope of candidates) {
    const here = byScope.get(scope)!;
    const found = inputs.map(({ name, width }) => here.get(`${name.replaceAll('/', '.')} ${width}`));
    if (found.every(variable => variable !== undefined)) return { scope, variables: found };
    const missing = inputs.filter((_, i) => found[i] === undefined).map(({ name }) => name);
    if (best === undefined || missing.length < best.missing.length) best = { scope, missing };
  }
  throw inputsMissing(best!.missing, inputs.length, best!.scope, scopes);
}

/** The name of a variable without what it selects. */
function nameOf({ bits }: VcdVariable): string {
  return bits.length === 1 ? bits[0]!.replace(/\[0\]$/, '') : bits[0]!.replace(/\[-?\d+\]$/, '');
}
