import type { RecordField, Records } from '../../sim/index.ts';

/** The elements of a port: ports of their own (`in_x_0`), or side by side in one (`s_axis_tdata`), element 0 lowest. */
export interface PortElements {
  readonly fields: readonly RecordField[];
  readonly isPacked: boolean;
}

/** Where the elements of a port lie in records. */
export function portElements({ layout }: Records, port: string, count: number): PortElements {
  const find = (name: string) => layout.fields.find(field => field.name === name);
  const whole = find(port);
  if (whole !== undefined) return { fields: [whole], isPacked: true };
  return { fields: Array.from({ length: count }, (_, i) => find(`${port}_${i}`)!), isPacked: false };
}

/** Puts elements of so many bits each, which are not negative where they are packed. */
export function writeElements(
  records: Records,
  { fields, isPacked }: PortElements,
  cycle: number,
  values: ArrayLike<number>,
  bits: number,
): void {
  if (!isPacked) {
    for (let i = 0; i < fields.length; i++) records.setNumber(fields[i]!, cycle, values[i]!);
    return;
  }
  let word = 0n;
  for (let i = values.length - 1; i >= 0; i--) word = (word << BigInt(bits)) | BigInt(values[i]!);
  records.setValue(fields[0]!, cycle, word);
}

/** Takes `count` signed elements. */
export function readElements(
  records: Records,
  { fields, isPacked }: PortElements,
  cycle: number,
  count: number,
): number[] {
  if (!isPacked) return fields.map(field => records.number(field, cycle));
  const [field] = fields as [RecordField];
  const bits = field.interval.width / count;
  const word = records.value(field, cycle);
  return Array.from({ length: count }, (_, i) => Number(BigInt.asIntN(bits, word >> BigInt(i * bits))));
}
