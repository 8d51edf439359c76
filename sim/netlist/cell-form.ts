import type { NetlistCell } from './cell.ts';

/** What a cell of a type has to be like. Yosys writes no others, but netlists are made by hand too. */
export interface CellForm {
  /** The bits of each port, where they are always the same; ports that are not named have one. */
  readonly widths?: Readonly<Record<string, number>>;
  /** Parameters that are whole numbers, the least and the largest; one that is `required` has to be there. */
  readonly numbers?: Readonly<
    Record<string, { readonly least: number; readonly largest: number; readonly required?: boolean }>
  >;
  /** Bits of ports that follow from the parameters. */
  readonly bits?: (cell: NetlistCell) => Readonly<Record<string, number>>;
  /** Ports that have to be connected, unless they should have no bits. */
  readonly connected?: readonly string[];
}

/** @throws Diagnostic TCT-3205 naming the cell, the port or parameter, what was seen and what is expected. */
export function requireForm(
  cell: NetlistCell,
  { widths, numbers = {}, bits, connected = [] }: CellForm,
): void {
  for (const [name, { least, largest, required = false }] of Object.entries(numbers)) {
    const seen = cell.text(name);
    if (seen === undefined && !required) continue;
    const isNumber = seen !== undefined && /^([01]+|\d+)$/.test(seen);
    const value = isNumber ? cell.value(name) : -1n;
    if (value >= BigInt(least) && value <= BigInt(largest)) continue;
    const told = seen === undefined ? 'missing' : isNumber ? `${value}` : `'${seen.slice(0, 40)}'`;
    cell.refuse(`its parameter '${name}' is ${told}; expected a whole number from ${least} to ${largest}`);
  }
  if (cell.type.startsWith('$') && !cell.type.startsWith('$_')) requireOwnWidths(cell);
  const expected = bits?.(cell) ?? {};
  for (const port of connected)
    if (cell.width(port) === 0 && expected[port] !== 0) cell.refuse(`its port '${port}' is not connected`);
  for (const port of cell.ports()) {
    const width = expected[port] ?? (widths === undefined ? undefined : (widths[port] ?? 1));
    if (width !== undefined) requireWidth(cell, port, width);
  }
}

/** The ports of a word-level cell have as many bits as its parameters `<port>_WIDTH` say. */
function requireOwnWidths(cell: NetlistCell): void {
  for (const port of cell.ports())
    if (cell.text(`${port}_WIDTH`) !== undefined) requireWidth(cell, port, cell.number(`${port}_WIDTH`));
}

/** A port that is not connected has no bits. */
function requireWidth(cell: NetlistCell, port: string, width: number): void {
  const seen = cell.width(port);
  if (seen !== width && seen !== 0)
    cell.refuse(`its port '${port}' has ${seen} bit${seen === 1 ? '' : 's'}; expected ${width}`);
}
