import type { Operand } from '../../ir/index.ts';
import { type PrimitiveName, primitiveNamed } from '../../ir/index.ts';
import { dependenciesOf, type Module, type Signal, type Uses } from '../lang/index.ts';
import type { Expression } from './ast.ts';
import { forms } from './forms.ts';
import type { BitRange } from './vectors.ts';

/** An unnamed result is written inside its only user's expression up to this many operations. */
const largestInline = 6;

/** What an unnamed result is called when it needs a wire. */
const wireNames: Partial<Record<PrimitiveName, string>> = {
  add: 'sum',
  sub: 'difference',
  negate: 'negated',
  mux: 'choice',
  equal: 'is_equal',
  less: 'is_less',
  and: 'conjunction',
  or: 'disjunction',
  xor: 'toggled',
  complement: 'inverted',
  invert: 'inverted',
  shiftLeft: 'shifted',
  shiftRight: 'shifted',
  shiftLeftBy: 'shifted',
  shiftRightBy: 'shifted',
  slice: 'field',
  concat: 'joined',
  wrap: 'wrapped',
  saturate: 'saturated',
  assume: 'assumed',
  mask: 'all_of',
  parity: 'odd',
};

/** The name that a wire for an unnamed signal would like to have. */
export function wishedName(signal: Signal): string {
  const { origin } = signal;
  return origin.kind === 'operation' ? (wireNames[origin.operation] ?? origin.operation) : origin.kind;
}

/** Decides which results are written inside the expression that uses them, and which get a wire. */
export class Inlining {
  readonly #users = new Map<Signal, number>();
  readonly #sizes = new Map<Signal, number>();

  constructor(module: Module, uses: Uses) {
    const use = (signal: Signal | undefined): void => {
      if (signal !== undefined) this.#users.set(signal, (this.#users.get(signal) ?? 0) + 1);
    };
    for (const signal of uses.signals) for (const needed of dependenciesOf(signal)) use(needed);
    for (const port of module.outputs) port.elements.forEach(use);
    for (const { inputs, reset } of module.instances) {
      for (const elements of inputs.values()) elements.forEach(use);
      use(reset);
    }
    for (const { condition } of module.properties) use(condition);
    for (const { reads, writes } of uses.memories) {
      for (const { address, enable } of reads) [address, enable].forEach(use);
      for (const { address, fields } of writes) {
        use(address);
        for (const { data, enable } of fields) [data, enable].forEach(use);
      }
    }
    // In the order of creation every operand is sized before its user.
    for (const signal of module.signals) {
      if (signal.origin.kind !== 'operation') continue;
      const inside = signal.origin.operands.filter(operand => this.isInline(operand));
      this.#sizes.set(signal, 1 + inside.reduce((sum, operand) => sum + this.#sizes.get(operand)!, 0));
    }
  }

  isInline(signal: Signal): boolean {
    if (signal.origin.kind !== 'operation' || signal.name !== undefined) return false;
    return this.#users.get(signal) === 1 && (this.#sizes.get(signal) ?? 1) <= largestInline;
  }
}

/** Gives the bits that hold a signal, declaring a wire for it where it has none yet. */
export type Locate = (signal: Signal) => BitRange;

/** Writes signals as expressions. */
export class Expressions {
  readonly #locate: Locate;
  readonly #inlining: Inlining;
  readonly #located: (signal: Signal) => boolean;

  constructor(inlining: Inlining, locate: Locate, located: (signal: Signal) => boolean) {
    this.#inlining = inlining;
    this.#locate = locate;
    this.#located = located;
  }

  /** The signal modulo 2^width, as `width` bits. */
  at(signal: Signal, width: number): Expression {
    if (signal.constant !== undefined) return forms.constant(signal.constant, width);
    const { origin } = signal;
    if (origin.kind === 'operation' && !this.#located(signal) && this.#inlining.isInline(signal)) {
      const row = primitiveNamed(origin.operation);
      const limit = row.modularUpTo(origin.parameters);
      if (width <= limit || width === signal.width) return this.#operation(signal, width);
      if (width > signal.width && !signal.interval.signed) {
        return forms.concat([
          this.#operation(signal, signal.width),
          forms.constant(0n, width - signal.width),
        ]);
      }
    }
    return this.bits(signal, 0, width);
  }

  /** Bits low .. low + width - 1 of the signal, with its sign in all bits above its own. */
  bits(signal: Signal, low: number, width: number): Expression {
    if (signal.constant !== undefined) return forms.constant(signal.constant >> BigInt(low), width);
    const range = this.#locate(signal);
    const inside = Math.max(0, Math.min(width, range.width - low));
    const beyond = width - inside;
    const parts: Expression[] = [];
    if (inside > 0) parts.push(range.vector.read(range.low + low, inside));
    if (beyond > 0) {
      const sign = () => range.vector.read(range.low + range.width - 1, 1);
      parts.push(signal.interval.signed ? forms.repeat(sign(), beyond) : forms.constant(0n, beyond));
    }
    return forms.concat(parts);
  }

  /** The expression that computes an operation, at a width that the operation allows. */
  #operation(signal: Signal, width: number): Expression {
    if (signal.origin.kind !== 'operation')
      throw new TypeError('only an operation is computed by an expression');
    const { operation, operands, parameters } = signal.origin;
    return primitiveNamed(operation).verilog(
      forms,
      operands.map(operand => this.#operand(operand)),
      parameters,
      width,
    );
  }

  /** What drives the wire of an operation. */
  value(signal: Signal): Expression {
    return this.#operation(signal, signal.width);
  }

  #operand(signal: Signal): Operand<Expression> {
    return {
      width: signal.width,
      signed: signal.interval.signed,
      at: width => this.at(signal, width),
      bits: (low, width) => this.bits(signal, low, width),
    };
  }
}
