import { Diagnostic } from '../../diagnostic/index.ts';

/*
 * Everything that reading activity from a Value Change Dump tells a user, one function each.
 */

export function notAVcd(why: string): Diagnostic {
  return new Diagnostic({
    code: 'TCT-3601',
    seen: `this is not a Value Change Dump: ${why}`,
    help: "give a VCD file, as '$dumpvars' writes it; other formats can be converted, FST with GTKWave's fst2vcd",
    exitStatus: 2,
  });
}

export function truncatedVcd(where: string): Diagnostic {
  return new Diagnostic({
    code: 'TCT-3602',
    seen: `the VCD file is not complete: it ends ${where}`,
    help: 'let the simulation run to its end, and check that the disk is not full; a complete file ends with a line break',
  });
}

export function noTimeScale(): Diagnostic {
  return new Diagnostic({
    code: 'TCT-3603',
    seen: 'the VCD file has no time scale, so its times are no times',
    help: "put '$timescale 1 ns $end', with the right unit, in front of its first '$scope'",
    exitStatus: 2,
  });
}

/** @param scopes those that the file has. */
export function noSuchScope(scope: string, scopes: readonly string[]): Diagnostic {
  return new Diagnostic({
    code: 'TCT-3604',
    seen: `the VCD file has no scope '${scope}'`,
    help: scopes.length === 0 ? 'it has no scopes at all' : `its scopes: ${listed(scopes)}`,
    exitStatus: 2,
  });
}

/** What a file has of the nets of a netlist. */
export interface Coverage {
  readonly matched: number;
  readonly nets: number;
  /** Nets that it does not have. */
  readonly missing: readonly string[];
}

export function tooFewMatched(
  { matched, nets, missing }: Coverage,
  least: number,
  scope: string,
  scopes: readonly string[],
): Diagnostic {
  return new Diagnostic({
    code: 'TCT-3605',
    seen: `the VCD file has ${matched} of the netlist's ${nets} nets (${percent(matched / nets)}), at least ${percent(least)} are needed`,
    details: [
      matched === 0 ? 'no scope has any of them' : `looked for in the scope '${scope}'`,
      `not found: ${listed(missing)}`,
      `scopes of the file: ${listed(scopes)}`,
    ],
    help: 'simulate this very netlist and dump all its levels, or name the scope of its top; of a dump of its source take the inputs alone',
  });
}

/** @param candidates signals of one bit beside which it may be. */
export function noSuchClock(clock: string, candidates: readonly string[]): Diagnostic {
  return new Diagnostic({
    code: 'TCT-3606',
    seen: `the VCD file has no clock '${clock}'`,
    help:
      candidates.length === 0 ? 'it has no signals of one bit' : `signals of one bit: ${listed(candidates)}`,
    exitStatus: 2,
  });
}

export function clockStandsStill(clock: string): Diagnostic {
  return new Diagnostic({
    code: 'TCT-3606',
    seen: `the clock '${clock}' never rises in the VCD file`,
    help: 'name another signal as the clock, or dump a part of the run in which it ticks',
  });
}

/** @param scope the one that has most of them. */
export function inputsMissing(
  missing: readonly string[],
  inputs: number,
  scope: string,
  scopes: readonly string[],
): Diagnostic {
  return new Diagnostic({
    code: 'TCT-3607',
    seen: `the VCD file does not have ${missing.length} of the ${inputs} inputs with their widths: ${listed(missing)}`,
    details: [`looked for in the scope '${scope}'`, `scopes of the file: ${listed(scopes)}`],
    help: 'dump the inputs of the top under their names, or name the scope in which they are',
    exitStatus: 2,
  });
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 8).map(name => `'${name}'`);
  return names.length > shown.length
    ? `${shown.join(', ')} and ${names.length - shown.length} more`
    : shown.join(', ');
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`;
}
