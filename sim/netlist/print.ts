import type { DomainId, NetId } from '../../ir/index.ts';
import type { PrintPart } from './print-format.ts';

/** Something that Verilog prints: `$display`, `$write` and what is made of them. */
export interface Print {
  /** The cell that it comes from. */
  readonly name: string;
  readonly when: PrintTrigger;
  /** A bit: it is printed only where it is 1. */
  readonly enable: NetId;
  readonly parts: readonly PrintPart[];
  /** For each part that shows a value the net of its value; undefined for those that do not. */
  readonly values: readonly (NetId | undefined)[];
  /** `top.v:12` */
  readonly source: string;
}

/**
 * Before the first cycle; in each cycle in which the enable or a value is not as in the cycle before; or before an edge
 * of a domain, and when one of some bits becomes 1 between two edges. What a falling edge prints is kept in registers
 * until the next cycle.
 */
export type PrintTrigger =
  | { readonly kind: 'start' }
  | { readonly kind: 'change' }
  | {
      readonly kind: 'edge';
      readonly domain: DomainId;
      readonly isFalling: boolean;
      readonly levels: readonly NetId[];
    };

/** The order of the source: Yosys numbers its cells as it reads them. */
export function inOrder(prints: readonly Print[]): Print[] {
  const number = ({ name }: Print) => Number(/\$(\d+)$/.exec(name)?.[1] ?? Number.POSITIVE_INFINITY);
  return prints.toSorted((a, b) => number(a) - number(b) || (a.name < b.name ? -1 : 1));
}
