import { printable } from '../../../model/index.ts';
import { columns, counted, grouped } from '../table.ts';
import type { Target } from '../target.ts';
import { schemeNames } from './inspect-table.ts';
import type { WeightsDocument } from './pack-document.ts';

/** What `hdl-gen model pack` ends with. */
export function packTable(
  { model, layer, scheme, rows, columns: k, core, products }: WeightsDocument,
  { device, board }: Target,
  bytes: number,
  out: string,
  bold: (text: string) => string,
): string {
  const loads = products.flatMap(product => product.loads);
  const parts = loads.flatMap(load => load.parts);
  const cycles = parts.reduce((sum, part) => sum + part.cycles, 0);
  return columns(
    [
      ['layer', `${printable(layer)} of ${model}: [${rows},${k}], ${schemeNames[scheme]}`],
      [
        'core',
        `of ${board?.title ?? device.name}: ${core.lanes} lanes x ${core.rows} row, ${core.encoding} weights`,
      ],
      ...products.map(
        ({ name, rows, columns, columnsPerBlock }) =>
          [
            'product',
            `${name}, [${rows},${columns}]${columnsPerBlock < columns ? ` in blocks of ${columnsPerBlock}` : ''}`,
          ] as const,
      ),
      [
        'work',
        `${counted(parts.length, 'job')}, ${counted(loads.length, 'load')} of weights, ${grouped(cycles)} cycles a vector`,
      ],
      ['files', `${out}/weights.bin, ${counted(bytes, 'byte')}, and weights.json, which tells what is where`],
    ],
    bold,
  );
}
