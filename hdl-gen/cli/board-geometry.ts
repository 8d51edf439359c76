import { type CoreParameters, ternaryCore } from '../../rtl/core/index.ts';
import { defaultCore } from '../../rtl/top/index.ts';
import type { Device } from '../../synth/index.ts';
import { elaborate } from '../lang/index.ts';
import { takenMemories } from './core-memories.ts';
import { type MemoryValues, memoryCoreOf } from './memory-core.ts';
import { defaultOf } from './option-kinds.ts';
import { arrayOptions } from './options.ts';

/** What can be asked of the core of a board. */
export interface GeometryValues {
  readonly lanes?: number | undefined;
  readonly rows?: number | undefined;
  readonly batch?: number | undefined;
  readonly encoding?: string | undefined;
  readonly outputStage?: boolean;
}

/** The options that decide it. */
export const geometryKeys = ['lanes', 'rows', 'batch', 'encoding'] as const;

/**
 * The core of `hdl-gen matmul` on a device. What is not given is what feeds the array as fast as the memories can.
 * @throws Diagnostic TCT-7201 for a core that cannot be so.
 */
export function boardGeometry(
  device: Device,
  values: GeometryValues,
  given: ReadonlySet<string>,
): CoreParameters {
  return { ...boardArray(device, values, given), outputStage: values.outputStage ?? false };
}

function boardArray(device: Device, values: GeometryValues, given: ReadonlySet<string>): CoreParameters {
  const asked = geometryKeys.filter(key => given.has(key));
  if (asked.length === 0) return defaultCore(device);
  const usual = Object.fromEntries(
    Object.entries(arrayOptions).map(([key, option]) => [key, defaultOf(option)]),
  );
  const own = Object.fromEntries(asked.map(key => [key, values[key]]));
  const { parameters } = memoryCoreOf({ ...usual, ...own } as MemoryValues, new Set(asked), device);
  return withRoom(parameters, device);
}

/** Block RAMs of the link: what waits of a request. */
const ramsOfLink = 1;

/** Words of 16 bits of a block RAM. */
const wordsOfARam = 256;

/** The same core, with fewer initial values where it takes a block RAM too many: each of its loads has fewer rows then. */
function withRoom(parameters: CoreParameters, device: Device): CoreParameters {
  const smaller = {
    ...parameters,
    initialValues: Math.min(parameters.initialValues, wordsOfARam),
  };
  const fits = (core: CoreParameters): boolean =>
    takenMemories(elaborate(ternaryCore(core))).bram + ramsOfLink <= device.bram;
  return fits(parameters) || !fits(smaller) ? parameters : smaller;
}

/** Whether an output stage is asked for, by its name or by what it does. */
export function wantsOutputStage(values: {
  readonly outputStage: boolean;
  readonly shift: number;
  readonly relu: boolean;
  readonly saturate: boolean;
}): boolean {
  return values.outputStage || values.shift > 0 || values.relu || values.saturate;
}

/** The options that make it again: ` --lanes 8 --rows 2`. */
export function geometryOptions(values: GeometryValues, given: ReadonlySet<string>): string {
  const names = geometryKeys.filter(key => given.has(key));
  const stage = values.outputStage === true ? ' --output-stage' : '';
  return names.map(key => ` --${key} ${values[key]}`).join('') + stage;
}

/** Parts of the name of a folder: what is asked for of the core `{ lanes, rows }`. */
export function geometryNames(
  values: GeometryValues,
  { lanes, rows }: Pick<CoreParameters, 'lanes' | 'rows'>,
  given: ReadonlySet<string>,
): string[] {
  return [
    ...(given.has('lanes') || given.has('rows') ? [`${lanes}x${rows}`] : []),
    ...(given.has('batch') ? [`batch${values.batch}`] : []),
    ...(given.has('encoding') ? [`encoding${values.encoding}`] : []),
    ...(values.outputStage === true ? ['outputstage'] : []),
  ];
}
