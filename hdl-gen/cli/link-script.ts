import { type ByteKind, byteKinds } from '../../embedding/index.ts';
import {
  addressBits,
  encodeRequest,
  encodeResponse,
  maxWords,
  type Request,
  type Response,
} from '../../protocol/index.ts';
import type { CoreSession, Transfer } from './core-session.ts';

/** A request on the wire, and what has to come back. */
export interface Exchange {
  /** With the zeros around it. */
  readonly request: Uint8Array;
  /** Without the zeros around it; undefined: nothing comes. */
  readonly answer: Uint8Array | undefined;
  /** Whether it is sent again until this is the answer. */
  readonly isRepeated: boolean;
}

/** What a request does, without its number. */
type Ask = Omit<Request, 'sequence' | 'count'> & { readonly count?: number };

/** The number of the first request: so near to 255 that every session goes over it. */
const firstNumber = 250;

/**
 * A session as frames. Words that follow each other share a frame. Before it begins a request is refused, and on the way one comes twice, one
 * is damaged, and one leaves a number out.
 */
export function exchangesOf({ transfers }: CoreSession): Exchange[] {
  let sequence = firstNumber;
  const exchanges: Exchange[] = [];
  const put = (ask: Ask, answer: Partial<Response>, number = sequence, isRepeated = false): void => {
    const request = { count: ask.words.length, ...ask, sequence: number };
    exchanges.push({
      request: encodeRequest(request),
      answer: encodeResponse({ sequence: number, status: 'done', words: none, ...answer }).slice(1, -1),
      isRepeated,
    });
  };
  const next = (): number => {
    sequence = (sequence + 1) & 0xff;
    return sequence;
  };
  const who = { command: 'read', address: 0, count: 1, words: none } as const;
  put(who, { status: 'noSession' });
  put({ command: 'sync', address: 0, words: none }, {});
  put(who, { status: 'outOfOrder' }, (sequence + 2) & 0xff);
  put({ ...who, count: maxWords + 1 }, { status: 'badCount' }, next());

  for (const burst of burstsOf(transfers)) {
    const [{ kind, address, whole }] = burst as [Transfer];
    const words = Uint32Array.from(burst, each => each.data);
    const number = next();
    switch (kind) {
      case 'read':
        put({ command: 'read', address, count: words.length, words: none }, { words });
        break;
      case 'write':
        put({ command: 'write', address, words }, {});
        // As if its answer were lost: it is answered again, and not done again.
        if (words.length === 1) put({ command: 'write', address, words: words.map(word => ~word) }, {});
        break;
      case 'wait':
        put({ ...who, address }, { words: Uint32Array.of(whole!) }, number, true);
        break;
      case 'readError':
        put({ ...who, address: 2 ** addressBits }, { status: 'badAddress' });
        break;
      case 'writeError':
        put({ command: 'write', address, words }, { status: 'badAddress' });
        break;
      case 'partialError': {
        const request = encodeRequest({ sequence: number, command: 'write', address, count: 1, words });
        // A bit of its CRC is wrong. It is as if it had never been sent, so the next one has its number.
        request[request.length - 2]! ^= request.at(-2)! === 1 ? 2 : 1;
        exchanges.push({ request, answer: undefined, isRepeated: false });
        sequence = (sequence + 255) & 0xff;
        break;
      }
      default:
        throw new Error(`a link has no '${kind satisfies never}'`);
    }
  }
  return exchanges;
}

const none = new Uint32Array();

/** Reads and writes of words that follow each other, as many as a frame takes; all else one by one. */
function burstsOf(transfers: readonly Transfer[]): Transfer[][] {
  const bursts: Transfer[][] = [];
  for (const transfer of transfers) {
    const open = bursts.at(-1);
    const before = open?.at(-1);
    const goesOn =
      (transfer.kind === 'read' || transfer.kind === 'write') &&
      before?.kind === transfer.kind &&
      before.address + 1 === transfer.address &&
      open!.length < maxWords;
    if (goesOn) open!.push(transfer);
    else bursts.push([transfer]);
  }
  return bursts;
}

/** Exchanges as the testbench of a link reads them: a byte a line. */
export function linkScript(exchanges: readonly Exchange[]): string {
  const line = (kind: ByteKind, byte = 0): string =>
    `${byteKinds[kind]}_${byte.toString(16).padStart(2, '0')}\n`;
  const lines = exchanges.flatMap(({ request, answer = [], isRepeated }) => [
    ...Array.from(request, byte => line('send', byte)),
    ...Array.from(answer, byte => line('expect', byte)),
    line(isRepeated ? 'again' : 'end'),
  ]);
  const kinds = Object.entries(byteKinds).map(([name, number]) => `${number} ${name}`);
  return `// kind_byte; kinds: ${kinds.join(', ')}\n${lines.join('')}`;
}

/** Lines of a script that are no comments. */
export function linesIn(script: string): number {
  return script.split('\n').filter(line => line !== '' && !line.startsWith('//')).length;
}
