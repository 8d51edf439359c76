import { z } from 'zod';
import { ambiguousTop, noSuchTop, notANetlist, notFlattened } from './diagnostics.ts';

/** A net of one bit by its number within the module, or a constant. */
export type NetlistBit = number | '0' | '1' | 'x' | 'z';

const bits = z.array(z.union([z.number().int().nonnegative(), z.enum(['0', '1', 'x', 'z'])]));
/** Texts of binary digits, or plain text; whole numbers in some versions. */
const values = z.record(z.string(), z.union([z.string(), z.number()]));
const direction = z.enum(['input', 'output', 'inout']);

const cell = z.object({
  type: z.string(),
  hide_name: z.number().optional(),
  parameters: values.default({}),
  attributes: values.default({}),
  connections: z.record(z.string(), bits),
});

const port = z.object({ direction, bits, signed: z.number().optional() });

const netName = z.object({
  bits,
  hide_name: z.number().optional(),
  offset: z.number().optional(),
  upto: z.number().optional(),
  signed: z.number().optional(),
  attributes: values.default({}),
});

const module = z.object({
  attributes: values.default({}),
  ports: z.record(z.string(), port).default({}),
  cells: z.record(z.string(), cell).default({}),
  netnames: z.record(z.string(), netName).default({}),
});

/** The modules are looked at one by one, because the many black boxes of a library are not needed. */
const file = z.object({ modules: z.record(z.string(), z.looseObject({ attributes: values.default({}) })) });

export type NetlistCellData = z.infer<typeof cell>;
export type NetlistPort = z.infer<typeof port>;
export type NetlistName = z.infer<typeof netName>;

/** One module of a netlist. */
export interface NetlistModule extends z.infer<typeof module> {
  readonly name: string;
}

/**
 * Reads the top module of a netlist in the JSON of Yosys or nextpnr.
 *
 * @param top its name; without it the module that has the attribute `top`, or the only one.
 * @throws Diagnostic TCT-3201 if the text is no netlist, TCT-3202 for a top that is not there or cannot be told,
 * TCT-3203 if a cell is a module of the same file.
 */
export function readModule(text: string, top?: string): NetlistModule {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw notANetlist(`it is no JSON: ${(error as Error).message}`);
  }
  const { modules } = checked(file, data, []);
  const own = Object.keys(modules).filter(name => !isBlackBox(modules[name]!));
  const name = top ?? topOf(modules, own);
  if (!own.includes(name)) throw noSuchTop(name, own);
  const found = { ...checked(module, modules[name], ['modules', name]), name };
  const instances = Object.entries(found.cells).filter(([, { type }]) => own.includes(type));
  if (instances.length > 0)
    throw notFlattened(
      name,
      instances.map(([instance, { type }]) => [instance, type]),
    );
  return found;
}

function topOf(modules: Readonly<Record<string, Attributed>>, own: readonly string[]): string {
  const marked = own.filter(name => isSet(modules[name]!, 'top'));
  const found = marked.length > 0 ? marked : own;
  if (found.length !== 1) throw ambiguousTop(found);
  return found[0]!;
}

interface Attributed {
  readonly attributes: Readonly<Record<string, string | number>>;
}

function isBlackBox(module: Attributed): boolean {
  return isSet(module, 'blackbox') || isSet(module, 'whitebox');
}

function isSet({ attributes }: Attributed, name: string): boolean {
  return /[1-9]/.test(String(attributes[name] ?? '0'));
}

/** @param path where the data stand in the file. */
function checked<T extends z.ZodType>(schema: T, data: unknown, path: readonly string[]): z.infer<T> {
  const result = schema.safeParse(data);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const at = [...path, ...issue!.path.map(String)].join(' > ');
  throw notANetlist(`${at === '' ? '' : `at ${at}: `}${issue!.message}`);
}
