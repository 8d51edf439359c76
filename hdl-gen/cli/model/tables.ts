import { printable } from '../../../model/index.ts';
import { checkText } from '../check-text.ts';
import { columns, counted, grouped, percent } from '../table.ts';
import type { ModelRunDocument, QuantiseDocument, RunLayerDocument } from './document.ts';

/** What each scheme is called. */
const titles: Readonly<Record<string, string>> = {
  bitnet: 'BitNet',
  b158: 'BitNet b1.58',
  onebit: 'OneBit',
  billm: 'BiLLM',
};

type Emphasis = (text: string) => string;

/** What `hdl-gen model quantise` ends with. */
export function quantiseTable(
  { from, file, bytes, scheme, layers }: QuantiseDocument,
  bold: Emphasis,
): string {
  const rows = layers.map(({ name, rows: m, columns: k, bitsPerWeight, weightError, planes }) => [
    printable(name),
    `[${m},${k}]`,
    bitsPerWeight.toFixed(2),
    percent(weightError),
    planes
      .map(each => `${grouped(each.rows)}${each.blocks > 1 ? ` in ${each.blocks} blocks` : ''}`)
      .join(' + '),
  ]);
  return [
    columns([['model', `${counted(layers.length, 'layer')} of ${from}, by ${titles[scheme]}`]], bold),
    grid(['layer', 'shape', 'bits/weight', 'error', 'rows of planes'], rows),
    columns([['written', `${file}, ${grouped(bytes)} bytes`]], bold),
  ].join('\n');
}

/** What `hdl-gen model run` ends with. */
export function runTable(
  document: ModelRunDocument,
  board: { readonly title: string; readonly device: string; readonly MHz: number },
  bold: Emphasis,
): string {
  const { file, layers, inputs, vectors, core, cycles, on, wholeSeconds, simulation, classification } =
    document;
  const where = {
    port: `at ${document.port}, UART at ${grouped(document.baud)} baud`,
    board: `simulated, its whole top level, UART at ${grouped(document.baud)} baud`,
    netlist: `simulated as the netlist of its top level, UART at ${grouped(document.baud)} baud`,
    core: 'its core simulated, without the wire',
  }[on];
  const computing = layers.reduce((sum, { seconds }) => sum + seconds.computing, 0);
  const loading = layers.reduce((sum, { seconds }) => sum + (seconds.loading ?? 0), 0);
  const transfer = layers.reduce((sum, { seconds }) => sum + (seconds.transfer ?? 0), 0);
  const schemes = [...new Set(layers.map(({ scheme }) => titles[scheme]))].join(', ');
  const hasErrors = layers.some(({ outputError }) => outputError !== undefined);
  return [
    columns(
      [
        ['model', `${file}: ${counted(layers.length, 'layer')} of ${schemes}`],
        ['board', `${board.title} (${board.device}), ${where}`],
        [
          'core',
          `${core.lanes} lanes x ${counted(core.rows as number, 'row')}, int${core.activationBits} activations`,
        ],
        ['inputs', `${counted(vectors, 'vector')}, ${inputs}`],
      ],
      bold,
    ),
    grid(
      [
        'layer',
        'shape',
        'rows',
        'loads',
        'cycles',
        'loading',
        'transfer',
        'computing',
        ...(hasErrors ? ['error'] : []),
      ],
      layers.map(layer => layerRow(layer, hasErrors)),
    ),
    columns(
      [
        ['cycles', `${grouped(cycles)}, which are ${timeText(computing)} at ${board.MHz} MHz`],
        ...(wholeSeconds === null
          ? []
          : [
              [
                'time',
                `${timeText(wholeSeconds)}: ${percent(loading / wholeSeconds)} loading weights, ${percent(transfer / wholeSeconds)} sending vectors and reading sums, ${percent(computing / wholeSeconds)} computing`,
              ] as const,
            ]),
        ...(simulation === undefined
          ? []
          : [
              [
                'simulated',
                `${grouped(simulation.cycles)} cycles, ${grouped(simulation.cyclesPerSecond)} a second`,
              ] as const,
            ]),
        ['compared', checkText(document.checks[0]!)],
        ...(document.outputError === undefined
          ? []
          : [['error', `${percent(document.outputError)} of the outputs of the float layers`] as const]),
        ...(classification === undefined
          ? []
          : [
              [
                'accuracy',
                `${percent(classification.accuracy)} (${grouped(classification.right)} of ${grouped(classification.of)})${
                  classification.floatAccuracy === undefined
                    ? ''
                    : `, of the float layers ${percent(classification.floatAccuracy)}`
                }`,
              ] as const,
            ]),
      ],
      bold,
    ),
  ].join('\n');
}

function layerRow(layer: RunLayerDocument, hasErrors: boolean): string[] {
  const { name, rows, columns: k, planeRows, loads, cycles, seconds, outputError } = layer;
  return [
    printable(name),
    `[${rows},${k}]`,
    grouped(planeRows),
    String(loads),
    grouped(cycles),
    seconds.loading === null ? '-' : timeText(seconds.loading),
    seconds.transfer === null ? '-' : timeText(seconds.transfer),
    timeText(seconds.computing),
    ...(hasErrors ? [outputError === undefined ? '-' : percent(outputError)] : []),
  ];
}

/** Rows under a head, indented; the first column stands left, the others right. */
function grid(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, i) => Math.max(...all.map(row => row[i]!.length)));
  return all
    .map(
      row =>
        `    ${row.map((text, i) => (i === 0 ? text.padEnd(widths[i]!) : text.padStart(widths[i]!))).join('  ')}`,
    )
    .join('\n');
}

function timeText(seconds: number): string {
  if (seconds < 1e-3) return `${(seconds * 1e6).toFixed(1)} us`;
  return seconds < 1 ? `${(seconds * 1e3).toFixed(2)} ms` : `${seconds.toFixed(2)} s`;
}
