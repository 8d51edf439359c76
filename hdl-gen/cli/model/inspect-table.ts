import { printable } from '../../../model/index.ts';
import { columns, counted, grouped, percent } from '../table.ts';
import type { DeviceDocument, ModelDocument, TensorDocument } from './inspect-document.ts';

/** So many tensors are shown; the document has all. */
const shownTensors = 40;
/** So many pairs of the metadata are shown. */
const shownPairs = 6;

const formats = { gguf: 'GGUF', safetensors: 'safetensors', npy: '.npy' } as const;
export const schemeNames = { bitnet: 'BitNet', b158: 'b1.58', onebit: 'OneBit', billm: 'BiLLM' } as const;

/** What `hdl-gen model inspect` ends with. */
export function inspectTable(document: ModelDocument, bold: (text: string) => string): string {
  const { file, format, formatVersion, bytes, metadata, tensors, devices } = document;
  const pairs = Object.entries(metadata);
  const matrices = tensors.filter(({ layer }) => layer !== null);
  const head = columns(
    [
      [
        'file',
        `${file}: ${formats[format]}${formatVersion === null ? '' : ` ${formatVersion}`}, ${counted(bytes, 'byte')}`,
      ],
      ...pairs
        .slice(0, shownPairs)
        .map(([key, value]) => [`  ${printable(key)}`, printable(String(value))] as const),
      ...(pairs.length > shownPairs
        ? [['', `and ${counted(pairs.length - shownPairs, 'key')} more`] as const]
        : []),
      ['tensors', `${grouped(tensors.length)}, ${matrices.length} of them matrices`],
    ],
    bold,
  );
  // The order of safetensors means nothing.
  const inOrder =
    format === 'safetensors'
      ? tensors.toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))
      : tensors;
  const rows = inOrder.slice(0, shownTensors).map(tensorRow);
  const more =
    tensors.length > shownTensors
      ? [`  and ${grouped(tensors.length - shownTensors)} more: --tensors TEXT chooses`]
      : [];
  const refused = [
    ...new Set(
      tensors.flatMap(({ type, refusal }) =>
        refusal === undefined ? [] : [printable(`${type}: ${refusal}`)],
      ),
    ),
  ];
  return [
    head,
    '',
    ...grid(['tensor', 'shape', 'type', 'bytes', 'bits', 'zeros', 'scheme'], rows),
    ...more,
    ...(tensors.some(({ zeros }) => zeros?.isWhole === false)
      ? ['  ~: of a sample; --whole looks at all']
      : []),
    ...(refused.length === 0 ? [] : ['', ...refused.map(reason => `  not read: ${reason}`)]),
    ...(matrices.length === 0 || devices.length === 0 ? [] : ['', ...deviceTable(devices, matrices.length)]),
  ].join('\n');
}

function tensorRow({
  name,
  shape,
  type,
  bytes,
  bitsPerWeight,
  zeros,
  packing,
  layer,
}: TensorDocument): string[] {
  const packed = packing === 'hf-bitnet' ? `${type} packed` : packing === 'onebit' ? `${type} signs` : type;
  return [
    printable(name),
    `[${shape.join(',')}]`,
    packed,
    grouped(bytes),
    bitsPerWeight.toFixed(2),
    zeros === null ? '' : `${zeros.isWhole ? '' : '~'}${percent(zeros.share)}`,
    layer === null
      ? ''
      : schemesText(layer, (packing === 'floats' || packing === 'integers') && zeros?.isWhole === false),
  ];
}

function schemesText(
  { exact, byQuantising }: NonNullable<TensorDocument['layer']>,
  isGuess: boolean,
): string {
  const names = (list: readonly (keyof typeof schemeNames)[]): string =>
    list.map(each => schemeNames[each]).join(', ');
  if (exact.length > 0) return `${isGuess ? '~' : ''}${names(exact)} exactly`;
  return byQuantising.length > 0 ? `${names(byQuantising)}, by quantising` : 'none';
}

/** Devices whose figures are the same share a row. */
function deviceTable(devices: readonly DeviceDocument[], matrices: number): string[] {
  const groups = new Map<string, { names: string[]; of: DeviceDocument }>();
  for (const { device, ...figures } of devices) {
    const key = JSON.stringify(figures);
    const group = groups.get(key) ?? { names: [], of: { device, ...figures } };
    group.names.push(device);
    groups.set(key, group);
  }
  const rows = [...groups.values()].map(({ names, of }) => [
    names.join(' '),
    String(of.lanes),
    of.matrices === matrices ? 'all' : `${of.matrices} of ${matrices}`,
    grouped(of.cycles),
    of.loads === of.matrices ? 'no' : `${grouped(of.loads)} loads`,
    grouped(of.bytes.weights),
    grouped(of.bytes.activations + of.bytes.results),
  ]);
  return [
    '  all matrices with one vector, on the core of each device; those of floats as one plane (BitNet, b1.58 or OneBit):',
    ...grid(['device', 'lanes', 'matrices', 'cycles', 'cut', 'bytes of weights', 'bytes of vectors'], rows),
  ];
}

/** A table with a head; numbers stand at the right. */
function grid(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = [head, ...rows];
  const widths = head.map((_, i) => Math.max(...all.map(row => row[i]!.length)));
  const isNumber = head.map((_, i) => rows.every(row => /^[~\d.,% ]*$/.test(row[i]!)));
  return all.map(row =>
    `  ${row.map((cell, i) => (isNumber[i] ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!))).join('  ')}`.trimEnd(),
  );
}
