import type { Diagnostic } from '../../diagnostic/index.ts';
import type { Interval } from '../../ir/index.ts';
import type { ForeignModule, ParameterSet } from './component.ts';
import { outsideComponent } from './diagnostics.ts';
import { type ClockDomain, defaultDomain } from './domain.ts';
import type { Instance } from './instance.ts';
import type { MemoryNode } from './memory.ts';
import type { Property } from './property.ts';
import type { Signal } from './signal.ts';

/** One input or output of a module: one value, or a packed vector of equal elements. */
export interface ModulePort {
  readonly name: string;
  readonly isArray: boolean;
  /** The signals of its elements, element 0 first. */
  readonly elements: readonly Signal[];
  /** What every element can hold. */
  readonly interval: Interval;
  readonly domain: ClockDomain;
}

/** What registers and memory ports take from their surroundings. */
export interface BuildContext {
  readonly domain: ClockDomain;
  readonly enable?: Signal | undefined;
  /** Takes the place of the domain's reset port. */
  readonly reset?: Signal | undefined;
  /** Put before the names given inside, `lane_3_`. */
  readonly prefix: string;
}

/** One component with one set of parameters, while it is built and afterwards. It becomes one Verilog module. */
export class Module {
  readonly component: string;
  /** The parameters, in the order in which they were given. */
  readonly parameters: ParameterSet;
  /** The line that defines the component. */
  readonly source: string;
  /** Every signal but constants, in the order of creation. */
  readonly signals: Signal[] = [];
  readonly inputs: ModulePort[] = [];
  readonly outputs: ModulePort[] = [];
  /** Inputs whose interval holds one value only, so that they need no port. */
  readonly constantInputs: Map<string, Interval> = new Map();
  readonly memories: MemoryNode[] = [];
  readonly instances: Instance[] = [];
  readonly properties: Property[] = [];
  /** The reset inputs that registers ask for, by domain name. */
  readonly resets: Map<string, Signal> = new Map();
  context: BuildContext = { domain: defaultDomain, prefix: '' };
  readonly #names = new Set<string>();
  /** The next number to try for a name that is taken, so that many equal wishes stay cheap. */
  readonly #suffixes = new Map<string, number>();
  #postponed: (() => Diagnostic) | undefined;

  /** Set where a Verilog module from elsewhere takes the place of this one in the Verilog. */
  readonly foreign: ForeignModule | undefined;

  constructor(component: string, parameters: ParameterSet, source: string, foreign?: ForeignModule) {
    this.component = component;
    this.parameters = parameters;
    this.source = source;
    this.foreign = foreign;
  }

  /**
   * Refuses something that does not keep the rest from being built: the message is made when the component is
   * complete, and so has the names that are given later. The first one is told.
   */
  postpone(refusal: () => Diagnostic): void {
    this.#postponed ??= refusal;
  }

  /** What was refused first, in the names that are known by now. */
  get refusal(): Diagnostic | undefined {
    return this.#postponed?.();
  }

  /** Builds with some of the context replaced. */
  within<T>(change: Partial<BuildContext>, build: () => T): T {
    const outer = this.context;
    this.context = { ...outer, ...change };
    try {
      return build();
    } finally {
      this.context = outer;
    }
  }

  /** A name that nothing else in the module has: `wish`, or `wish_1`, `wish_2` … where it is taken. */
  uniqueName(wish: string): string {
    let name = wish;
    for (let i = this.#suffixes.get(wish) ?? 1; this.#names.has(name); i++) {
      name = `${wish}_${i}`;
      this.#suffixes.set(wish, i + 1);
    }
    this.#names.add(name);
    return name;
  }

  /** Takes a name for good; false where something has it already. */
  claimName(name: string): boolean {
    if (this.#names.has(name)) return false;
    this.#names.add(name);
    return true;
  }
}

const stack: Module[] = [];

/** The module that is being built. @throws Diagnostic TCT-1001 when none is. */
export function currentModule(): Module {
  const module = stack[stack.length - 1];
  if (module === undefined) throw outsideComponent();
  return module;
}

/** Runs `build` with `module` as the current one. @throws Diagnostic what the module has postponed. */
export function buildInside<T>(module: Module, build: () => T): T {
  stack.push(module);
  try {
    const built = build();
    if (module.refusal !== undefined) throw module.refusal;
    return built;
  } catch (error) {
    // What was refused first comes first; all else may follow from it.
    throw module.refusal ?? error;
  } finally {
    stack.pop();
  }
}
