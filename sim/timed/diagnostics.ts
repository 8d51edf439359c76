import { Diagnostic } from '../../diagnostic/index.ts';

/*
 * Everything that the simulation with time tells a user, one function each. A code with a 1 in the second place is a
 * warning: the work goes on.
 */

export function notPlaced(): Diagnostic {
  return new Diagnostic({
    code: 'TCT-3501',
    seen: 'this netlist was not placed: only a placed one has delays',
    help: "give what nextpnr's --write wrote, with the SDF file of the same run",
    exitStatus: 2,
  });
}

/** @param device what nextpnr's settings name; undefined where they name none. */
export function unknownDevice(device: string | undefined): Diagnostic {
  return new Diagnostic({
    code: 'TCT-3507',
    seen:
      device === undefined
        ? 'the placed netlist does not say which device it is for'
        : `the placed netlist is for '${device}', which is no iCE40`,
    help: "give what nextpnr-ice40's --write wrote, as it is: its settings name the device",
    exitStatus: 2,
  });
}

/** @param missing the places without a delay, as the SDF file would name them. */
export function delaysMissing(missing: readonly string[], all: number): Diagnostic {
  const shown = missing.slice(0, 5).map(place => `'${place}'`);
  return new Diagnostic({
    code: 'TCT-3502',
    seen: `the delays do not belong to this netlist: ${missing.length} of ${all} are missing, such as ${shown.join(', ')}`,
    help: "give the files that one run of nextpnr wrote with '--write' and '--sdf'",
    exitStatus: 2,
  });
}

/** @param cells those that the netlist does not have. */
export function delaysOfOthers(cells: readonly string[]): Diagnostic {
  const shown = cells.slice(0, 5).map(name => `'${name}'`);
  return new Diagnostic({
    code: 'TCT-3502',
    seen: `the delays do not belong to this netlist: ${cells.length} of the cells that they are of are not in it, such as ${shown.join(', ')}`,
    help: "give the files that one run of nextpnr wrote with '--write' and '--sdf'",
    exitStatus: 2,
  });
}

export function loopOfTables(names: readonly string[]): Diagnostic {
  const shown = names.slice(0, 12).map(name => `'${name}'`);
  return new Diagnostic({
    code: 'TCT-3503',
    seen: `the netlist has a combinational loop, or latches made of one: ${names.length} nets wait for each other`,
    details: [shown.join(', ')],
    help: 'put a register into the loop',
  });
}

export function badPeriod(periodPs: number): Diagnostic {
  return new Diagnostic({
    code: 'TCT-3504',
    seen: `the period of the clock is ${periodPs} ps; it takes a whole number from 2 to 1000000000`,
    help: 'give 1000000 divided by the frequency in MHz, rounded',
    exitStatus: 2,
  });
}

export function noSuchNet(name: string, known: readonly string[]): Diagnostic {
  const shown = known.slice(0, 12).map(each => `'${each}'`);
  return new Diagnostic({
    code: 'TCT-3505',
    seen: `there is no register, memory or pin that drives a net '${name}'`,
    help:
      known.length === 0 ? 'the netlist has none at all' : `those that are driven so:  ${shown.join(', ')}`,
    exitStatus: 2,
  });
}

export function wrongSourceCount(seen: number, sources: number): Diagnostic {
  return new Diagnostic({
    code: 'TCT-3506',
    seen: `${seen} values are no whole number of cycles of ${sources} sources`,
    help: 'give a value for each source in each cycle, those of a cycle side by side',
    exitStatus: 2,
  });
}

/** A warning. */
export function notSettled(settledPs: number, periodPs: number): Diagnostic {
  return new Diagnostic({
    code: 'TCT-3104',
    seen: `nets may change until ${settledPs} ps after the edge, but the period of the clock is ${periodPs} ps: every cycle is counted to its end, as if the next edge waited`,
    help: 'give a slower clock, or a placement that is fast enough',
  });
}
