import type { NetlistCell } from '../../cell.ts';

/** What a memory holds at power-up; undefined where nothing of it is known. */
export function initialWords(cell: NetlistCell, width: number, size: number): bigint[] | undefined {
  const known = (cell.text('INIT') ?? '').trim();
  if (!/[01]/.test(known)) return undefined;
  const digits = known.padStart(width * size, 'x');
  if (/[^01]/.test(digits)) cell.warn('the words or bits without an initial value begin with 0');
  // The highest digit of the last word comes first.
  return Array.from({ length: size }, (_, word) => {
    const end = digits.length - word * width;
    return BigInt(`0b${digits.slice(end - width, end).replaceAll(/[^01]/g, '0')}`);
  });
}
