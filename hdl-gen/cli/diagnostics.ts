import { Diagnostic } from '../../diagnostic/index.ts';
import type { Side } from '../../sim/cosim/index.ts';
import type { Kind } from './options.ts';

/*
 * Everything that the command tells a user when it cannot do its work, one function each. The codes begin with 6.
 * A wrong call ends with the exit status 2, work that failed with 1.
 */

const wrongCall = { exitStatus: 2 } as const;

export function unknownOption(typed: string, command: string, nearest: string | undefined): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6001',
    seen: `'${command}' has no option '${typed}'`,
    help: nearest === undefined ? `'${command} --help' lists its options` : `did you mean '--${nearest}'?`,
    ...wrongCall,
  });
}

/** `given` is the option as the user knows it: `--lanes`, or a key of the config file. */
export function badValue(given: string, kind: Kind, seen: string, example: string): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6002',
    seen: `'${given}' takes ${expectation(kind)}, not ${seen}`,
    help: `for example: ${example}`,
    ...wrongCall,
  });
}

function expectation(kind: Kind): string {
  switch (kind.type) {
    case 'number': {
      const what = kind.isWhole ? 'a whole number' : 'a number';
      return kind.isWhole
        ? `${what} from ${kind.min} to ${kind.max}`
        : `${what} above ${kind.min}, up to ${kind.max}`;
    }
    case 'choice':
      return `${kind.choices.length === 1 ? 'only ' : ''}${kind.choices.map(choice => `'${choice}'`).join(' or ')}`;
    case 'boolean':
      return 'true or false';
    default:
      return 'a text that is not empty';
  }
}

export function givenTwice(option: string, values: readonly string[]): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6003',
    seen: `'${option}' is given ${values.length} times: ${values.map(value => `'${value}'`).join(', ')}`,
    help: 'give it once',
    ...wrongCall,
  });
}

export function valueMissing(option: string, kind: Kind): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6004',
    seen: `'${option}' has no value; it takes ${expectation(kind)}`,
    help: `write the value behind it: ${option} <value>`,
    ...wrongCall,
  });
}

export function unknownCommand(
  typed: string,
  command: string,
  known: readonly string[],
  nearest: string | undefined,
): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6005',
    seen:
      command === 'hdl-gen'
        ? `'hdl-gen' has no subcommand '${typed}'; it has ${known.join(', ')}`
        : `'${command}' takes options only, but '${typed}' is none`,
    help: nearest === undefined ? `'${command} --help' shows how it is called` : `did you mean '${nearest}'?`,
    ...wrongCall,
  });
}

/** Two things that cannot both be asked for. */
export function conflict(first: string, second: string, help: string): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6006',
    seen: `'${first}' and '${second}' contradict each other`,
    help,
    ...wrongCall,
  });
}

export function configBroken(file: string, why: string, at?: string, cause?: unknown): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6007',
    seen: `the config file '${file}' cannot be read: ${why}`,
    help: 'correct it, or remove it: every option has a default',
    at,
    cause,
    ...wrongCall,
  });
}

export function unknownKey(file: string, key: string, nearest: string | undefined): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6008',
    seen: `the config file '${file}' has the key '${key}', which is no option`,
    help:
      nearest === undefined
        ? 'its keys are the options without dashes, such as activationBits'
        : `did you mean '${nearest}'?`,
    ...wrongCall,
  });
}

export function twoConfigs(files: readonly string[]): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6009',
    seen: `there are two config files: ${files.map(file => `'${file}'`).join(' and ')}`,
    help: 'keep one of them',
    ...wrongCall,
  });
}

export function outIsFile(path: string): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6010',
    seen: `'${path}' is a file, but a folder is needed there`,
    help: 'choose another folder with --out',
    ...wrongCall,
  });
}

export function outIsFolder(path: string): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6030',
    seen: `'${path}' is a folder, but a file is to be written there`,
    help: 'name the file itself',
    ...wrongCall,
  });
}

/** Files that Tercet did not make are never replaced. */
export function inTheWay(path: string): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6011',
    seen: `'${path}' is in the way: it is there already, and was not made by hdl-gen`,
    help: 'move it away, or choose another folder with --out',
    ...wrongCall,
  });
}

export function notWritable(path: string, cause: unknown): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6012',
    seen: `'${path}' cannot be written: you have no permission to`,
    help: 'choose another place with --out, or change the permission',
    cause,
    ...wrongCall,
  });
}

export function diskFull(path: string, cause: unknown): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6013',
    seen: `the disk is full: '${path}' could not be written`,
    help: 'nothing is left half-written; make room, or choose another disk with --out',
    cause,
  });
}

export function cannotWrite(path: string, why: string, cause: unknown): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6014',
    seen: `'${path}' could not be written: ${why}`,
    help: 'nothing is left half-written; choose another place with --out',
    cause,
  });
}

/** The K of a product is more than the accumulators were made for. */
export function tooManyTerms(source: string, k: number, maxK: number): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6015',
    seen: `sums of ${k} products are asked for by ${source}, but the accumulators are made for ${maxK} (--max-k)`,
    help: `raise it: --max-k ${k}`,
    ...wrongCall,
  });
}

export function initTooNarrow(row: number, negations: number, initBits: number): Diagnostic {
  const bits = negations.toString(2).length + 1;
  return new Diagnostic({
    code: 'TCT-6016',
    seen: `weight row ${row} has ${negations} weights of -1, which its initial value must count, but ${initBits} bits hold at most ${2 ** (initBits - 1) - 1}`,
    help: `raise it: --init-bits ${bits}`,
    ...wrongCall,
  });
}

/** A simulated result that is not what the reference says. */
export function resultsDiffer(
  count: number,
  total: number,
  first: { readonly row: number; readonly column: number; readonly expected: number; readonly got: number },
): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6017',
    seen: `${count} of ${total} results differ from the reference; the first at row ${first.row}, column ${first.column}: expected ${first.expected}, got ${first.got}`,
    help: 'this is a bug in Tercet: please report it with the command that you ran',
  });
}

export function resultsMissing(found: number, expected: number): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6018',
    seen: `the simulated array gave ${found} of ${expected} sums`,
    help: 'this is a bug in Tercet: please report it with the command that you ran',
  });
}

/** The compiled engine and the oracle do not agree on a user's circuit. */
export function enginesDiffer(port: string, cycle: number, oracle: bigint, engine: bigint): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6019',
    seen: `output '${port}' is ${engine} in the compiled engine and ${oracle} in the oracle, in cycle ${cycle}`,
    help: 'this is a bug in Tercet: please report it with your circuit',
  });
}

export function noCircuitFile(file: string): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6020',
    seen: `there is no file '${file}'`,
    help: 'write --circuit path/to/file.ts#name, with the name of the export behind the #',
    ...wrongCall,
  });
}

export function noSuchExport(file: string, name: string, exports: readonly string[]): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6021',
    seen: `'${file}' has no export '${name}'`,
    help: exports.length === 0 ? 'it exports nothing' : `it exports ${exports.join(', ')}`,
    ...wrongCall,
  });
}

export function chooseExport(
  file: string,
  circuits: readonly string[],
  exports: readonly string[],
): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6022',
    seen:
      circuits.length === 0
        ? `'${file}' exports no circuit${exports.length === 0 ? '' : ` (it exports ${exports.join(', ')})`}`
        : `'${file}' exports several circuits: ${circuits.join(', ')}`,
    help:
      circuits.length === 0
        ? "export one: export const counter = component('counter', { inputs, build })"
        : `say which one: --circuit ${file}#${circuits[0]}`,
    ...wrongCall,
  });
}

export function notACircuit(file: string, name: string, what: string, help: string): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6023',
    seen: `'${name}' of '${file}' is ${what}, not a circuit`,
    help,
    ...wrongCall,
  });
}

/** A user's file that cannot be loaded: a syntax error, or an exception while it runs. */
export function circuitFails(file: string, why: string, at: string | undefined, cause: unknown): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6024',
    seen: `'${file}' cannot be loaded: ${why}`,
    at,
    help: 'correct the file; it runs as it would under Node with TypeScript',
    cause,
  });
}

export function doesNotFit(parts: {
  readonly device: string;
  readonly needed: number;
  readonly available: number;
  readonly isEstimate: boolean;
  readonly largest: { readonly lanes: number; readonly rows: number };
}): Diagnostic {
  const { device, needed, available, isEstimate, largest } = parts;
  const fits =
    largest.lanes === 0
      ? 'not even one lane would fit: take a larger device or fewer rows'
      : `about ${largest.lanes} lanes in ${largest.rows} ${largest.rows === 1 ? 'row' : 'rows'} would fit (an estimate): --lanes ${largest.lanes}`;
  return new Diagnostic({
    code: 'TCT-6025',
    seen: `the array does not fit '${device}': it needs ${isEstimate ? 'about ' : ''}${needed} logic cells, and the device has ${available}`,
    help: `${fits}; or take a larger device`,
    details: isEstimate ? ['estimated before the synthesis, which was not started'] : [],
  });
}

/** Not an error: it is tried all the same. */
export function mayNotFit(device: string, needed: number, available: number, largest: number): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6101',
    seen: `it may not fit '${device}': about ${needed} logic cells are needed, and the device has ${available}`,
    help: `about ${largest} lanes would fit (both are estimates)`,
  });
}

export function timingMissed(fmaxMHz: number, targetMHz: number): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6026',
    seen: `the clock reaches ${fmaxMHz} MHz, not the ${targetMHz} MHz that were asked for`,
    help: 'all files were written; try more placements (--seeds 4), a lower --mhz, or --pipeline 1',
  });
}

export function noPinFor(port: string, board: string, known: readonly string[]): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6027',
    seen: `port '${port}' of the circuit has no pin on board '${board}'`,
    help: `call the ports of a top level after the signals of the board: ${known.join(', ')}; or build with --device alone`,
    ...wrongCall,
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
    ({ names, claim }) =>
      `${names.join(', ').replace(/, ([^,]*)$/, ' and $1')} ${names.length > 1 ? 'say' : 'says'} ${claim}`,
  );
  return new Diagnostic({
    code: 'TCT-6033',
    seen: `output '${port}' in cycle ${cycle}: ${told.join('; ')}`,
    details: count > 1 ? [`${count} values differ in all`] : [],
    help: 'this is a bug in Tercet or in one of the tools, unless a foreign module and its model differ: please report it with the command that you ran',
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
