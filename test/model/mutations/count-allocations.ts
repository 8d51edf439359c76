/* Counts the bytes of typed arrays that are made, by standing in for their classes. */

const classes = [
  'Uint8Array',
  'Int8Array',
  'Uint16Array',
  'Int16Array',
  'Uint32Array',
  'Int32Array',
  'Float32Array',
  'Float64Array',
  'BigInt64Array',
  'BigUint64Array',
] as const;
type AnyClass = new (...given: never[]) => { readonly byteLength: number };

/** The bytes of all typed arrays that `action` makes, whether they are kept or not. */
export function countAllocations(action: () => void): number {
  let bytes = 0;
  const globals = globalThis as unknown as Record<string, AnyClass>;
  const real = classes.map(name => globals[name]!);
  for (const [i, name] of classes.entries()) globals[name] = counting(real[i]!, count => (bytes += count));
  try {
    action();
  } finally {
    for (const [i, name] of classes.entries()) globals[name] = real[i]!;
  }
  return bytes;
}

function counting(real: AnyClass, count: (bytes: number) => void): AnyClass {
  return new Proxy(real, {
    construct(target, given, newTarget) {
      const made = Reflect.construct(target, given, newTarget) as InstanceType<AnyClass>;
      // A view of a buffer that is there takes nothing.
      if (!(given[0] instanceof ArrayBuffer)) count(made.byteLength);
      return made;
    },
  });
}
