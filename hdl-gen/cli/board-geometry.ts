import { type CoreParameters, coreGeometry, type StoredAs } from '../../rtl/core/index.ts';
import { defaultCore } from '../../rtl/top/index.ts';
import type { Device } from '../../synth/index.ts';

/** What can be asked of the core of a board. */
export interface GeometryValues {
  readonly lanes?: number | undefined;
  readonly rows?: number | undefined;
  readonly batch?: number | undefined;
  readonly encoding?: string | undefined;
}

const keys = ['lanes', 'rows', 'batch', 'encoding'] as const;

/** Bits of a block RAM; weights may have half of those of a device. */
const ramBits = 4096;

/**
 * The core of `hdl-gen matmul` on a device. What is not given is what feeds the array as fast as the memories can: see `defaultCore`. With
 * weights in block RAM these get half of it.
 * @throws Diagnostic TCT-7201 for a core that cannot be so.
 */
export function boardGeometry(
  device: Device,
  values: GeometryValues,
  given: ReadonlySet<string>,
): CoreParameters {
  const usual = defaultCore(device);
  if (!keys.some(key => given.has(key))) return usual;
  const asked = <T>(key: (typeof keys)[number], otherwise: T): T =>
    given.has(key) ? (values[key] as T) : otherwise;
  const rows = asked('rows', usual.rows);
  const batch = asked('batch', usual.batch);
  const encoding = asked<StoredAs>('encoding', usual.encoding);
  // In the bits of five weights in a byte there are four of two bits.
  const lanes = asked('lanes', encoding === '2bit' ? (usual.lanes * 4) / 5 : usual.lanes);
  const maxK = Math.max(usual.maxK, lanes * rows);
  const core = { ...usual, lanes, rows, batch, encoding, maxK };
  const { image } = coreGeometry(core);
  if (core.store === 'spram') return core;
  const words = ((device.bram / 2) * ramBits) / image.geometry.wordBits;
  return { ...core, weightWords: 2 ** Math.max(8, Math.floor(Math.log2(words))) };
}

/** The options that make it again: ` --lanes 8 --rows 2`. */
export function geometryOptions(values: GeometryValues, given: ReadonlySet<string>): string {
  const names = keys.filter(key => given.has(key));
  return names.map(key => ` --${key} ${values[key]}`).join('');
}
