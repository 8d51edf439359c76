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

/**
 * The order of the source, but instance by instance, as a block runs to its end before another one begins. Yosys numbers
 * its cells as it reads them, and flattening puts the path of the instance before their names.
 */
export function inOrder(prints: readonly Print[]): Print[] {
  const instances = new Map<string, { print: Print; number: number }[]>();
  for (const print of prints) {
    const [, path = '', digits] = /^(.*?)\$[^$]*\$[^$]*\$(\d+)$/s.exec(print.name) ?? [];
    const number = Number(digits ?? Number.POSITIVE_INFINITY);
    instances.set(path, [...(instances.get(path) ?? []), { print, number }]);
  }
  const byName = new Intl.Collator('en', { numeric: true });
  return [...instances]
    .map(([path, own]) => ({ path, own: own.sort((a, b) => a.number - b.number) }))
    .sort((a, b) => a.own[0]!.number - b.own[0]!.number || byName.compare(a.path, b.path))
    .flatMap(({ own }) => own.map(({ print }) => print));
}
