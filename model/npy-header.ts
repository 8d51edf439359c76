/**
 * The header of a .npy file.
 *
 *     bytes 0-5     93 'NUMPY'
 *     byte  6, 7    format version, major and minor
 *     then          length of the text that follows: u16 little-endian in version 1.0, u32 in 2.0 and 3.0
 *     then          {'descr': '<i2', 'fortran_order': False, 'shape': (3, 4), }   spaces   newline
 *     then          the elements
 *
 * The text is Latin-1 in versions 1.0 and 2.0 and UTF-8 in 3.0; spaces fill it so that the elements begin at a
 * multiple of 64 bytes.
 */
import {
  bigEndian,
  dtypeUnsupported,
  notNpy,
  npyHeaderMalformed,
  npyTruncated,
  npyVersionUnknown,
  shapeAbsurd,
} from './diagnostics.ts';
import { type Dtype, descrOf, dtypeBytes, dtypeOf, dtypes } from './npy-dtype.ts';
import { LiteralError, type PythonLiteral, parsePythonLiteral } from './python-literal.ts';

export interface NpyHeader {
  readonly dtype: Dtype;
  readonly fortranOrder: boolean;
  /** Elements along each axis; `[]` is one number. */
  readonly shape: readonly number[];
  /** How many elements: the product of `shape`. */
  readonly length: number;
  /** Where the elements begin, in bytes from the start of the file. */
  readonly dataOffset: number;
}

/** The first bytes. */
export const npyMagic: Uint8Array = Uint8Array.of(0x93, ...Buffer.from('NUMPY', 'latin1'));
const keys = ['descr', 'fortran_order', 'shape'] as const;
const alignment = 64;
// A header that describes a plain array takes some hundred bytes.
const mostTextBytes = 65_536;
/** Bytes of a header at most, with what stands before its text. */
export const mostHeaderBytes: number = mostTextBytes + 12;
// NumPy 2 stops at 64 axes.
const maxAxes = 64;

/**
 * Reads the header at the start of `bytes`; `file` names it in messages.
 *
 * @throws Diagnostic TCT-5003 to TCT-5008 and TCT-5010
 */
export function parseNpyHeader(bytes: Uint8Array, file: string): NpyHeader {
  if (Buffer.compare(bytes.subarray(0, npyMagic.length), npyMagic) !== 0) {
    throw notNpy(file, bytes.subarray(0, npyMagic.length));
  }
  const major = byteAt(bytes, 6, file);
  const minor = byteAt(bytes, 7, file);
  if (major < 1 || major > 3 || minor !== 0) throw npyVersionUnknown(file, major, minor);

  const textOffset = major === 1 ? 10 : 12;
  let textLength = 0;
  for (let at = textOffset - 1; at >= 8; at--) textLength = textLength * 256 + byteAt(bytes, at, file);
  const dataOffset = textOffset + textLength;
  if (textLength > mostTextBytes) throw npyHeaderMalformed(file, `it is ${textLength} bytes long`);
  if (bytes.length < dataOffset) throw npyTruncated(file, 'header', dataOffset, bytes.length);

  const text = Buffer.from(bytes.subarray(textOffset, dataOffset)).toString(major === 3 ? 'utf8' : 'latin1');
  const { descr, fortranOrder, shape } = parseText(text, file);
  const dtype = typeof descr === 'string' ? dtypeOf(descr) : undefined;
  if (dtype === 'big-endian') throw bigEndian(file, descr as string);
  if (dtype === undefined)
    throw dtypeUnsupported(file, typeof descr === 'string' ? descr : undefined, dtypes);
  const length = elementCount(shape, dtypeBytes(dtype), file);
  return { dtype, fortranOrder, shape: shape.map(Number), length, dataOffset };
}

function byteAt(bytes: Uint8Array, at: number, file: string): number {
  const byte = bytes[at];
  if (byte === undefined) throw npyTruncated(file, 'header', at + 1, bytes.length);
  return byte;
}

interface HeaderText {
  readonly descr: PythonLiteral;
  readonly fortranOrder: boolean;
  readonly shape: readonly (number | bigint)[];
}

function parseText(text: string, file: string): HeaderText {
  const dict = parseLiteral(text, file);
  if (!(dict instanceof Map)) throw npyHeaderMalformed(file, 'it is not a dict');
  for (const key of keys) if (!dict.has(key)) throw npyHeaderMalformed(file, `'${key}' is missing`);
  if (dict.size !== keys.length) throw npyHeaderMalformed(file, `it has other keys than ${keys.join(', ')}`);

  const fortranOrder = dict.get('fortran_order');
  if (typeof fortranOrder !== 'boolean') {
    throw npyHeaderMalformed(file, `'fortran_order' is neither True nor False`);
  }
  const shape = dict.get('shape');
  if (!Array.isArray(shape) || !shape.every(isSize)) {
    throw npyHeaderMalformed(file, `'shape' is not a tuple of integers from 0 up`);
  }
  return { descr: dict.get('descr')!, fortranOrder, shape };
}

function parseLiteral(text: string, file: string): PythonLiteral {
  try {
    return parsePythonLiteral(text);
  } catch (error) {
    if (error instanceof LiteralError) throw npyHeaderMalformed(file, error.message);
    throw error;
  }
}

const isSize = (value: PythonLiteral): value is number | bigint =>
  (typeof value === 'number' || typeof value === 'bigint') && value >= 0;

/** The product of the shape, refused where the bytes of the array could not even be counted exactly. */
function elementCount(shape: readonly (number | bigint)[], bytes: number, file: string): number {
  if (shape.length > maxAxes) throw shapeAbsurd(file, shape, `an array has at most ${maxAxes} axes`);
  const tooLarge = shape.find(size => !Number.isSafeInteger(Number(size)));
  const count = shape.reduce<bigint>((product, size) => product * BigInt(size), 1n);
  if (tooLarge !== undefined || count * BigInt(bytes) > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw shapeAbsurd(file, shape, 'no memory holds so many elements');
  }
  return Number(count);
}

/** The header, in format version 1.0, of an array in C order; the same bytes as NumPy's own for usual shapes. */
export function encodeNpyHeader(dtype: Dtype, shape: readonly number[]): Uint8Array {
  const tuple = `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
  const text = `{'descr': '${descrOf(dtype)}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const before = npyMagic.length + 4;
  // NumPy leaves room for the first axis to grow to 21 digits; the newline ends the header.
  const growth = shape.length === 0 ? 0 : 21 - String(shape[0]).length;
  const total = Math.ceil((before + text.length + growth + 1) / alignment) * alignment;
  const padded = `${text.padEnd(total - before - 1)}\n`;
  const bytes = Buffer.alloc(total);
  bytes.set(npyMagic);
  bytes.writeUInt8(1, 6);
  bytes.writeUInt8(0, 7);
  bytes.writeUInt16LE(padded.length, 8);
  bytes.write(padded, before, 'latin1');
  return bytes;
}
