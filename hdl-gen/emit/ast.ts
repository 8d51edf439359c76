/*
 * The part of Verilog-2005 that Tercet writes, as a syntax tree. Everything that is printed goes through it, so
 * the printer is the only place that knows how Verilog looks.
 */

export type Expression =
  /** A whole vector; `signed` where it is declared so. */
  | { readonly kind: 'name'; readonly name: string; readonly signed: boolean }
  /** Bits high..low of a vector of `size` bits; one bit where they are equal. */
  | {
      readonly kind: 'select';
      readonly name: string;
      readonly high: number;
      readonly low: number;
      readonly size: number;
      /** Whether the vector is declared as signed. */
      readonly signed: boolean;
    }
  /** One word of a memory. */
  | { readonly kind: 'word'; readonly name: string; readonly index: Expression }
  /** Bits high..low of one word of a memory. */
  | { readonly kind: 'wordSelect'; readonly word: Expression; readonly high: number; readonly low: number }
  | { readonly kind: 'number'; readonly value: bigint; readonly width: number }
  | { readonly kind: 'unary'; readonly operator: string; readonly operand: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: 'conditional';
      readonly condition: Expression;
      readonly whenTrue: Expression;
      readonly whenFalse: Expression;
    }
  /** Parts side by side, the first one in the highest bits. */
  | { readonly kind: 'concat'; readonly parts: readonly Expression[] }
  | { readonly kind: 'repeat'; readonly count: number; readonly part: Expression }
  /** The same bits, taken as a number with or without a sign. */
  | { readonly kind: 'cast'; readonly to: 'signed' | 'unsigned'; readonly operand: Expression };

/** The type of a port, wire or register. */
export interface VectorType {
  readonly width: number;
  readonly signed: boolean;
}

export interface PortDeclaration {
  readonly direction: 'input' | 'output';
  /** Whether a process drives it. */
  readonly register: boolean;
  readonly name: string;
  readonly type: VectorType;
  readonly source: string;
}

export type Item =
  | {
      readonly kind: 'wire';
      readonly name: string;
      readonly type: VectorType;
      readonly value?: Expression;
      readonly source: string;
    }
  | { readonly kind: 'register'; readonly name: string; readonly type: VectorType; readonly source: string }
  | {
      readonly kind: 'memory';
      readonly name: string;
      readonly width: number;
      readonly depth: number;
      readonly source: string;
      /** Whether a read has to show old data where the same edge writes the word. */
      readonly checked: boolean;
    }
  | { readonly kind: 'assign'; readonly target: Expression; readonly value: Expression }
  | { readonly kind: 'initial'; readonly statements: readonly Statement[] }
  /** A process at the rising edge of a clock, or on every change where there is none. */
  | { readonly kind: 'always'; readonly clock?: string; readonly statements: readonly Statement[] }
  | {
      readonly kind: 'instance';
      readonly module: string;
      readonly name: string;
      readonly parameters: readonly (readonly [name: string, value: number | string])[];
      readonly ports: readonly (readonly [name: string, value: Expression])[];
      readonly source: string;
    }
  | { readonly kind: 'comment'; readonly text: string }
  | { readonly kind: 'blank' }
  | { readonly kind: 'ifdef'; readonly macro: string; readonly items: readonly Item[] };

export type Statement =
  | { readonly kind: 'blocking'; readonly target: Expression; readonly value: Expression }
  | { readonly kind: 'nonblocking'; readonly target: Expression; readonly value: Expression }
  | {
      readonly kind: 'if';
      readonly condition: Expression;
      readonly body: readonly Statement[];
      readonly otherwise?: readonly Statement[];
    }
  | {
      readonly kind: 'property';
      readonly verb: 'assert' | 'cover';
      readonly condition: Expression;
      readonly why: string;
    };

export interface ModuleDeclaration {
  /** Lines of comment before the module. */
  readonly header: readonly string[];
  readonly name: string;
  readonly ports: readonly PortDeclaration[];
  readonly items: readonly Item[];
}
