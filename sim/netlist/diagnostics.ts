import { Diagnostic } from '../../diagnostic/index.ts';
import { memoryLimit } from './memory-limit.ts';
import type { Party } from './party.ts';

/*
 * Everything that the reader of netlists tells a user, one function each. A code with a 1 in the second place is a
 * warning: the work goes on.
 */

export function notANetlist(why: string): Diagnostic {
  return new Diagnostic({
    code: 'TCT-3201',
    seen: `this is not a netlist: ${why}`,
    help: "give what Yosys' write_json or nextpnr's --write wrote",
    exitStatus: 2,
  });
}

export function noSuchTop(name: string, known: readonly string[]): Diagnostic {
  return new Diagnostic({
    code: 'TCT-3202',
    seen: `the netlist has no module '${name}'`,
    help: known.length === 0 ? 'it has only black boxes' : `its modules: ${listed(known)}`,
    exitStatus: 2,
  });
}

export function ambiguousTop(candidates: readonly string[]): Diagnostic {
  return new Diagnostic({
    code: 'TCT-3202',
    seen:
      candidates.length === 0
        ? 'the netlist has no module of its own, only black boxes'
        : `the netlist has ${candidates.length} modules that may be the top: ${listed(candidates)}`,
    help: "name the top module, or let Yosys' 'hierarchy -top' mark it",
    exitStatus: 2,
  });
}

/** @param instances names and types. */
export function notFlattened(
  top: string,
  instances: readonly (readonly [name: string, type: string])[],
): Diagnostic {
  const shown = instances.map(([name, type]) => `${name} (${type})`);
  return new Diagnostic({
    code: 'TCT-3203',
    seen: `'${top}' is not flattened: it has cells that are modules of the same file: ${listed(shown)}`,
    help: "run Yosys' 'flatten' before 'write_json'",
  });
}

/** Cells that cannot be simulated: the first of each type. */
export function unknownCells(
  cells: readonly { readonly name: string; readonly type: string; readonly source: string; count: number }[],
): Diagnostic {
  const [first] = cells;
  const types = listed(cells.map(({ type }) => type));
  return new Diagnostic({
    code: 'TCT-3204',
    seen: `cells of the type${cells.length > 1 ? 's' : ''} ${types} cannot be simulated`,
    at: first!.source === '' ? undefined : first!.source,
    details: cells.map(
      ({ name, type, count }) => `${type}: '${name}'${count > 1 ? ` and ${count - 1} more` : ''}`,
    ),
    help: 'netlists may have the cells of iCE40, and those of Yosys at word level; map the others to these',
  });
}

/** A cell of a known type in a mode that cannot be simulated. */
export function unsupportedCell(type: string, name: string, why: string, source: string): Diagnostic {
  return new Diagnostic({
    code: 'TCT-3205',
    seen: `the cell '${name}' (${type}) cannot be simulated: ${why}`,
    at: source === '' ? undefined : source,
  });
}

/** @param drivers the first one, and the one that is too much. */
export function multiplyDriven(net: string, drivers: readonly Party[]): Diagnostic {
  return new Diagnostic({
    code: 'TCT-3206',
    seen: `the net '${net}' is driven more than once`,
    at: drivers.map(({ source }) => source).findLast(source => source !== ''),
    details: drivers.map(({ name, source }) => `by ${name}${source === '' ? '' : `, ${source}`}`),
    help: 'let one block, cell or input drive it; a bus with several drivers needs a multiplexer, a memory that several blocks write needs <= in each, at one edge',
  });
}

export function undriven(net: string, reader: Party): Diagnostic {
  return new Diagnostic({
    code: 'TCT-3207',
    seen: `nothing drives the net '${net}', which ${reader.name} reads`,
    at: placeOf(reader),
    help: "drive it; or let Yosys' 'setundef -undriven -zero' give it a value",
  });
}

/** Nets that are only each other: `a` is `b`, and `b` is `a`. */
export function ringOfNets(nets: readonly string[]): Diagnostic {
  return new Diagnostic({
    code: 'TCT-3208',
    seen: `the net '${nets[0]}' depends on itself without a register between`,
    details: nets.map((net, i) => `'${net}' depends on '${nets[(i + 1) % nets.length]}'`),
    help: 'put a register into the loop',
  });
}

export function derivedClock(clock: string, driver: Party | undefined, clocked: Party): Diagnostic {
  const from = driver === undefined ? 'is driven by nothing' : `comes from logic: ${driver.name} drives it`;
  return new Diagnostic({
    code: 'TCT-3209',
    seen: `the clock '${clock}' of ${clocked.name} ${from}`,
    at: placeOf(clocked),
    details: driver === undefined || driver.source === '' ? [] : [`it is driven at ${driver.source}`],
    help: 'clock it with an input, an oscillator or a PLL, and use the logic as the enable of the registers',
  });
}

/** @param user what it clocks, or where it comes from. */
export function clockIsRead(clock: string, user: Party, reader: Party): Diagnostic {
  return new Diagnostic({
    code: 'TCT-3210',
    seen: `'${clock}' is a clock (${user.name}), but ${reader.name} reads it as data`,
    at: placeOf(reader),
    help: 'in a simulation by cycles a clock has no value; use a register that toggles in its place',
  });
}

export function portNotDivided(port: string, width: number, parts: number): Diagnostic {
  return new Diagnostic({
    code: 'TCT-3211',
    seen: `the port '${port}' has ${width} bits, but its parts have ${parts} bits in all`,
    help: 'give parts that together have the bits of the port',
    exitStatus: 2,
  });
}

export function unknownIsZero(reader: Party): Diagnostic {
  return new Diagnostic({
    code: 'TCT-3101',
    seen: `${reader.name} has bits that are unknown (x or z): they read 0`,
    at: placeOf(reader),
  });
}

function placeOf({ source }: Party): string | undefined {
  return source === '' ? undefined : source;
}

export function memoryTooLarge(
  name: string,
  { words, width }: { readonly words: number; readonly width: number },
  source: string,
): Diagnostic {
  return new Diagnostic({
    code: 'TCT-3212',
    seen: `the memory '${name}' has ${words} words of ${width} bits; at most ${memoryLimit.words} words and ${memoryLimit.bits} bits can be simulated`,
    at: source === '' ? undefined : source,
    help: 'make it smaller for the simulation, by a parameter for example',
  });
}

export function undrivenIsZero(net: string): Diagnostic {
  return new Diagnostic({ code: 'TCT-3102', seen: `nothing drives the net '${net}': it reads 0` });
}

export function portLeftOut(port: string): Diagnostic {
  return new Diagnostic({
    code: 'TCT-3103',
    seen: `the output '${port}' is left out: nextpnr does not write what drives it`,
  });
}

/** Something about a cell that the simulation leaves out. */
export function leftOut(type: string, name: string, what: string): Diagnostic {
  return new Diagnostic({ code: 'TCT-3103', seen: `the cell '${name}' (${type}): ${what}` });
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 8).map(name => `'${name}'`);
  if (names.length > shown.length) shown.push(`${names.length - shown.length} more`);
  return shown.join(', ');
}
