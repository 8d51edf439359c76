/** The formats of Yosys' `$print` cells, and values in them, as Verilog shows them. */

/** A text as it is, or a value in a form. */
export type PrintPart = string | PrintForm;

export interface PrintForm {
  /** Bits of the value; 0 for the time. */
  readonly bits: number;
  readonly isSigned: boolean;
  /** `c`: the value is a text of 8 bits a letter, the first one highest. */
  readonly base: 'b' | 'o' | 'd' | 'h' | 'H' | 'c' | 't';
  /** Where the padding goes: left, right, or between a sign and its number. */
  readonly justify: '>' | '<' | '=';
  readonly padding: string;
  /** Characters at least. */
  readonly width: number;
  /** Before a number from 0: nothing, `+` or a space. */
  readonly plus: '' | '+' | ' ';
}

const placeholder =
  /\{\{|\}\}|\{(?<bits>\d+):(?<justify>[<>=])(?<padding>.)(?<width>\d*)(?<base>[bodhHct])#?(?<plus>[-+ ]?)_?(?<sign>[su]?)\}/gs;

/** Divides a format, such as `n={8:> 3d-u}`, into its parts. */
export function parseFormat(format: string): PrintPart[] {
  const parts: PrintPart[] = [];
  const say = (text: string): void => {
    if (typeof parts.at(-1) === 'string') parts.push(`${parts.pop() as string}${text}`);
    else if (text !== '') parts.push(text);
  };
  let end = 0;
  for (const found of format.matchAll(placeholder)) {
    say(format.slice(end, found.index));
    end = found.index + found[0].length;
    const { bits, justify, padding, width, base, plus, sign } = found.groups!;
    if (base === undefined) say(found[0][0]!);
    else
      parts.push({
        bits: Number(bits),
        isSigned: sign === 's',
        base: base as PrintForm['base'],
        justify: justify as PrintForm['justify'],
        padding: padding!,
        width: Number(width),
        plus: plus === '-' ? '' : (plus as PrintForm['plus']),
      });
  }
  say(format.slice(end));
  return parts;
}

/** @param value the bits of the value as a number from 0, or the time. */
export function show(
  { bits, isSigned, base, justify, padding, width, plus }: PrintForm,
  value: bigint,
): string {
  // A width of its own takes the place of that of the value.
  if (base === 'c') return padded(letters(value, bits), justify, ' ', width || Math.ceil(bits / 8));
  // Only decimal numbers have a sign: in the other bases the bits are shown.
  const exact = isSigned && base === 'd' ? BigInt.asIntN(bits, value) : value;
  const sign = exact < 0n ? '-' : plus;
  const radix = { b: 2, o: 8, d: 10, h: 16, H: 16, t: 10 }[base];
  const digits = (exact < 0n ? -exact : exact).toString(radix);
  const shown = base === 'H' ? digits.toUpperCase() : digits;
  return justify === '='
    ? sign + padded(shown, '>', padding, width - sign.length)
    : padded(sign + shown, justify, padding, width);
}

/** The letters of a text without zeros before it; one within is shown as a space. */
function letters(value: bigint, bits: number): string {
  const codes: number[] = [];
  for (let rest = BigInt.asUintN(bits, value); rest > 0n; rest >>= 8n)
    codes.unshift(Number(rest & 0xffn) || 32);
  return String.fromCharCode(...codes);
}

function padded(text: string, justify: PrintForm['justify'], padding: string, width: number): string {
  return justify === '<' ? text.padEnd(width, padding) : text.padStart(width, padding);
}
