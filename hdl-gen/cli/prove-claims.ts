import { Diagnostic } from '../../diagnostic/index.ts';
import type { Finding } from '../../proof/index.ts';
import type { ClaimDocument, ClaimKind, ProveDocument } from './prove-document.ts';

/** Something that is claimed, and how it is decided. */
export interface Claim {
  readonly kind: ClaimKind;
  readonly what: string;
  readonly size: string;
  /** Decides it, until the signal fires. */
  readonly decide: (signal: AbortSignal) => Promise<Finding>;
}

/** All that is claimed, and of what. */
export interface ClaimSet {
  readonly claims: readonly Claim[];
  /** Of what, for a person: name and value of a line. */
  readonly what: readonly (readonly [name: string, value: string])[];
  /** The same for the document. */
  readonly document: Pick<ProveDocument, 'config' | 'circuit'>;
}

/** The code of a tool that was stopped. */
const stopped = 'TCT-4009';

/** Decides all claims one after another. What is not decided when the time is over stays open. */
export async function decideAll(
  claims: readonly Claim[],
  options: {
    /** In seconds, for all of them. */
    readonly timeout: number;
    /** Fires when the user stops the command. */
    readonly interrupted: AbortSignal;
    readonly onProgress: (claim: Claim, done: number) => void;
  },
): Promise<ClaimDocument[]> {
  const { timeout, interrupted, onProgress } = options;
  const clock = new AbortController();
  const timer = setTimeout(() => clock.abort(), 1000 * timeout);
  const stop = (): void => clock.abort();
  interrupted.addEventListener('abort', stop, { once: true });
  const decided: ClaimDocument[] = [];
  try {
    for (const [i, claim] of claims.entries()) {
      onProgress(claim, i / claims.length);
      const began = performance.now();
      const { kind, what, size } = claim;
      const finding = await inTime(claim, clock.signal);
      const seconds = Math.round(performance.now() - began) / 1000;
      decided.push({ kind, what, size, ...finding, seconds });
    }
  } finally {
    clearTimeout(timer);
    interrupted.removeEventListener('abort', stop);
  }
  return decided;
}

async function inTime(claim: Claim, signal: AbortSignal): Promise<Finding> {
  const open = { status: 'open', how: 'the time was over (--timeout)' } as const;
  if (signal.aborted) return open;
  try {
    return await claim.decide(signal);
  } catch (error) {
    if (signal.aborted && error instanceof Diagnostic && error.code === stopped) return open;
    throw error;
  }
}

/** What all claims together come to. */
export function verdictOf(claims: readonly ClaimDocument[]): ProveDocument['verdict'] {
  const has = (...states: readonly ClaimDocument['status'][]) =>
    claims.some(({ status }) => states.includes(status));
  return has('refuted') ? 'refuted' : has('open', 'bounded') ? 'open' : 'proved';
}
