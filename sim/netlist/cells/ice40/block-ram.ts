import type { CellReader, NetlistCell } from '../../cell.ts';

/*
 * The block RAM has 256 rows of 16 bits. In mode m, from 0 to 3, it has 256 * 2^m words of 16 / 2^m bits: bits 8 and
 * up of the address, the column, choose from a row the bits whose place is the column modulo 2^m. Writing and reading
 * have modes of their own.
 *
 * The circuit's memory has the words of the finer mode, at the addresses of the cell: row + 256 * column. The other
 * side uses `2^(fine - m)` columns at once, which lie 2^m apart: it has a port for each of them.
 */

const rows = 256;

/** The lowest place that carries data at the ports RDATA and WDATA, by mode; the others follow 2^m apart. */
const firstPlace = [0, 0, 1, 3];

/** @param isFalling whether the clocks for reading and writing tick at their falling edges. */
function blockRam(
  readClock: string,
  writeClock: string,
  isFalling: (cell: NetlistCell) => { readonly read: boolean; readonly write: boolean },
): CellReader {
  return {
    outputs: cell => [{ name: 'word', port: 'RDATA', places: placesOf(cell.number('READ_MODE')) }],
    join: cell => {
      const used = placesOf(cell.number('READ_MODE'));
      for (let i = 0; i < 16; i++) if (!used.includes(i)) cell.join('RDATA', { constant: '0' }, i);
    },
    read: cell => {
      if ((cell.text('INIT_FILE') ?? '').trim() !== '')
        cell.refuse('its contents are in a file (INIT_FILE); give them as INIT_0 to INIT_F');
      const b = cell.builder;
      const falls = isFalling(cell);
      const [readDomain, writeDomain] = [
        cell.domain(readClock, falls.read),
        cell.domain(writeClock, falls.write),
      ];
      const [readMode, writeMode] = [cell.number('READ_MODE'), cell.number('WRITE_MODE')];
      const fine = Math.max(readMode, writeMode);
      const readEnable = cell.allOf({ port: 'RE' }, { port: 'RCLKE', whenOpen: '1' });
      const places = placesOf(writeMode);
      const groups = maskGroups(cell, writeMode, fine);
      const columns = columnsOf(readMode, fine);
      const isWhole = groups.length === 1 && columns.length === 1;

      const read = groups.map((bits, g) => {
        const width = bits.length;
        const reads = columns.map(column => ({
          data: isWhole ? cell.output('word') : b.unsigned(width, `${cell.name}.RDATA`),
          address: addressOf(cell, 'RADDR', readMode, column, fine),
          enable: readEnable,
          domain: readDomain,
        }));
        const writes = columnsOf(writeMode, fine).map(column => {
          const placeOf = (bit: number) => bit * 2 ** (fine - writeMode) + column;
          return {
            address: addressOf(cell, 'WADDR', writeMode, column, fine),
            enable: cell.allOf(
              { port: 'WE' },
              { port: 'WCLKE', whenOpen: '1' },
              ...(writeMode === 0 ? [{ port: 'MASK', index: placeOf(bits[0]!), isInverted: true }] : []),
            ),
            data: cell.vector(
              bits.map(bit => cell.bits('WDATA')[places[placeOf(bit)]!]),
              'WDATA',
            ),
            domain: writeDomain,
          };
        });
        b.memory({
          name: groups.length === 1 ? cell.name : `${cell.name}_${g}`,
          width,
          depth: rows << fine,
          initial: contents(cell, bits, fine),
          reads,
          writes,
        });
        return reads.map(({ data }) => data);
      });
      if (isWhole) return;
      const bits = Array.from({ length: 16 >> readMode }, (_, i) => {
        const [bit, column] = [Math.floor(i / columns.length), i % columns.length];
        const group = groups.findIndex(members => members.includes(bit));
        return { net: read[group]![column]!, index: groups[group]!.indexOf(bit) };
      });
      b.copy(cell.output('word'), b.gather(bits));
    },
  };
}

function placesOf(mode: number): number[] {
  return Array.from({ length: 16 >> mode }, (_, i) => (i << mode) + firstPlace[mode]!);
}

/** The columns that a side of a mode uses at once, as multiples of 2^mode. */
function columnsOf(mode: number, fine: number): number[] {
  return Array.from({ length: 2 ** (fine - mode) }, (_, i) => i);
}

function addressOf(cell: NetlistCell, port: string, mode: number, column: number, fine: number) {
  const constant = Array.from(
    { length: fine - mode },
    (_, i) => ((column >> i) & 1 ? '1' : '0') as '0' | '1',
  );
  return cell.vector([...cell.bits(port).slice(0, 8 + mode), ...constant], port);
}

/** The bits of the memory's words, divided by the bits of MASK that they are written under. */
function maskGroups(cell: NetlistCell, writeMode: number, fine: number): number[][] {
  const groups = new Map<string, number[]>();
  for (let bit = 0; bit < 16 >> fine; bit++) {
    const masks = columnsOf(0, fine).map(column => cell.resolved('MASK', bit * 2 ** fine + column));
    const key = writeMode === 0 ? masks.join() : '';
    groups.set(key, [...(groups.get(key) ?? []), bit]);
  }
  return [...groups.values()];
}

/** The contents at power-up of these bits of all words; undefined where none is known. */
function contents(cell: NetlistCell, bits: readonly number[], fine: number): bigint[] | undefined {
  const names = Array.from({ length: 16 }, (_, i) => `INIT_${i.toString(16).toUpperCase()}`);
  if (names.every(name => /^x+$/.test(cell.text(name) ?? ''))) return undefined;
  const parts = names.map(name => cell.value(name));
  const row = (i: number) => Number(BigInt.asUintN(16, parts[i >> 4]! >> BigInt(16 * (i & 15))));
  const all = Array.from({ length: rows }, (_, i) => row(i));
  return Array.from({ length: rows << fine }, (_, word) => {
    const column = Math.floor(word / rows);
    const value = bits.reduce(
      (sum, bit, i) => sum | (((all[word % rows]! >> ((bit << fine) + column)) & 1) << i),
      0,
    );
    return BigInt(value);
  });
}

const rising = { read: false, write: false };

export const blockRams: Readonly<Record<string, CellReader>> = {
  SB_RAM40_4K: blockRam('RCLK', 'WCLK', () => rising),
  SB_RAM40_4KNR: blockRam('RCLKN', 'WCLK', () => ({ ...rising, read: true })),
  SB_RAM40_4KNW: blockRam('RCLK', 'WCLKN', () => ({ ...rising, write: true })),
  SB_RAM40_4KNRNW: blockRam('RCLKN', 'WCLKN', () => ({ read: true, write: true })),
  ICESTORM_RAM: blockRam('RCLK', 'WCLK', cell => ({
    read: cell.flag('NEG_CLK_R'),
    write: cell.flag('NEG_CLK_W'),
  })),
};
