import { Diagnostic } from '../../diagnostic/index.ts';

/* What is said of circuits that a user wrote. */

const wrongCall = { exitStatus: 2 } as const;

export function noCircuitFile(file: string): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6020',
    seen: `there is no file '${file}'`,
    help: 'write --circuit path/to/file.ts#name, with the name of the export behind the #',
    ...wrongCall,
  });
}

/** A file that is no program: nothing in it can be a circuit. */
export function notAProgram(file: string, extensions: readonly string[]): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6028',
    seen: `'${file}' is no TypeScript file, so no circuit can be loaded from it`,
    help: `a circuit is an export of a file that ends in ${extensions.join(', ')}`,
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

export function noPinFor(port: string, board: string, known: readonly string[]): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6027',
    seen: `port '${port}' of the circuit has no pin on board '${board}'`,
    help: `call the ports of a top level after the signals of the board: ${known.join(', ')}; or build with --device alone`,
    ...wrongCall,
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
