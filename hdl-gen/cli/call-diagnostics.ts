import { Diagnostic } from '../../diagnostic/index.ts';
import type { Kind } from './option-kinds.ts';
import { listed } from './table.ts';

/* What is said of a command line and of a config file. A wrong call ends with the exit status 2. */

const wrongCall = { exitStatus: 2 } as const;

/** `others` are the commands that do have the option. */
export function unknownOption(
  typed: string,
  command: string,
  nearest: string | undefined,
  others: readonly string[],
): Diagnostic {
  const help =
    others.length > 0
      ? `it belongs to ${listed(others.map(other => `'${other}'`))}`
      : nearest === undefined
        ? `'${command} --help' lists its options`
        : `did you mean '--${nearest}'?`;
  return new Diagnostic({
    code: 'TCT-6001',
    seen: `'${command}' has no option '${typed}'`,
    help,
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
    case 'swept':
      return `${expectation(kind.each)}, or several with commas between${kind.each.type === 'number' ? ', or a range such as 8..64x2' : ''}`;
    case 'texts':
      return 'one text or several';
    default:
      return kind.form ?? 'a text that is not empty';
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

export function oneWordTooMany(typed: string, command: string, positional: string): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6005',
    seen: `'${command}' takes one ${positional} and options, but '${typed}' is one word more`,
    help: `'${command} --help' shows how it is called`,
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
      known.length > 0
        ? `'${command}' has no subcommand '${typed}'; it has ${known.join(', ')}`
        : `'${command}' takes options only, but '${typed}' is none`,
    help: nearest === undefined ? `'${command} --help' shows how it is called` : `did you mean '${nearest}'?`,
    ...wrongCall,
  });
}

/** An option that means nothing without another. */
export function needsOption(option: string, other: string): Diagnostic {
  return new Diagnostic({
    code: 'TCT-6037',
    seen: `'${option}' is about '${other}', which is not given`,
    help: `give both, or leave '${option}' out`,
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

/** A family that no board can test by itself. */
export function noSelfTest(family: string, device: string): Diagnostic {
  return conflict('--board', family, `there is no self-test for it: build with --device ${device}`);
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
