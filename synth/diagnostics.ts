/** Everything that the synthesis room tells a user when it cannot do its work: one function a diagnostic. */
import { Diagnostic } from '../diagnostic/index.ts';

/** What of a device is used, and how much of it there is. */
export interface ResourceUse {
  readonly used: number;
  readonly available: number;
}

/** The kinds of blocks that a design can run out of. */
export type ResourceKind = 'lc' | 'bram' | 'spram' | 'dsp' | 'io' | 'pll' | 'globals';

/** Use by kind of block. */
export type ResourceTable = Readonly<Record<ResourceKind, ResourceUse>>;

/**
 * TCT-4005: the design needs more than the device has. `resources` holds the counts, so that a caller can work out
 * what would fit.
 */
export class DoesNotFit extends Diagnostic {
  readonly device: string;
  readonly resources: ResourceTable;
  /** The kinds of which more is used than there is. */
  readonly over: readonly ResourceKind[];

  constructor(device: string, resources: ResourceTable, toolSays: readonly string[]) {
    const kinds = Object.keys(resources) as ResourceKind[];
    const over = kinds.filter(kind => resources[kind].used > resources[kind].available);
    const count = (kind: ResourceKind): string =>
      `${resources[kind].used} of ${resources[kind].available} ${blockNames[kind]}`;
    super({
      code: 'TCT-4005',
      seen: `the design does not fit '${device}': it needs ${over.map(count).join(', ')}`,
      help: over.includes('io')
        ? 'a bare core has more port bits than a chip has pins: build a top level that feeds it through a link or memories'
        : 'take a larger device, or make the design smaller (fewer lanes or rows, narrower activations)',
      details: toolSays,
    });
    this.name = 'DoesNotFit';
    this.device = device;
    this.resources = resources;
    this.over = over;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), device: this.device, resources: this.resources, over: this.over };
  }
}

/**
 * TCT-4023: nothing is needed more often than it is there, but with this seed no place was found for everything: long carry chains want whole
 * columns, and what was placed before lies in their way.
 */
export class NoPlacement extends Diagnostic {
  readonly device: string;
  readonly resources: ResourceTable;

  constructor(device: string, seed: number, resources: ResourceTable, toolSays: readonly string[]) {
    const { used, available } = resources.lc;
    super({
      code: 'TCT-4023',
      seen: `nextpnr found no place for the design on '${device}' with seed ${seed}, though it needs ${used} of ${available} logic cells`,
      help: 'another seed often finds one: try --seed, or several --seeds; otherwise make the design smaller, or take a larger device',
      details: toolSays,
    });
    this.name = 'NoPlacement';
    this.device = device;
    this.resources = resources;
  }
}

const blockNames: Readonly<Record<ResourceKind, string>> = {
  lc: 'logic cells',
  bram: 'block RAMs',
  spram: 'SPRAMs',
  dsp: 'DSP blocks',
  io: 'pins',
  pll: 'PLLs',
  globals: 'global buffers',
};

export function unknownDevice(
  seen: string,
  known: readonly string[],
  nearest: string | undefined,
): Diagnostic {
  return new Diagnostic({
    code: 'TCT-4001',
    seen: `there is no iCE40 device '${seen}'; known are ${known.join(', ')}`,
    help: nearest === undefined ? 'name one of the known devices' : `did you mean '${nearest}'?`,
    exitStatus: 2,
  });
}

export function unknownPackage(device: string, seen: string, known: readonly string[]): Diagnostic {
  return new Diagnostic({
    code: 'TCT-4002',
    seen: `'${device}' does not come in package '${seen}'; it comes in ${known.join(', ')}`,
    help: "the package is printed on the chip after the device, as in 'UP5K-SG48'",
    exitStatus: 2,
  });
}

/** Yosys refused the Verilog. `at` is the file and line that it names, if it names one. */
export function yosysFailed(errors: readonly string[], at: string | undefined): Diagnostic {
  return new Diagnostic({
    code: 'TCT-4003',
    seen: `Yosys could not synthesise the design: ${errors[0] ?? 'it stopped without naming an error'}`,
    at,
    details: errors.slice(1),
    help: 'look at the Verilog at that place; if Tercet emitted it, this is a bug in Tercet: please report it',
  });
}

export function memoryNotMapped(kind: 'bram' | 'spram', found: number, expected: number): Diagnostic {
  return new Diagnostic({
    code: 'TCT-4004',
    seen: `synthesis made ${found} ${blockNames[kind]} where ${expected} were expected`,
    help:
      found < expected
        ? 'a memory became flip-flops or was optimised away: its reads must be registered and its data used'
        : 'a memory takes more blocks than planned: look at its width, depth and number of ports',
  });
}

export function placeAndRouteFailed(
  device: string,
  seed: number,
  errors: readonly string[],
  hasPcf: boolean,
): Diagnostic {
  return new Diagnostic({
    code: 'TCT-4006',
    seen: `nextpnr could not place and route the design on '${device}' (seed ${seed}): ${errors[0] ?? 'it stopped without naming an error'}`,
    details: errors.slice(1),
    help: hasPcf
      ? 'if the error names a pin or a port, look at the pin constraints; otherwise try other seeds or a larger device'
      : 'try other seeds, or a larger device',
  });
}

/** A design that had no placement when the time for it was over. */
export class NotInTime extends Diagnostic {
  readonly resources: ResourceTable;

  constructor(device: string, seed: number, seconds: number, resources: ResourceTable) {
    super({
      code: 'TCT-4022',
      seen: `nextpnr has not placed and routed the design on '${device}' in ${Math.round(seconds)} s (seed ${seed}), and was stopped`,
      help: 'try other seeds, or a smaller design: on a nearly full device the placer may look for a place for hours',
    });
    this.name = 'NotInTime';
    this.resources = resources;
  }
}

/** The router found no way, and would have gone on for ever. */
export function routerStuck(device: string, seed: number): Diagnostic {
  return new Diagnostic({
    code: 'TCT-4020',
    seen: `nextpnr found no way to route the design on '${device}' (seed ${seed}): its router went round in a circle and was stopped`,
    help: 'try other seeds (--seed, --seeds), another --mhz, or a larger device',
  });
}

export function packingFailed(errors: readonly string[]): Diagnostic {
  return new Diagnostic({
    code: 'TCT-4007',
    seen: `icepack could not make a bitstream: ${errors[0] ?? 'it stopped without naming an error'}`,
    details: errors.slice(1),
    help: 'give it the .asc text exactly as nextpnr wrote it',
  });
}

/** The tool broke instead of refusing: out of memory, or a fault in its WebAssembly. */
export function toolCrashed(tool: string, reason: string, lastLines: readonly string[]): Diagnostic {
  return new Diagnostic({
    code: 'TCT-4008',
    seen: `${tool} broke off: ${reason}`,
    details: lastLines,
    help: "each tool needs about 1 GB of memory: free some, or run fewer seeds at a time; otherwise reinstall with 'npm ci'",
  });
}

export function interrupted(tool: string, cause: unknown): Diagnostic {
  return new Diagnostic({
    code: 'TCT-4009',
    seen: `${tool} was stopped before it had finished`,
    help: 'nothing was written; run it again when you like',
    cause,
  });
}

export function badRequest(field: string, seen: string, expected: string): Diagnostic {
  return new Diagnostic({
    code: 'TCT-4010',
    seen: `'${field}' is ${seen}; expected ${expected}`,
    help: `give '${field}' such a value`,
    exitStatus: 2,
  });
}

/** A tool ended well, yet what it should have written is not there or not readable. */
export function toolOutputUnusable(tool: string, what: string): Diagnostic {
  return new Diagnostic({
    code: 'TCT-4011',
    seen: `${tool} ended well but left no usable ${what}`,
    help: "this build of the tool is not the one that Tercet was made with: reinstall with 'npm ci'",
  });
}

/** A tool of an optional package, which is not there. */
export function toolMissing(tool: string, packageName: string): Diagnostic {
  return new Diagnostic({
    code: 'TCT-4012',
    seen: `${tool} is not installed: it comes with the optional package ${packageName}`,
    help: `get it with 'npm install ${packageName}'`,
  });
}

/** Clang refused the C++ that Yosys made of the Verilog. */
export function clangFailed(errors: readonly string[]): Diagnostic {
  return new Diagnostic({
    code: 'TCT-4013',
    seen: `clang could not compile the simulation of the Verilog: ${errors[0] ?? 'it stopped without naming an error'}`,
    details: errors.slice(1, 5),
    help: 'this is a bug in Tercet: please report it with the design',
  });
}

/** Yosys refused a user's own Verilog. `at` is the file and line that it names, if it names one. */
export function verilogRefused(errors: readonly string[], at: string | undefined): Diagnostic {
  return new Diagnostic({
    code: 'TCT-4014',
    seen: `Yosys cannot read the Verilog: ${errors[0] || 'it stopped without naming an error'}`,
    at,
    details: errors.slice(1),
    help: `correct it${at === undefined ? '' : ' there'}; Yosys reads what can be synthesised, with files that end in .sv as SystemVerilog`,
    exitStatus: 2,
  });
}

export function memoryTooLarge(
  name: string,
  { words, width }: { readonly words: number; readonly width: number },
  limit: { readonly words: number; readonly bits: number },
  at: string | undefined,
): Diagnostic {
  return new Diagnostic({
    code: 'TCT-4018',
    seen: `the memory '${name}' has ${words} words of ${width} bits; at most ${limit.words} words and ${limit.bits} bits can be simulated`,
    at,
    help: 'make it smaller for the simulation, by a parameter for example',
  });
}

/** @param drivers what drives one net beside a constant, or the nets, in the words of Yosys. */
export function constantConflict(drivers: readonly string[], at: string | undefined): Diagnostic {
  return new Diagnostic({
    code: 'TCT-4017',
    seen: `a constant and something else drive the same net: ${drivers.slice(0, 4).join(', ')}`,
    at,
    help: 'let one block or one assign drive it',
    exitStatus: 2,
  });
}

/** @param names of the nets. */
export function twoConstants(names: readonly string[], at: string | undefined): Diagnostic {
  const nets = names.slice(0, 4).map(name => `'${name}'`);
  return new Diagnostic({
    code: 'TCT-4017',
    seen: `two constants that differ drive the same net: ${nets.join(', ')}`,
    at,
    help: 'let one block or one assign drive it',
    exitStatus: 2,
  });
}

export function noSuchModule(
  name: string,
  modules: readonly string[],
  nearest: string | undefined,
): Diagnostic {
  const known = modules.map(module => `'${module}'`).join(', ');
  return new Diagnostic({
    code: 'TCT-4015',
    seen: `there is no module '${name}'; ${modules.length === 0 ? 'the files have none' : `the files have ${known}`}`,
    help: nearest === undefined ? 'name one of these' : `did you mean '${nearest}'?`,
    exitStatus: 2,
  });
}

/** Not an error: what Yosys says of the Verilog that it reads all the same. */
export function verilogWarning(text: string, at: string | undefined): Diagnostic {
  return new Diagnostic({ code: 'TCT-4101', seen: `Yosys says of the Verilog: ${text}`, at });
}

/** Not an error: `$time` where it is not shown. */
export function timeIsZero(at: string | undefined): Diagnostic {
  return new Diagnostic({
    code: 'TCT-4102',
    seen: "'$time' is only known where '$display' or '$write' show it: in an expression it reads 0",
    at,
    help: 'count the cycles in a register',
  });
}

/** Not an error: delays of statements. @param text one of them, `#5`. */
export function delaysIgnored(text: string, at: string, more: number): Diagnostic {
  return new Diagnostic({
    code: 'TCT-4103',
    seen: `the delay '${text}' ${more === 0 ? 'is' : `and ${more} more in this file are`} passed over: time goes from cycle to cycle`,
    at,
    help: 'simulate the design without its test bench: clocks, resets and inputs are what the command gives',
  });
}

/** @param tops the modules that no other has an instance of. */
export function chooseTop(tops: readonly string[], modules: number): Diagnostic {
  const listed = tops
    .toSorted()
    .map(name => `'${name}'`)
    .join(', ');
  return new Diagnostic({
    code: 'TCT-4016',
    seen:
      modules === 0
        ? 'the files have no module'
        : tops.length === 0
          ? 'every module of the files is an instance within another, so none is the top'
          : `${tops.length} modules may be the top: ${listed}`,
    help: modules === 0 ? 'give files that have one' : 'name the top module',
    exitStatus: 2,
  });
}

export function contentsNotFound(said: readonly string[]): Diagnostic {
  return new Diagnostic({
    code: 'TCT-4021',
    seen: 'icebram did not find in the design what its memory was built with',
    details: said,
    help: 'build the design again: its files were made by another version, or changed',
  });
}
