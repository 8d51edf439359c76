import type { ClaimStatus, Counterexample } from '../../proof/index.ts';
import type { ConfigDocument } from './documents.ts';

/** What a claim is about. */
export type ClaimKind =
  | 'decoder'
  | 'gate'
  | 'node'
  | 'dot-product'
  | 'array'
  | 'netlist'
  | 'assert'
  | 'cover';

/** One claim. */
export interface ClaimDocument {
  readonly kind: ClaimKind;
  /** What is claimed, in words. */
  readonly what: string;
  readonly size: string;
  readonly status: ClaimStatus;
  /** How it was decided, in words. */
  readonly how: string;
  readonly seconds: number;
  readonly counterexample?: Counterexample;
}

/** `hdl-gen prove`. */
export interface ProveDocument {
  readonly schema: 'tercet.prove/1';
  readonly version: string;
  /** The array; or `circuit`. */
  readonly config?: Omit<ConfigDocument, 'weights'>;
  /** The user's circuit, `my.ts#name`. */
  readonly circuit?: string;
  /** `refuted` if any claim is, else `open` if any is `open` or `bounded`, else `proved`. */
  readonly verdict: 'proved' | 'refuted' | 'open';
  readonly seconds: number;
  readonly claims: readonly ClaimDocument[];
}
