import type { CosimDocument, OpinionDocument } from './cosim-document.ts';
import { columns, grouped } from './table.ts';
import type { Colors } from './terminal.ts';

/** Who was compared over how many cycles, and the first difference where there is one. */
export function cosimTable(
  { opinions, missing, cycles, firstMismatch }: CosimDocument,
  what: readonly (readonly [name: string, value: string])[],
  out: string | undefined,
  colors: Colors,
): string {
  const lines: (readonly [string, string])[] = [
    ...what,
    ['cycles', grouped(cycles)],
    ...(out === undefined ? [] : [['files', `${out}/`] as const]),
  ];
  const rows = [
    ['opinion', 'what it is', 'cycles', 'values compared', 'mismatches'],
    ...opinions.map(({ name, what, cycles, values, mismatches }) => [
      name,
      what,
      grouped(cycles),
      grouped(values),
      grouped(mismatches),
    ]),
  ];
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map(row => row[i]!.length)));
  const shown = rows.map((row, i) => {
    const cells = row.map((cell, c) => (c < 2 ? cell.padEnd(widths[c]!) : cell.padStart(widths[c]!)));
    const line = `  ${cells.join('  ')}`;
    if (i === 0) return colors.dim(line);
    return opinions[i - 1]!.mismatches > 0 ? colors.red(line) : line;
  });
  const notes = [
    ...opinions.flatMap(leftOut),
    ...missing.map(({ name, why, install }) => `  ${name} was not asked: ${why}; get it with: ${install}`),
    verdict(opinions),
  ];
  return [
    columns(lines, colors.bold),
    '',
    ...shown,
    '',
    ...notes,
    ...(firstMismatch === undefined ? [] : ['', ...indented(firstMismatch.waveform)]),
  ].join('\n');
}

function leftOut({ name, leftOut }: OpinionDocument): string[] {
  if (leftOut === 0) return [];
  return [
    `  ${name}: ${grouped(leftOut)} values were left out, because the circuit leaves them open at power-up`,
  ];
}

function verdict(opinions: readonly OpinionDocument[]): string {
  const wrong = opinions.filter(({ mismatches }) => mismatches > 0).map(({ name }) => name);
  if (wrong.length === 0) return `  all ${opinions.length} say the same`;
  return `  not all say the same: ${wrong.join(', ')} ${wrong.length === 1 ? 'differs' : 'differ'}`;
}

function indented(text: string): string[] {
  return text.split('\n').map(line => `  ${line}`);
}
