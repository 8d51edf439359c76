import type { Address, Node } from './expression.ts';
import type { StorePart, Word } from './word.ts';

/** One step of a function. Expressions that several statements share are computed where they are first met. */
export type Statement =
  /** Computes the nodes now and keeps them in locals for what follows. */
  | { readonly kind: 'hold'; readonly word: Word }
  /** Stores all parts of a value; all are computed before the first is stored. */
  | { readonly kind: 'store'; readonly to: Destination; readonly parts: readonly StorePart[] }
  | {
      readonly kind: 'if';
      readonly condition: Node;
      readonly whenTrue: readonly Statement[];
      readonly whenFalse: readonly Statement[];
    }
  /**
   * Does the body `turns` times; the index in it rises by `step` from turn to turn. What is computed before is computed
   * once; what the body computes is of this turn alone.
   */
  | {
      readonly kind: 'loop';
      readonly turns: number;
      readonly step: number;
      readonly body: readonly Statement[];
    }
  /** Asks the host to read or write a memory: see `planes/plane-memories.ts`. */
  | { readonly kind: 'access'; readonly index: number }
  /** Ends the function with this result; a function that reaches its end gives 0. */
  | { readonly kind: 'return'; readonly result: number };

/** Where a value goes: a fixed place, the record of results, or `offset` from an address that is computed. */
export interface Destination {
  readonly address: Address;
  readonly offset: number;
}
