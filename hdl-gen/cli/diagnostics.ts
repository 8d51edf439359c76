import { Diagnostic } from '../../diagnostic/index.ts';
import type { Side } from '../../sim/cosim/index.ts';
import { counted, listed } from './table.ts';

/*
 * Everything that the command tells a user when it cannot do its work, one function each. The codes begin with 6.
 * A wrong call ends with the exit status 2, work that failed with 1.
 */

export * from './call-diagnostics.ts';
export * from './circuit-diagnostics.ts';
export * from './explore-diagnostics.ts';
export * from './file-diagnostics.ts';
export * from './model-diagnostics.ts';
export * from './verilog-diagnostics.ts';

const wrongCall = { exitStatus: 2 } as const;

/** The K of a product is more than the accumulators were made for. */
export function tooManyTerms(source: string, k: number, maxK: number): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6015',
    seen: `sums of ${k} products are asked for by ${source}, but the accumulators are made for ${maxK} (--max-k)`,
    help: `raise it: --max-k ${k}`,
    ...wrongCall,
  });
}

/** The M of a product is more than an array of tables keeps sums for. */
export function tooManyRows(m: number, maxM: number): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6080',
    seen: `the weights have ${m} rows, but the array keeps the sums of ${maxM} (--max-m)`,
    help: `raise it: --max-m ${m}`,
    ...wrongCall,
  });
}

/** `own` are the encodings that the family takes. */
export function noSuchEncoding(arch: string, encoding: string, own: readonly string[]): Diagnostic {
  const takers = {
    '2bit': 'tree',
    '5in8': 'tree-folded',
    '1bit': 'binary',
    '1of2': 'sparse',
    '5in8s': 'table',
  };
  const other = takers[encoding as keyof typeof takers];
  return new Diagnostic({
    code: 'TCT-6081',
    seen: `'--arch ${arch}' does not take its weights as '${encoding}'`,
    help: `leave --encoding out, or take --encoding ${own.join(' or ')}; '--arch ${other}' takes ${encoding}`,
    ...wrongCall,
  });
}

export function initTooNarrow(row: number, constant: number, initBits: number): Diagnostic {
  const bits = (constant < 0 ? -1 - constant : constant).toString(2).length + 1;
  return new Diagnostic({
    code: 'TCT-6016',
    seen: `the weights of row ${row} need an initial value of ${constant}, but ${initBits} bits hold ${-(2 ** (initBits - 1))} to ${2 ** (initBits - 1) - 1}`,
    help: `raise it: --init-bits ${bits}`,
    ...wrongCall,
  });
}

/** A weight 0 for an array that has none. */
export function zeroWeight(source: string, row: number, column: number): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6050',
    seen: `${source}: the weight in row ${row}, column ${column} is 0, but with '--arch binary' weights are -1 or +1`,
    help: "make them so when you train, or take '--arch tree' or '--arch tree-folded'",
    ...wrongCall,
  });
}

/** Both weights of a pair are not 0; `column` is that of the second one. */
export function twoWeightsOfPair(source: string, row: number, column: number): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6051',
    seen: `${source}: the weights in row ${row}, columns ${column - 1} and ${column} are both not 0, but '--arch sparse' takes at most one of each pair`,
    help: "train again with only the larger weight of each pair, or take '--arch tree', which takes any ternary weights for about twice the logic",
    ...wrongCall,
  });
}

/** Lanes that are no pairs. */
export function lanesInPairs(lanes: number): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6052',
    seen: `'--arch sparse' takes its lanes in pairs, and ${lanes} is odd`,
    help: `take ${lanes === 1 ? '' : `--lanes ${lanes - 1} or `}--lanes ${lanes + 1}`,
    ...wrongCall,
  });
}

/** A family whose codes are made when the weights are packed. */
export function cannotCountNegations(arch: string): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6053',
    seen: `'--negations counted' is for weights that nobody packs, but the codes of '--arch ${arch}' depend on each other and are made by packing`,
    help: "take '--arch tree', or leave '--negations' out: the packer tells the number with the initial value",
    ...wrongCall,
  });
}

/** A family whose sums are whole. */
export function cannotCut(arch: string): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6057',
    seen: `'--cut' is for sums in a folded tree, and '--arch ${arch}' has none`,
    help: "take '--arch tree-folded', or leave '--cut' out",
    ...wrongCall,
  });
}

/** A sum that the adder of a DSP block cannot hold. */
export function sumOverDsp(bits: number, available: number): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6054',
    seen: `'--accumulator dsp' has sums of ${available} bits, and these have ${bits}`,
    help: "take a smaller '--max-k', '--activation-bits' or '--init-bits', or '--accumulator segments'",
    ...wrongCall,
  });
}

/** Accumulators in DSP blocks on a device that has none, or too few. */
export function tooFewDsps(device: string, available: number, rows: number): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6056',
    seen:
      available === 0
        ? `'--accumulator dsp' needs DSP blocks, and ${device} has none`
        : `'--accumulator dsp' takes a DSP block for each of the ${rows} rows, and ${device} has ${available}`,
    help:
      available === 0
        ? "take '--device up5k', or '--accumulator segments'"
        : `take '--rows ${available}', or '--accumulator segments'`,
    ...wrongCall,
  });
}

/** A simulated result that is not what the reference says. */
export function resultsDiffer(
  count: number,
  total: number,
  first: { readonly row: number; readonly column: number; readonly expected: number; readonly got: number },
  port?: string,
): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6017',
    seen: `${count} of ${total} results differ from the reference; the first at row ${first.row}, column ${first.column}: expected ${first.expected}, got ${first.got}`,
    help:
      port === undefined
        ? 'this is a bug in Tercet: please report it with the command that you ran'
        : `the board at '${port}' computes something else: look at its supply and clock, and flash it again; with '--simulate netlist' in place of --port the same core is simulated`,
  });
}

export function resultsMissing(found: number, expected: number): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6018',
    seen: `the simulated array gave ${found} of ${expected} sums`,
    help: 'this is a bug in Tercet: please report it with the command that you ran',
  });
}

export function doesNotFit({
  isEstimate,
  ...parts
}: Shortage & { readonly isEstimate: boolean }): Diagnostic {
  const { device, of, needed, available } = parts;
  return new Diagnostic({
    code: 'TCT-6025',
    seen: `the array does not fit '${device}': it needs ${isEstimate ? 'about ' : ''}${needed} ${of}, and the device has ${available}`,
    help: `${whatFits(parts)}; or take a larger device`,
    details: isEstimate ? ['estimated before the synthesis, which was not started'] : [],
  });
}

/** Not an error: it is done all the same. */
export function mayNotFit(parts: Shortage & { readonly isHopeless: boolean }): Diagnostic {
  const { device, of, needed, available, isHopeless } = parts;
  return new Diagnostic({
    code: 'TCT-6101',
    seen: `the array ${isHopeless ? 'does' : 'may'} not fit '${device}': it needs about ${needed} ${of} (an estimate), and the device has ${available}`,
    help: `${whatFits(parts)}; or take a larger device`,
  });
}

/** What a device has too little of for an array, and what it has enough for. */
interface Shortage {
  readonly device: string;
  readonly of: string;
  readonly needed: number;
  readonly available: number;
  readonly largest: Size;
}

interface Size {
  readonly lanes: number;
  readonly rows: number;
}

function whatFits({ of, largest: { lanes, rows } }: Shortage): string {
  if (lanes > 0)
    return `about ${counted(lanes, 'lane')} in ${counted(rows, 'row')} would fit (an estimate): --lanes ${lanes}`;
  // Tables alone take block RAMs.
  if (of === 'block RAMs') return 'not even one table would fit beside the sums: take a smaller --max-m';
  return `not even one lane would fit${rows > 1 ? ': take fewer rows' : ''}`;
}

/**
 * `--fill` found no array that can be built.
 * @param fastestMHz what the fastest of the arrays reached that were placed; undefined where none was placed.
 */
export function nothingFills(
  device: string,
  wantedMHz: number | undefined,
  fastestMHz: number | undefined,
): Diagnostic {
  const isSlow = wantedMHz !== undefined && fastestMHz !== undefined;
  const clock = wantedMHz === undefined ? '' : ` at ${wantedMHz} MHz`;
  return new Diagnostic({
    code: 'TCT-6060',
    seen: `'--fill' found no array that '${device}' holds${clock}${isSlow ? `: the fastest of those that were placed reaches ${fastestMHz.toFixed(1)} MHz` : ''}`,
    help:
      wantedMHz === undefined
        ? 'give fewer --lanes, or leave them to the command; or take a larger device'
        : 'ask for a lower --mhz or narrower sums (--max-k, --init-bits), try more --seeds, or take a faster device',
  });
}

/** Not an error: nothing is lost. */
export function maxKRaised(maxK: number, lanes: number): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6102',
    seen: `'--max-k ${maxK}' is less than the ${lanes} products of one beat: the accumulators are made for ${lanes}`,
    help: `ask for --max-k ${lanes}, or for fewer lanes`,
  });
}

export function timingMissed(fmaxMHz: number, targetMHz: number): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6026',
    seen: `the clock reaches ${fmaxMHz} MHz, not the ${targetMHz} MHz that were asked for`,
    help: 'all files were written; try more placements (--seeds 4), other ones (--timing-weight 5 or 40), a lower --mhz, or --pipeline 1',
  });
}

export function cannotRead(file: string, cause: unknown): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6031',
    seen: `'${file}' cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
    help: 'name a file that is there and that you may read',
    cause,
    ...wrongCall,
  });
}

/** Foreign modules without which the Verilog is not complete. */
export function foreignMissing(modules: readonly string[]): Diagnostic {
  const names = modules.map(name => `'${name}'`).join(', ');
  return new Diagnostic({
    code: 'TCT-6032',
    seen: `the circuit has foreign modules whose Verilog is not known: ${names}`,
    help: `name their files: --sources ${modules[0]}.v`,
    ...wrongCall,
  });
}

/** Simulators that were given the same and do not say the same. */
export function opinionsDiffer(
  port: string,
  cycle: number,
  sides: readonly Side[],
  count: number,
): Diagnostic {
  const told = sides.map(
    ({ names, claim }) => `${listed(names)} ${names.length > 1 ? 'say' : 'says'} ${claim}`,
  );
  return new Diagnostic({
    code: 'TCT-6033',
    seen: `output '${port}' in cycle ${cycle}: ${told.join('; ')}`,
    details: count > 1 ? [`${count} values differ in all`] : [],
    help: 'this is a bug in Tercet or in one of the tools, unless a foreign module and its model differ: please report it with the command that you ran',
  });
}

/** A claim that a counterexample shows to be wrong. */
export function claimRefuted(
  { what, size, how }: { readonly what: string; readonly size: string; readonly how: string },
  isOfUser: boolean,
): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6034',
    seen: `refuted: ${what}${size === '' ? '' : ` (${size})`}: ${how}`,
    help: isOfUser
      ? 'correct the circuit, or the property that asks too much of it'
      : 'this is a bug in Tercet or in one of the tools: please report it with the command that you ran',
  });
}

/** The solver lets every clock tick in every cycle, which several clocks do not do. */
export function severalClocks(circuit: string, domains: readonly string[]): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6035',
    seen: `'${circuit}' has ${domains.length} clocks (${domains.join(', ')}), and a proof needs one`,
    help: 'prove its parts that have one clock, and run the whole with hdl-gen cosim',
    ...wrongCall,
  });
}

export function nothingToProve(circuit: string): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6036',
    seen: `'${circuit}' has no properties, so there is nothing to prove`,
    help: "write some in it: assert(condition, 'why'), cover(condition, 'why')",
    ...wrongCall,
  });
}

/** Not an error: it may hold or not. */
export function notDecided(count: number): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6103',
    seen: `${counted(count, 'claim')} neither proved nor refuted`,
    help: 'give more time (--timeout), or take a smaller size; exit status 3 tells this state',
  });
}

/** Something that nobody foresaw: the only message that asks for a report with the stack. */
export function unexpected(error: unknown): Diagnostic {
  const message = error instanceof Error ? error.message : String(error);
  return new Diagnostic({
    code: 'TCT-6099',
    seen: `this should not have happened: ${message}`,
    help: 'please report it as a bug of Tercet; with TERCET_DEBUG=1 in the environment the stack is printed',
    cause: error,
  });
}

export function buildNotFlashed(file: string): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6055',
    seen: `'${file}' was built, but is not put on the board, because the build did not end well`,
    help: 'correct what is said above; or write it as it is, with --bitstream',
  });
}

export function boardHasNoLink(board: string): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6090',
    seen: `board '${board}' has no serial link of its own to the computer`,
    help: 'take another board, or describe yours in a JSON file with the pins of a USB serial adapter as its uart',
    exitStatus: 2,
  });
}

export function tookTooLong(seconds: number): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6091',
    seen: `the product was not done after ${seconds} s`,
    help: 'give more time with --timeout, or take fewer vectors (--n)',
  });
}

export function noContents(): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6092',
    seen: 'the core of this board keeps its weights in SPRAM, which is empty after power-up, and there is no flash that it could read',
    help: "let hdl-gen matmul load them, without --resident; a board with a flash is described by 'flash' (docs/board.md)",
    exitStatus: 2,
  });
}
