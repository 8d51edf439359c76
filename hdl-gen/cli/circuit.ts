import { existsSync, statSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { type Circuit, type Design, elaborate, fieldsOf, Interval, isInterval } from '../lang/index.ts';
import { chooseExport, noCircuitFile, noSuchExport, notACircuit, notAProgram } from './diagnostics.ts';
import { importTypeScript, told } from './typescript.ts';

/** A user's circuit and where it comes from. */
export interface LoadedCircuit {
  readonly circuit: Circuit;
  /** `my.ts#counter` */
  readonly reference: string;
  /** The absolute path of the file. */
  readonly path: string;
}

/** Files that Node runs, with tsx where they are TypeScript. */
const extensions = ['.ts', '.mts', '.js', '.mjs'];

/**
 * Loads the circuit that `my.ts#name` refers to. Without `#name` the file must export exactly one circuit.
 * @throws Diagnostic TCT-6020 to TCT-6024 and TCT-6028, and those of the language from within the file.
 */
export async function loadCircuit(reference: string): Promise<LoadedCircuit> {
  const cut = reference.lastIndexOf('#');
  const file = cut < 0 ? reference : reference.slice(0, cut);
  const path = resolve(file);
  if (!existsSync(path) || !statSync(path).isFile()) throw noCircuitFile(file);
  if (!extensions.includes(extname(path))) throw notAProgram(file, extensions);
  const exports = await importTypeScript(path);
  const name = cut < 0 ? onlyCircuit(file, exports) : reference.slice(cut + 1);
  if (!Object.hasOwn(exports, name)) throw noSuchExport(file, name, Object.keys(exports));
  return { circuit: checkedCircuit(file, name, exports[name]), reference: `${file}#${name}`, path };
}

function onlyCircuit(file: string, exports: Readonly<Record<string, unknown>>): string {
  const circuits = Object.keys(exports).filter(name => isCircuit(exports[name]));
  if (circuits.length !== 1) throw chooseExport(file, circuits, Object.keys(exports));
  return circuits[0]!;
}

/** What makes a circuit, whichever copy of the package made it. */
function isCircuit(value: unknown): value is Circuit {
  return typeof value === 'function' && 'component' in value && 'inputs' in value && 'module' in value;
}

function checkedCircuit(file: string, name: string, value: unknown): Circuit {
  if (isCircuit(value)) {
    if (hasForeignIntervals(value.inputs)) {
      throw notACircuit(
        file,
        name,
        'a circuit of another copy of tercet',
        "import from the package 'tercet' that this hdl-gen belongs to: install it beside the file, and run it with npx",
      );
    }
    return value;
  }
  if (typeof value === 'function') {
    throw notACircuit(
      file,
      name,
      'a function',
      `a component with parameters becomes a circuit when it is called: export const core = ${name}({ … })`,
    );
  }
  const what =
    value === null ? 'null' : Array.isArray(value) ? 'an array' : `a value of type ${typeof value}`;
  throw notACircuit(file, name, what, "a circuit is made by component('name', { inputs, build })");
}

/** Whether an interval in a shape comes from another copy of the language, whose classes are not these. */
function hasForeignIntervals(shape: unknown): boolean {
  if (isInterval(shape)) return false;
  if (typeof shape !== 'object' || shape === null) return true;
  if (shape.constructor.name === Interval.name) return true;
  if (Object.getPrototypeOf(shape) === Object.prototype)
    return Object.values(shape).some(hasForeignIntervals);
  try {
    return fieldsOf(shape, isInterval).length === 0;
  } catch {
    return true;
  }
}

/**
 * Builds a loaded circuit and checks it. A circuit is built when it is first looked at, so it is here that the
 * user's own code runs, and fails.
 * @throws Diagnostic TCT-6024, and those of the language.
 */
export function elaborated({ circuit, path }: LoadedCircuit): Design {
  try {
    return elaborate(circuit);
  } catch (error) {
    throw told(error, path);
  }
}
