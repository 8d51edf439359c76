/**
 * Ternary weights from a file of any of three kinds: .npy, JSON (a list of rows), or text with one row on each line and
 * spaces or commas between the weights. The first bytes tell which it is.
 */
import { matrixMalformed, notATrit, rowLengthsDiffer, zeroRow } from './diagnostics.ts';
import { type TritMatrix, weightsFrom } from './matrix.ts';
import { decodeNpy, readBytes } from './npy.ts';

/**
 * Reads weights [M,K]; every value must be exactly -1, 0 or 1.
 *
 * @throws Diagnostic those of `readNpy`; TCT-5011 wrong shape; TCT-5012 another value; TCT-5019 no matrix, TCT-5020 rows of
 *   different lengths
 */
export function loadWeights(path: string): TritMatrix {
  const bytes = readBytes(path);
  return isText(bytes) ? fromText(path, decoded(bytes)) : weightsFrom(decodeNpy(bytes, path), path);
}

/**
 * Reads weights [M,K] that are to become logic: every row has a weight that is not 0.
 *
 * @throws Diagnostic as `loadWeights`; TCT-5021 a row of zeros
 */
export function loadConstantWeights(path: string): TritMatrix {
  const weights = loadWeights(path);
  for (let row = 0; row < weights.rows; row++) {
    const entries = weights.data.subarray(row * weights.columns, (row + 1) * weights.columns);
    if (entries.every(entry => entry === 0)) throw zeroRow(path, row);
  }
  return weights;
}

/** Whether a file begins as text does: without control characters, and with what stands for letters in UTF-8. */
function isText(bytes: Uint8Array): boolean {
  const begin = new TextDecoder().decode(bytes.subarray(0, 64), { stream: true });
  return !/[\p{Cc}\ufffd]/u.test(begin.replace(/\s/g, ''));
}

function decoded(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes).trim();
}

function fromText(path: string, text: string): TritMatrix {
  // No weight begins with a bracket or a quote, so what does was meant as JSON.
  const isJson = /^[[{"]/.test(text) || path.endsWith('.json');
  const rows = isJson ? rowsOfJson(path, text) : rowsOfText(text);
  const columns = rows[0]?.length ?? 0;
  if (columns === 0) throw matrixMalformed(path, 'it has no weights');
  const data = new Int8Array(rows.length * columns);
  for (const [r, row] of rows.entries()) {
    if (row.length !== columns) throw rowLengthsDiffer(path, r, row.length, columns);
    for (const [c, entry] of row.entries()) {
      if (!isTrit(entry)) {
        const wrong = rows.flat().filter(each => !isTrit(each)).length;
        const shown = typeof entry === 'number' ? entry : String(entry);
        throw notATrit(path, { row: r, column: c, value: shown }, wrong, data.length);
      }
      data[r * columns + c] = entry;
    }
  }
  return { rows: rows.length, columns, data };
}

function isTrit(entry: unknown): entry is number {
  return entry === -1 || entry === 0 || entry === 1;
}

/** The words of each line: a number where a word is one. */
function rowsOfText(text: string): (number | string)[][] {
  return text
    .split(/\r?\n/)
    .map(line => line.split(/[\s,;]+/).filter(word => word !== ''))
    .map(row => row.map(word => (Number.isNaN(Number(word)) ? word : Number(word))))
    .filter(row => row.length > 0);
}

function rowsOfJson(path: string, text: string): unknown[][] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw matrixMalformed(path, `it is no JSON: ${(error as Error).message}`);
  }
  if (Array.isArray(value) && value.every(row => Array.isArray(row))) return value;
  throw matrixMalformed(path, 'its JSON is not a list of rows, each a list of weights');
}
