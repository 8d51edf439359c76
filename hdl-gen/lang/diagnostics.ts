import { callerLine, Diagnostic } from '../../diagnostic/index.ts';
import type { Interval } from '../../ir/index.ts';
import type { Module } from './module.ts';

/*
 * Every refusal of the language, one function each. The codes begin with 1 and never change their meaning.
 */

/** Anything that messages can call by name. */
interface Describable {
  describe(): string;
  readonly interval?: Interval;
  readonly source?: string;
}

export function outsideComponent(): Diagnostic {
  return new Diagnostic({
    code: 'TCT-1001',
    seen: 'signals are made inside a component, but none is being built here',
    help: "move the code into the 'build' function of a component",
    at: callerLine(),
  });
}

export function foreignSignal(
  signal: Describable & { readonly module: Module | undefined },
  here: Module,
): Diagnostic {
  return new Diagnostic({
    code: 'TCT-1002',
    seen: `${signal.describe()} belongs to component '${signal.module?.component}' and is used in '${here.component}'`,
    help: 'pass it through a port: an input or output of the component',
    at: callerLine(),
  });
}

export function losesValue(
  from: Describable & { readonly interval: Interval },
  to: string | Describable,
  target: Interval,
  at: string = callerLine(),
): Diagnostic {
  const made = (what: Describable) => (what.source ? [`${what.describe()} was made at ${what.source}`] : []);
  return new Diagnostic({
    code: 'TCT-1003',
    seen: `${from.describe()} holds ${from.interval}, but ${typeof to === 'string' ? to : to.describe()} takes ${target}: a value could be lost`,
    help: "say how the interval becomes smaller ('wrap', 'saturate', 'assume' or 'slice'), or declare the target wider",
    at,
    details: [...made(from), ...(typeof to === 'string' ? [] : made(to))],
  });
}

export function twoDrivers(target: Describable, firstAt: string, at: string): Diagnostic {
  return new Diagnostic({
    code: 'TCT-1004',
    seen: `${target.describe()} is driven twice`,
    help: "choose between the two values with 'mux', and drive it once",
    at,
    details: [`${target.describe()} was made at ${target.source}`, `it was driven first at ${firstAt}`],
  });
}

export function noDriver(target: Describable, module: Module): Diagnostic {
  return new Diagnostic({
    code: 'TCT-1005',
    seen: `${target.describe()} of component '${module.component}' is never driven`,
    help: "give a wire its driver with '.drive(value)', a register its next value with '.next(value)', and a memory initial contents or a write",
    at: target.source,
  });
}

export function combinationalLoop(path: readonly { told: string; source: string }[]): Diagnostic {
  const first = path[0]!;
  return new Diagnostic({
    code: 'TCT-1006',
    seen: `${first.told} depends on itself without a register in between`,
    help: 'put a register somewhere on the path',
    at: first.source,
    details: [...path, first].map(({ told, source }, i) => `${i === 0 ? '' : '<- '}${told} (${source})`),
  });
}

export function crossesDomains(
  from: { told: string; domain: string; source: string },
  to: { told: string; domain: string; source: string },
): Diagnostic {
  return new Diagnostic({
    code: 'TCT-1007',
    seen: `${from.told} belongs to ${domainNamed(from.domain)}, but ${to.told} of ${domainNamed(to.domain)} takes its value`,
    help: "bring one bit across with 'synchronise', more bits through an 'asyncFifo'",
    at: to.source,
    details: [`${from.told} was made at ${from.source}`],
  });
}

export function memoryCrosses(
  memory: string,
  from: string,
  to: string,
  at: string,
  madeAt: string,
): Diagnostic {
  return new Diagnostic({
    code: 'TCT-1007',
    seen: `${memory} is written in ${domainNamed(from)}, but read in ${domainNamed(to)}`,
    help: "take an 'asyncFifo', or give the memory 'acrossDomains' with the reason why no word is read while it is written",
    at,
    details: [`${memory} was made at ${madeAt}`],
  });
}

export function synchronisesLogic(from: { told: string; source: string }, at: string): Diagnostic {
  return new Diagnostic({
    code: 'TCT-1030',
    seen: `'synchronise' takes ${from.told}, which does not come straight out of a register or a port: a glitch could be caught`,
    help: "put a register of its own clock domain before it: 'inDomain(domain, () => registered(bit))'",
    at,
    details: [`${from.told} was made at ${from.source}`],
  });
}

function domainNamed(domain: string): string {
  return domain === '' ? 'the default clock domain' : `clock domain '${domain}'`;
}

export function badName(name: string, why: string, at: string = callerLine()): Diagnostic {
  return new Diagnostic({
    code: 'TCT-1008',
    seen: `'${name}' cannot be a name: ${why}`,
    help: 'choose another key',
    at,
  });
}

export function nameTwice(component: string, name: string, at: string): Diagnostic {
  return new Diagnostic({
    code: 'TCT-1009',
    seen: `component '${component}' has two things that the Verilog would call '${name}'`,
    help: "rename one of them; a component, its clocks and its resets also have names ('clk' and 'rst' by default)",
    at,
  });
}

export function notAnInteger(value: number): Diagnostic {
  return new Diagnostic({
    code: 'TCT-1010',
    seen: `${value} is not a whole number that a constant can hold exactly`,
    help: 'round it knowingly, and give numbers beyond 2^53 as BigInt, such as 9007199254740993n',
    at: callerLine(),
  });
}

export function notABit(signal: Describable & { readonly interval: Interval }, use: string): Diagnostic {
  return new Diagnostic({
    code: 'TCT-1011',
    seen: `'${use}' takes one bit, but ${signal.describe()} holds ${signal.interval}`,
    help: "compare it ('.notEquals(0)') or pick one bit ('.bit(i)')",
    at: callerLine(),
  });
}

export function outOfBits(
  signal: Describable & { readonly interval: Interval },
  low: number,
  width: number,
): Diagnostic {
  return new Diagnostic({
    code: 'TCT-1012',
    seen: `${signal.describe()} has bits 0 to ${signal.interval.width - 1}, so a slice of ${width} ${width === 1 ? 'bit' : 'bits'} from bit ${low} is outside`,
    help: 'slice within the bits of the signal',
    at: callerLine(),
  });
}

export function notAPowerOfTwoRange(signal: Describable, to: Interval): Diagnostic {
  return new Diagnostic({
    code: 'TCT-1013',
    seen: `${signal.describe()} cannot be wrapped to ${to}, because these are not all values of some number of bits`,
    help: "wrap to 'int(bits)' or 'uint(bits)', or use 'saturate'",
    at: callerLine(),
  });
}

export function intervalNotInside(
  signal: Describable & { readonly interval: Interval },
  to: Interval,
): Diagnostic {
  return new Diagnostic({
    code: 'TCT-1014',
    seen: `${signal.describe()} holds ${signal.interval}, which can not be taken as a value of ${to}`,
    help: 'check the interval that is asked for; a shift count must not be negative',
    at: callerLine(),
  });
}

export function initialOutside(target: Describable, value: bigint, interval: Interval): Diagnostic {
  return new Diagnostic({
    code: 'TCT-1015',
    seen: `${target.describe()} starts with ${value}, but holds ${interval}`,
    help: 'choose initial contents inside the interval, or declare it wider',
    at: callerLine(),
  });
}

export function badMemory(name: string | undefined, why: string): Diagnostic {
  return new Diagnostic({
    code: 'TCT-1016',
    seen: `${name === undefined ? 'the memory' : `memory '${name}'`} is refused: ${why}`,
    help: "declare depth, element and initial contents so that they agree; see docs/language.md, 'Memories'",
    at: callerLine(),
  });
}

export function missingPort(component: string, port: string): Diagnostic {
  return new Diagnostic({
    code: 'TCT-1017',
    seen: `input '${port}' of '${component}' is not connected`,
    help: 'give every input a signal or a constant',
    at: callerLine(),
  });
}

export function unknownPort(
  component: string,
  port: string,
  known: readonly string[],
  at: string = callerLine(),
): Diagnostic {
  return new Diagnostic({
    code: 'TCT-1018',
    seen: `'${component}' has no input '${port}'`,
    help: known.length === 0 ? 'it has no inputs' : `its inputs are: ${known.join(', ')}`,
    at,
  });
}

export function wrongLength(component: string, port: string, expected: number, given: number): Diagnostic {
  const elements = expected === 1 ? 'element' : 'elements';
  return new Diagnostic({
    code: 'TCT-1019',
    seen: `input '${port}' of '${component}' has ${expected} ${elements}, but ${given} ${given === 1 ? 'is' : 'are'} connected`,
    help: 'connect an array of the same length',
    at: callerLine(),
  });
}

export function recursiveComponent(component: string, path: readonly string[]): Diagnostic {
  return new Diagnostic({
    code: 'TCT-1020',
    seen: `component '${component}' contains itself with the same parameters`,
    help: 'change a parameter with each level, so that the recursion ends',
    at: callerLine(),
    details: inside(path),
  });
}

export function badParameter(component: string, key: string, value: unknown): Diagnostic {
  return new Diagnostic({
    code: 'TCT-1021',
    seen: `parameter '${key}' of component '${component}' is ${kindOf(value)}, so two sets of parameters cannot be told apart`,
    help: 'use numbers, texts, intervals, or arrays and records of these; a plain function can take anything',
    at: callerLine(),
  });
}

export function missingOutput(component: string, at: string): Diagnostic {
  return new Diagnostic({
    code: 'TCT-1022',
    seen: `component '${component}' has no output that can change`,
    help: "return a record of signals from 'build'",
    at,
  });
}

export function componentInsideEnable(component: string): Diagnostic {
  return new Diagnostic({
    code: 'TCT-1023',
    seen: `component '${component}' is placed inside 'enabledBy', which cannot reach into it`,
    help: 'give the component an input for the enable, or make it a plain function, which is built in place',
    at: callerLine(),
  });
}

export function badArgument(what: string): Diagnostic {
  return new Diagnostic({
    code: 'TCT-1024',
    seen: what,
    help: 'correct the argument',
    at: callerLine(),
  });
}

export function notASignal(what: string, given: unknown, at: string = callerLine()): Diagnostic {
  return new Diagnostic({
    code: 'TCT-1025',
    seen: `${what} is ${kindOf(given)}, which is neither a signal nor a number, nor a record or array of these`,
    help: 'give every field a signal or a constant',
    at,
  });
}

export function notARecord(what: string, given: unknown, at: string = callerLine()): Diagnostic {
  return new Diagnostic({
    code: 'TCT-1025',
    seen: `${what} is ${kindOf(given)}, where a record is expected`,
    help: "write '{ key: signal }': the keys become the names of the ports",
    at,
  });
}

export function notAnArray(component: string, port: string, length: number, given: unknown): Diagnostic {
  return new Diagnostic({
    code: 'TCT-1025',
    seen: `input '${port}' of '${component}' is ${kindOf(given)}, where an array of ${length} is expected`,
    help: 'connect an array as deep as the port is',
    at: callerLine(),
  });
}

export function unlikeElements(name: string, at: string = callerLine()): Diagnostic {
  return new Diagnostic({
    code: 'TCT-1027',
    seen: `the elements of array '${name}' are not alike: they have other fields, or arrays of other lengths`,
    help: 'give all elements one shape, or put those that differ under keys of their own',
    at,
  });
}

export function notAShape(component: string, port: string, given: unknown, at: string): Diagnostic {
  return new Diagnostic({
    code: 'TCT-1028',
    seen: `input '${port}' of component '${component}' is declared as ${kindOf(given)}, which is no shape`,
    help: "a shape is an interval such as 'int(8)' or 'bit', 'array(length, shape)', or a record of shapes",
    at,
  });
}

export function nestedTooDeep(component: string, limit: number, path: readonly string[]): Diagnostic {
  return new Diagnostic({
    code: 'TCT-1029',
    seen: `component '${component}' stands inside more than ${limit} others: the recursion does not seem to end`,
    help: 'change a parameter with each level towards a value at which the component no longer places itself',
    at: callerLine(),
    details: inside(path),
  });
}

/** The components from the outermost to the innermost; of many the first and the last ones. */
function inside(path: readonly string[]): string[] {
  const shown = path.length <= 8 ? path : [...path.slice(0, 4), `${path.length - 7} more`, ...path.slice(-3)];
  return shown.map((one, i) => (i === 0 ? one : `contains ${one}`));
}

/** Not an error: the circuit works without the input. */
export function unusedInput(component: string, port: string, source: string): Diagnostic {
  return new Diagnostic({
    code: 'TCT-1101',
    seen: `input '${port}' of '${component}' is used by nothing`,
    help: 'remove the port, or use it',
    at: source,
  });
}

function kindOf(value: unknown): string {
  if (value === undefined || value === null || typeof value === 'number') return `${value}`;
  if (typeof value === 'bigint') return `${value}n`;
  if (Array.isArray(value)) return value.length === 0 ? 'an empty array' : `an array of ${value.length}`;
  const name = typeof value === 'object' ? (value.constructor?.name ?? 'Object') : typeof value;
  if (name === 'Object') return 'a record';
  return `${/^[aeiou]/i.test(name) ? 'an' : 'a'} ${name}`;
}
