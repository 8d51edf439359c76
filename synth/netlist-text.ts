const begin = Buffer.from('"INIT": "x');
const [x, quote] = [...Buffer.from('x"')] as [number, number];
/** Compared at once; one by one takes long for a large memory. */
const many = Buffer.alloc(1 << 14, 'x');

/**
 * The text of a netlist. Yosys writes an unknown bit for each bit of a memory without contents: of those one stays, as a
 * text can have half a thousand million letters at most.
 */
export function netlistText(bytes: Uint8Array): string {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const parts: Buffer[] = [];
  let from = 0;
  for (let at = all.indexOf(begin); at >= 0; at = all.indexOf(begin, at + begin.length)) {
    const first = at + begin.length;
    let end = first;
    while (all.compare(many, 0, many.length, end, end + many.length) === 0) end += many.length;
    while (all[end] === x) end++;
    if (all[end] !== quote) continue;
    parts.push(all.subarray(from, first));
    from = end;
  }
  parts.push(all.subarray(from));
  return Buffer.concat(parts).toString('utf8');
}
