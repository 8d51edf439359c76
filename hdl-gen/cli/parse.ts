import yargs, { type Options } from 'yargs';
import type { Command } from './command.ts';
import { generateCommand, subcommands } from './commands.ts';
import { loadConfig } from './config.ts';
import {
  badValue,
  givenTwice,
  oneWordTooMany,
  unknownCommand,
  unknownOption,
  valueMissing,
} from './diagnostics.ts';
import { defaultOf, flagOf, type Kind, kindOf } from './option-kinds.ts';
import type { Option, OptionTable } from './options.ts';
import { checkSwept, checkValue } from './values.ts';
import { withKind } from './weights.ts';

/** What the user asked for: some text, or the run of a command. */
export type Call =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'run';
      readonly command: Command;
      readonly values: Readonly<Record<string, unknown>>;
      /** The keys of those that are not defaults of ours. */
      readonly given: ReadonlySet<string>;
      /** Those of them that the config file gives. */
      readonly configured: Readonly<Record<string, unknown>>;
    };

/** Yargs only cuts the line into options; what a value may be is the schema's to say. */
const parserConfiguration = {
  'boolean-negation': false,
  'camel-case-expansion': false,
  'dot-notation': false,
  'parse-numbers': false,
  'parse-positional-numbers': false,
  'unknown-options-as-args': true,
};

/**
 * Reads the command line, and the config file of the working directory where there is one.
 * @throws Diagnostic TCT-6001 to TCT-6009 for whatever is wrong with either.
 */
export async function parse(line: readonly string[], version: string): Promise<Call> {
  const typed = line[0] === 'help' ? ['--help', ...line.slice(1)] : [...line];
  const chosen = commandOf(typed);
  if ('group' in chosen) return { kind: 'text', text: groupHelp(chosen.group) };
  const { command } = chosen;
  const args = spelledOut(chosen.rest, command.options);
  await checkNames(args, command);

  const positional = Object.keys(command.options).find(key => command.options[key]!.isPositional === true);
  const parser = yargs()
    .scriptName(command.name)
    .usage(
      `$0 ${positional === undefined ? '' : `[${positional}] `}[options]\n\n${command.about[0]!.toUpperCase()}${command.about.slice(1)}.`,
    )
    .exitProcess(false)
    .parserConfiguration(parserConfiguration)
    .wrap(Math.min(110, process.stdout.columns ?? 110))
    .help('help', 'show this text')
    .alias('help', 'h')
    .version('version', 'show the version', version);
  if (command === generateCommand) {
    for (const [name, { about }] of Object.entries(subcommands)) parser.command(name, about);
    parser.epilogue(
      'Options are also read from tercet.config.ts or tercet.config.json; the command line wins.\n' +
        'Files are written whole or not at all. Exit status: 0 done, 1 the work failed, 2 a wrong call, 3 not decided (prove).',
    );
  }
  for (const [key, option] of Object.entries(command.options)) parser.option(flagOf(key), describe(option));
  for (const [call, what] of command.examples) parser.example(call, what);

  let text = '';
  const found = await parser.parse(args, {}, (_error: unknown, _found: unknown, output: string) => {
    text = output;
  });
  // Nearly every option takes one value, so the type tells the reader of the help nothing.
  if (text !== '')
    return {
      kind: 'text',
      text: `${text
        .replaceAll(/^( +)\[(string|array)\] /gm, '$1')
        .replaceAll(/ *\[(string|array)\]/g, '')
        .trimEnd()}\n`,
    };
  const words = found._.map(String);
  const given: Record<string, unknown> = {};
  if (positional !== undefined && words.length > 0 && found[flagOf(positional)] === undefined)
    given[positional] = typedValue(positional, command.options[positional]!, words.shift()!, command);
  const [extra] = words;
  if (extra !== undefined) throw await unexpectedWord(extra, command, positional);
  for (const [key, option] of Object.entries(command.options)) {
    const value = found[flagOf(key)];
    if (value !== undefined) given[key] = typedValue(`--${flagOf(key)}`, option, value, command);
  }
  const config = await loadConfig(command);
  const values = Object.fromEntries(
    Object.entries(command.options).map(([key, option]) => [
      key,
      given[key] ?? config[key] ?? defaultOf(option),
    ]),
  );
  const asked = { ...config, ...given };
  const configured = Object.fromEntries(Object.entries(config).filter(([key]) => !(key in given)));
  return {
    kind: 'run',
    command,
    values: withKind(values, asked),
    given: new Set(Object.keys(asked)),
    configured,
  };
}

/** The command that a line begins with, or the group whose commands it asks for; `rest` is what stands behind it. */
function commandOf(
  line: readonly string[],
): { readonly command: Command; readonly rest: readonly string[] } | { readonly group: string } {
  const [first = '', second] = line;
  const both = `${first} ${second}`;
  if (Object.hasOwn(subcommands, both)) return { command: subcommands[both]!, rest: line.slice(2) };
  if (Object.hasOwn(subcommands, first)) return { command: subcommands[first]!, rest: line.slice(1) };
  const inner = membersOf(first);
  if (inner.length === 0) return { command: generateCommand, rest: line };
  if (second === undefined || second === '--help' || second === '-h') return { group: first };
  throw unknownCommand(second, `hdl-gen ${first}`, inner, undefined);
}

/** The commands of a group, as `run` of `model run`. */
function membersOf(group: string): string[] {
  return Object.keys(subcommands)
    .filter(name => name.startsWith(`${group} `))
    .map(name => name.slice(group.length + 1));
}

function groupHelp(group: string): string {
  const names = membersOf(group);
  const width = Math.max(...names.map(({ length }) => length));
  const lines = names.map(name => `  ${name.padEnd(width)}  ${subcommands[`${group} ${name}`]!.about}\n`);
  return `hdl-gen ${group} <command> [options]\n\nCommands:\n${lines.join('')}\n'hdl-gen ${group} <command> --help' shows how each is called.\n`;
}

function describe(option: Option): Options {
  const kind = kindOf(option);
  const limits = limitsOf(kind);
  const fallback = defaultOf(option);
  return {
    describe: option.help + (limits === '' ? '' : ` (${limits})`),
    group: `${option.group}:`,
    type: kind.type === 'boolean' ? 'boolean' : 'string',
    ...(option.isGreedy === true ? { array: true } : {}),
    ...(option.letter === undefined ? {} : { alias: option.letter }),
    ...(fallback === undefined || fallback === false ? {} : { defaultDescription: String(fallback) }),
  };
}

/** What an option takes, for the help; empty where that needs no word. */
function limitsOf(kind: Kind): string {
  if (kind.type === 'number' && kind.isWhole) return `${kind.min} to ${kind.max}`;
  if (kind.type === 'choice') return kind.choices.join(', ');
  if (kind.type !== 'swept') return '';
  const each = limitsOf(kind.each);
  const several = kind.each.type === 'number' ? 'several: 2,4 or 1..8' : 'several with commas';
  return each === '' ? several : `${each}; ${several}`;
}

/** Refuses what looks like an option and is none, before yargs makes something else of it. */
async function checkNames(args: readonly string[], command: Command): Promise<void> {
  const known = [...Object.keys(command.options).map(flagOf), 'help', 'version'];
  for (const arg of args) {
    if (arg === '--') return;
    if (!/^-+[^\d.-]/.test(arg) || arg === '-h') continue;
    const [, name = '', value] = /^--([^=]*)(?:=(.*))?$/s.exec(arg) ?? [];
    if (!known.includes(name)) {
      const { nearestName } = await import('../../synth/index.ts');
      const wanted = flagOf(arg.replace(/^-+/, '').replace(/=.*$/s, ''));
      const choice = choiceOf(command.options, name);
      const others = Object.values(subcommands).filter(({ options }) => hasOption(options, name));
      throw unknownOption(
        arg.replace(/=.*$/s, ''),
        command.name,
        choice ?? nearestName(wanted, known),
        choice === undefined ? others.map(other => other.name) : [],
      );
    }
    const option = Object.entries(command.options).find(([key]) => flagOf(key) === name)?.[1];
    if (value === undefined || option === undefined || kindOf(option).type !== 'boolean') continue;
    if (!['true', 'false'].includes(value)) {
      throw badValue(`--${name}`, kindOf(option), `'${value}'`, `${command.name} --${name}`);
    }
  }
}

/** The option of which a name is a choice, with it: `simulate netlist` for `netlist`. */
function choiceOf(options: OptionTable, name: string): string | undefined {
  const found = Object.entries(options).find(([, option]) => {
    const kind = kindOf(option);
    return kind.type === 'choice' && kind.choices.includes(name);
  });
  return found && `${flagOf(found[0])} ${name}`;
}

function hasOption(options: OptionTable, flag: string): boolean {
  return Object.keys(options).some(key => flagOf(key) === flag);
}

async function unexpectedWord(
  word: string,
  command: Command,
  positional: string | undefined,
): Promise<Error> {
  if (positional !== undefined) return oneWordTooMany(word, command.name, positional);
  const names = command === generateCommand ? Object.keys(subcommands) : [];
  const { nearestName } = await import('../../synth/index.ts');
  const nearest = nearestName(word, names);
  return unknownCommand(word, command.name, names, nearest === undefined ? undefined : `hdl-gen ${nearest}`);
}

/** The value that a text on the command line stands for. */
function typedValue(flag: string, option: Option, found: unknown, command: Command): unknown {
  const kind = kindOf(option);
  if (kind.type === 'boolean') return found === true;
  if (kind.type === 'texts') {
    const list = [found].flat().map(String);
    if (list.length === 0 || list.includes('')) throw valueMissing(flag, kind);
    return list;
  }
  if (Array.isArray(found)) throw givenTwice(flag, found.map(String));
  const text = String(found);
  if (text === '') throw valueMissing(flag, kind);
  const { each } = option;
  if (each !== undefined)
    return checkSwept(
      flag,
      { ...option, each },
      text,
      `'${text}'`,
      `${command.name} ${flag} ${exampleOf(option)}`,
    );
  const isNumber = kind.type === 'number' && (kind.isWhole ? /^-?\d+$/ : /^-?\d+(\.\d+)?$/).test(text);
  const example = `${command.name} ${flag} ${exampleOf(option)}`;
  return checkValue(flag, option, isNumber ? Number(text) : text, `'${text}'`, example);
}

/** The line with `--define NAME` for `-D NAME` and `-DNAME`, and with `--m 8` for `-m 8`. */
function spelledOut(args: readonly string[], options: OptionTable): string[] {
  const long = new Map(
    Object.entries(options).flatMap(([key, { letter = key.length === 1 ? key : undefined }]) =>
      letter === undefined ? [] : [[letter, flagOf(key)]],
    ),
  );
  return args.flatMap(arg => {
    const flag = /^-[A-Za-z]/.test(arg) ? long.get(arg[1]!) : undefined;
    if (flag === undefined) return [arg];
    return arg.length === 2 ? [`--${flag}`] : [`--${flag}`, arg.slice(2).replace(/^=/, '')];
  });
}

/** A value that would be right. */
function exampleOf(option: Option): string {
  const kind = kindOf(option);
  if (kind.type === 'choice') return kind.choices[0]!;
  if (kind.type === 'swept') return String(defaultOf(option));
  return String(
    defaultOf(option) ??
      option.example ??
      (kind.type === 'number' ? Math.max(kind.min ?? 1, Math.min(kind.max ?? 48, 48)) : 'name'),
  );
}
