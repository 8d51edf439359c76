/**
 * The hash by which configurations are told apart: FNV-1a with 32 bits over the parameters as JSON, with the keys in
 * alphabetical order. (Fowler, Noll, Vo; offset 0x811c9dc5, prime 0x01000193.)
 */

/** Parameters of a core: numbers, texts and truth values under names. */
export type Configuration = Readonly<Record<string, number | string | boolean>>;

/** The hash of a configuration, 0 to 2^32 - 1. The order of the keys makes no difference. */
export function configurationHash(configuration: Configuration): number {
  const keys = Object.keys(configuration).sort();
  const text = JSON.stringify(keys.map(key => [key, configuration[key]]));
  return fnv1a(new TextEncoder().encode(text));
}

/** FNV-1a of some bytes, 32 bits. */
export function fnv1a(bytes: Iterable<number>): number {
  let hash = 0x811c_9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x0100_0193);
  return hash >>> 0;
}
