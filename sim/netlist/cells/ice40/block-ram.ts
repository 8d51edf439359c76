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
    form: {
      widths: { RDATA: 16, WDATA: 16, MASK: 16, RADDR: 11, WADDR: 11 },
      numbers: { READ_MODE: { least: 0, largest: 3 }, WRITE_MODE: { least: 0, largest: 3 } },
    },
    outputs: cell => [{ port: 'RDATA', places: placesOf(cell.number('READ_MODE')) }],
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
      const columns = columnsOf(readMode, fine);
      const reads = columns.map(column => ({
        data: columns.length === 1 ? cell.output('RDATA') : b.unsigned(16 >> fine, `${cell.name}.RDATA`),
        address: addressOf(cell, 'RADDR', readMode, column, fine),
        enable: readEnable,
        domain: readDomain,
      }));
      const writes = columnsOf(writeMode, fine).map(column => {
        const bits = Array.from({ length: 16 >> fine }, (_, i) => i * 2 ** (fine - writeMode) + column);
        const masks = writeMode === 0 ? bits.map(bit => cell.resolved('MASK', bit)) : ['0' as const];
        // As a rule all bits are masked alike: then that is a part of the enable.
        const isUniform = masks.every(mask => mask === masks[0]);
        const common =
          isUniform && writeMode === 0 ? [{ port: 'MASK', index: bits[0]!, isInverted: true }] : [];
        return {
          address: addressOf(cell, 'WADDR', writeMode, column, fine),
          enable: cell.allOf({ port: 'WE' }, { port: 'WCLKE', whenOpen: '1' }, ...common),
          mask: isUniform ? undefined : b.not(cell.vector(masks, 'MASK')),
          data: cell.vector(
            bits.map(bit => cell.bits('WDATA')[places[bit]!]),
            'WDATA',
          ),
          domain: writeDomain,
        };
      });
      b.memory({
        name: cell.name,
        width: 16 >> fine,
        depth: rows << fine,
        initial: contents(cell, fine),
        reads,
        writes,
      });
      if (columns.length === 1) return;
      const bits = Array.from({ length: 16 >> readMode }, (_, i) => ({
        net: reads[i % columns.length]!.data,
        index: Math.floor(i / columns.length),
      }));
      b.copy(cell.output('RDATA'), b.gather(bits));
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

/** The words at power-up; undefined where no bit is known. */
function contents(cell: NetlistCell, fine: number): bigint[] | undefined {
  const names = Array.from({ length: 16 }, (_, i) => `INIT_${i.toString(16).toUpperCase()}`);
  if (names.every(name => /^x+$/.test(cell.text(name) ?? ''))) return undefined;
  const row = (i: number) => Number(BigInt.asUintN(16, parts[i >> 4]! >> BigInt(16 * (i & 15))));
  const parts = names.map(name => cell.value(name));
  const all = Array.from({ length: rows }, (_, i) => row(i));
  return Array.from({ length: rows << fine }, (_, word) => {
    const column = Math.floor(word / rows);
    let value = 0;
    for (let bit = 0; bit < 16 >> fine; bit++)
      value |= ((all[word % rows]! >> ((bit << fine) + column)) & 1) << bit;
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
