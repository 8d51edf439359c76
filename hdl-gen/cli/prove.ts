import type { Context, Outcome } from './command.ts';
import { claimRefuted, notDecided } from './diagnostics.ts';
import type { ProveValues } from './options.ts';
import { type ClaimSet, decideAll, verdictOf } from './prove-claims.ts';
import type { ProveDocument } from './prove-document.ts';
import { proveTable } from './prove-table.ts';
import { requireArray, requireNoForm } from './streamed.ts';
import { withProgress } from './with-progress.ts';

/** The exit status of a run that neither proved nor refuted everything. */
const undecided = 3;

/** `hdl-gen prove`: what holds for all inputs and for all time. */
export async function run(values: ProveValues, context: Context): Promise<Outcome> {
  requireArray('hdl-gen prove', values);
  requireNoForm(values);
  const { terminal, interrupts, version } = context;
  const began = performance.now();
  const { claims, document: subject, what } = await claimsOf(values, context);
  const stop = new AbortController();
  const decided = await withProgress(context, async progress => {
    const restored = interrupts.onInterrupt(() => stop.abort());
    try {
      return await decideAll(claims, {
        timeout: values.timeout,
        interrupted: stop.signal,
        onProgress: ({ what, size }, done) => progress.update(`proving: ${what}`, size, done),
      });
    } finally {
      restored();
    }
  });
  const document: ProveDocument = {
    schema: 'tercet.prove/1',
    version,
    ...subject,
    verdict: verdictOf(decided),
    seconds: Math.round(performance.now() - began) / 1000,
    claims: decided,
  };
  await terminal.result(colors => proveTable(document, what, colors));
  if (document.verdict === 'proved') return { document, exitStatus: 0 };
  if (document.verdict === 'refuted') {
    terminal.fail(
      claimRefuted(decided.find(({ status }) => status === 'refuted')!, values.circuit !== undefined),
    );
    return { document, exitStatus: 1 };
  }
  terminal.warn(notDecided(decided.filter(({ status }) => status === 'open' || status === 'bounded').length));
  return { document, exitStatus: undecided };
}

async function claimsOf(values: ProveValues, context: Context): Promise<ClaimSet> {
  if (values.circuit === undefined) return (await import('./prove-array.ts')).arrayClaims(values, context);
  return (await import('./prove-circuit.ts')).circuitClaims(values, context);
}
