import type { Board } from '../../constraints/index.ts';
import { type BoardClock, clockText } from './board-clock.ts';
import { checkText } from './check-text.ts';
import type { MatmulDocument } from './documents.ts';
import { type LinkRate, linkRateText } from './link-rate.ts';
import type { MatmulValues } from './matmul-options.ts';
import { columns, counted, grouped, percent } from './table.ts';

/** So many rows and columns of the results are shown. */
const shownRows = 4;
const shownColumns = 8;

/** What `hdl-gen matmul` ends with. */
export function matmulTable(
  document: MatmulDocument,
  { board, clock, rate }: { readonly board: Board; readonly clock: BoardClock; readonly rate: LinkRate },
  values: MatmulValues,
  bold: (text: string) => string,
): string {
  const { data, core, cycles, seconds, wholeSeconds, throughput, link, simulation, classification } =
    document;
  const { m, k, n } = data;
  const { limitMacsPerCycle, sustainedMacsPerCycle, sustainedOfLimit, workOfWhole } = throughput;
  const where =
    document.on === 'port'
      ? `at ${document.port}`
      : document.on === 'netlist'
        ? 'simulated as the netlist of its whole top level'
        : 'simulated, its whole top level';
  const repeated = link.repeated === 0 ? '' : `, ${grouped(link.repeated)} of them repetitions`;
  return columns(
    [
      ['board', `${board.title} (${board.device}), ${where}, ${linkRateText(rate)}`],
      [
        'core',
        `${core.lanes} lanes x ${counted(Number(core.rows), 'row')}${Number(core.batch) > 1 ? `, batch ${core.batch}` : ''}, int${core.activationBits} activations, ${core.encoding} weights`,
      ],
      [
        'product',
        `[${m},${k}] x [${n},${k}]${document.loads > 1 ? `, in ${document.loads} loads of weights` : ''}`,
      ],
      ...outputRow(document),
      ...(document.results === undefined ? [] : resultRows(document.results)),
      ['cycles', `${grouped(cycles)}, which are ${timeText(seconds)} at ${clockText(board, clock)}`],
      [
        'MACs per cycle',
        `${sustainedMacsPerCycle.toFixed(1)} of the ${limitMacsPerCycle} that its memory of weights allows (${percent(sustainedOfLimit)})`,
      ],
      [
        'with the link',
        `${timeText(wholeSeconds)}, of which the core worked ${percent(workOfWhole, 2)}; ${grouped(link.sent)} requests${repeated}`,
      ],
      ...(simulation === undefined
        ? []
        : [
            [
              'simulated',
              `${grouped(simulation.cycles)} cycles of the board, ${grouped(simulation.cyclesPerSecond)} a second`,
            ] as const,
          ]),
      ['compared', checkText(document.checks[0]!)],
      ...(classification === undefined
        ? []
        : [
            [
              'accuracy',
              `${percent(classification.accuracy, 2)} (${grouped(classification.right)} of ${grouped(classification.of)})`,
            ] as const,
          ]),
      ...(values.results === undefined ? [] : [['written', values.results] as const]),
    ],
    bold,
  );
}

/** What happens to each sum, where something does. */
function outputRow({ data, output }: MatmulDocument): (readonly [string, string])[] {
  const steps = [
    ...(data.bias === undefined ? [] : [`bias ${data.bias} added`]),
    ...(output.shift === 0 ? [] : [`shifted right by ${counted(output.shift, 'bit')}`]),
    ...(output.relu ? ['cut at 0'] : []),
    ...(output.saturate ? ['saturated to int8'] : []),
  ];
  return steps.length === 0 ? [] : [['results', steps.join(', ')]];
}

function resultRows(results: readonly (readonly number[])[]): (readonly [string, string])[] {
  return results.slice(0, shownRows).map((row, i) => {
    const more = row.length > shownColumns ? '  …' : '';
    const numbers = row.slice(0, shownColumns).map(value => String(value).padStart(6));
    const isLast = i === shownRows - 1 && results.length > shownRows;
    return [
      `  y[${i}]`,
      `${numbers.join(' ')}${more}${isLast ? `  and ${results.length - shownRows} more` : ''}`,
    ];
  });
}

function timeText(seconds: number): string {
  return seconds < 1e-3
    ? `${(seconds * 1e6).toFixed(1)} us`
    : seconds < 1
      ? `${(seconds * 1e3).toFixed(2)} ms`
      : `${seconds.toFixed(2)} s`;
}
