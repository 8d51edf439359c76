import type { ClaimStatus } from '../../proof/index.ts';
import type { ClaimDocument, ProveDocument } from './prove-document.ts';
import { columns, counted } from './table.ts';
import type { Colors } from './terminal.ts';

/** What was proved and what was only tested, and the first counterexample where there is one. */
export function proveTable(
  { claims, seconds }: ProveDocument,
  what: readonly (readonly [name: string, value: string])[],
  colors: Colors,
): string {
  const rows = [
    ['claim', 'size', 'state', 'how', 'seconds'],
    ...joined(claims).map(({ what, size, status, how, seconds }) => [
      what,
      size,
      status,
      how,
      seconds.toFixed(1),
    ]),
  ];
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map(row => row[i]!.length)));
  const shown = rows.map((row, i) => {
    const cells = row.map((cell, c) => (c < 4 ? cell.padEnd(widths[c]!) : cell.padStart(widths[c]!)));
    const line = `  ${cells.join('  ')}`;
    if (i === 0) return colors.dim(line);
    return row[2] === 'refuted' ? colors.red(line) : line;
  });
  const waveform = claims.find(({ counterexample }) => counterexample !== undefined)?.counterexample
    ?.waveform;
  return [
    columns(what, colors.bold),
    '',
    ...shown,
    '',
    `  ${summary(claims)} in ${seconds.toFixed(1)} s`,
    ...(waveform ? ['', ...waveform.split('\n').map(line => `  ${line}`)] : []),
  ].join('\n');
}

/** Claims of one kind that were decided alike stand in one row. */
function joined(claims: readonly ClaimDocument[]): ClaimDocument[] {
  const rows: ClaimDocument[] = [];
  for (const claim of claims) {
    const last = rows.at(-1);
    const isAlike = last?.what === claim.what && last.status === claim.status && last.how === claim.how;
    if (!isAlike) {
      rows.push({ ...claim });
      continue;
    }
    const first = last.size.split(' to ')[0]!;
    rows[rows.length - 1] = {
      ...last,
      size: `${first} to ${claim.size}`,
      seconds: last.seconds + claim.seconds,
    };
  }
  return rows;
}

const words: Readonly<Record<ClaimStatus, string>> = {
  proved: 'proved',
  tested: 'only tested',
  bounded: 'shown for the first cycles only',
  refuted: 'refuted',
  open: 'not decided in the time',
};

function summary(claims: readonly ClaimDocument[]): string {
  const parts = Object.entries(words).flatMap(([status, word]) => {
    const count = claims.filter(claim => claim.status === status).length;
    return count === 0 ? [] : [`${counted(count, 'claim')} ${word}`];
  });
  return parts.join(', ');
}
