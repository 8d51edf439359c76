import type { Interval } from '../../hdl-gen/lang/index.ts';
import { type ArrayParameters, arrayLayout, streamShape } from '../ternary/index.ts';

/*
 * What lies where in `tdata`. Every field begins at a byte, as AXI4-Stream asks of its data, and element 0 of a field is in
 * its lowest bits. Bits that are left over are 0 in what comes out, and are not looked at in what goes in.
 *
 *     s_axis_tdata   x: lanes activations | w: the codes (or words) of row 0, row 1, … | init: an initial value for each row
 *                    elements stand side by side; only the whole field is filled up to bytes
 *     m_axis_tdata   y: a sum for each row
 *                    each sum has its sign repeated up to whole bytes, so that a program reads it as it is
 */

/** Equal elements side by side. */
export interface AxiField {
  readonly name: string;
  /** The lowest bit of element 0: a multiple of 8. */
  readonly low: number;
  readonly elements: number;
  /** What an element can be. */
  readonly interval: Interval;
  /** Bits from one element to the next: those of an element or, where each is filled up, whole bytes. */
  readonly stride: number;
}

/** The data of one stream. */
export interface AxiData {
  readonly fields: readonly AxiField[];
  /** Bits of `tdata`: a multiple of 8. */
  readonly bits: number;
}

/** The data of both streams of an array. */
export function axiLayout(parameters: ArrayParameters): {
  readonly input: AxiData;
  readonly output: AxiData;
} {
  const { x, w, init } = streamShape(parameters);
  const { sum } = arrayLayout(parameters);
  return {
    input: sideBySide([
      { name: 'x', elements: x.length, interval: x.element },
      { name: 'w', elements: w.length * w.element.length, interval: w.element.element },
      { name: 'init', elements: init.length, interval: init.element },
    ]),
    output: sideBySide([
      { name: 'y', elements: parameters.rows, interval: sum, stride: wholeBytes(sum.width) },
    ]),
  };
}

type Wanted = Pick<AxiField, 'name' | 'elements' | 'interval'> & { readonly stride?: number };

/** The fields one after the other; what can take one value only has no place. */
function sideBySide(wanted: readonly Wanted[]): AxiData {
  const fields: AxiField[] = [];
  let low = 0;
  for (const { interval, stride = interval.width, ...field } of wanted) {
    if (interval.isConstant) continue;
    fields.push({ ...field, interval, stride, low });
    low += wholeBytes(field.elements * stride);
  }
  return { fields, bits: low };
}

function wholeBytes(bits: number): number {
  return 8 * Math.ceil(bits / 8);
}
