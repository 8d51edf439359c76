/**
 * The host's end of the link: reads and writes of any number of words, made of requests that are repeated until they are
 * answered. `protocol/frames.ts` tells the rules.
 *
 * Several requests are on their way at once. Responses come in order, so what is missing before one that has come is lost:
 * it is sent again at once. When nothing comes, everything without an answer is sent again.
 */

import type { Diagnostic } from '../diagnostic/index.ts';
import {
  type CommandName,
  decodeResponse,
  encodeRequest,
  FrameSplitter,
  maxWords,
  type Request,
  type Response,
  responseOverhead,
  type StatusName,
} from '../protocol/index.ts';
import { cancelled, deviceRefused, deviceWasReset, noAnswer, sessionLost } from './diagnostics.ts';
import { Listening } from './listening.ts';
import type { Transport } from './transport.ts';
import type { WordPort } from './word-port.ts';

export interface LinkClientOptions {
  /** How often a request is sent before the device counts as gone: 8 by default. */
  readonly attempts?: number;
  /** The number of the first request, 0 to 255; drawn at random without it, so that no two sessions have the same. */
  readonly firstNumber?: number;
}

export interface ExchangeOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called when more words have been done: how many of how many. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** Words that follow each other. */
export interface Piece {
  readonly address: number;
  readonly words: Uint32Array;
}

/** Words that follow each other, which are read. */
export interface Span {
  readonly address: number;
  readonly count: number;
}

/** One of several reads and writes. */
export type Step = Piece | Span;

/** What has happened on the link so far. */
export interface LinkCounts {
  /** Requests sent, repetitions among them. */
  sent: number;
  repeated: number;
  /** Responses that came whole, and pieces that were none. */
  answered: number;
  damaged: number;
}

/** Requests on their way at once. The device keeps what it cannot do yet; 16 short ones find room there. */
const window = 16;
/** Bytes that the device keeps while it answers a read, less some for zeros: what comes beyond would be lost. */
const room = 240;
/** Bytes of a request on the wire beside its words: header, CRC, stuffing and zeros. */
const requestBytes = 10;
/** Bytes that stand around and in a response beside its words: zeros, stuffing and overhead. */
const wireOverhead = responseOverhead + 3;

type Ask = Omit<Request, 'sequence'>;

const noWords = new Uint32Array();

/** One device's link. Calls wait for each other. */
export class LinkClient implements WordPort {
  readonly name: string;
  readonly counts: LinkCounts = { sent: 0, repeated: 0, answered: 0, damaged: 0 };
  readonly #transport: Transport;
  readonly #attempts: number;
  readonly #splitter = new FrameSplitter();
  #sequence: number;
  #hasSession = false;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(transport: Transport, { attempts = 8, firstNumber }: LinkClientOptions = {}) {
    this.name = transport.name;
    this.#transport = transport;
    this.#attempts = attempts;
    this.#sequence = firstNumber ?? Math.floor(Math.random() * 256);
  }

  /**
   * Begins a session: what came before is forgotten on both sides.
   * @throws Diagnostic TCT-8001 without an answer, TCT-8004 when cancelled.
   */
  async synchronise(options: ExchangeOptions = {}): Promise<void> {
    await this.#inTurn(async () => {
      // What an earlier session left on its way must not be taken for an answer.
      await this.#transport.send(new Uint8Array(2));
      await this.#untilSilence(options.signal);
      this.#splitter.push([0]);
      await this.#exchange(
        [{ command: 'sync', address: 0, count: 0, words: noWords }],
        'begin a session',
        options,
      );
      this.#hasSession = true;
    });
  }

  /**
   * Reads `count` words that follow each other.
   * @throws Diagnostic TCT-8001 to TCT-8005.
   */
  async read(address: number, count: number, options: ExchangeOptions = {}): Promise<Uint32Array> {
    const [words] = await this.exchange([{ address, count }], options);
    return words!;
  }

  /**
   * Writes words to addresses that follow each other.
   * @throws Diagnostic TCT-8001 to TCT-8005.
   */
  write(address: number, words: Uint32Array, options: ExchangeOptions = {}): Promise<void> {
    return this.writeAll([{ address, words }], options);
  }

  /**
   * The same for words at several places, in this order.
   * @throws Diagnostic TCT-8001 to TCT-8005.
   */
  async writeAll(places: readonly Piece[], options: ExchangeOptions = {}): Promise<void> {
    await this.exchange(places, options);
  }

  /**
   * Reads and writes, in this order; gives the words of each read. The next ones are on their way while the first are answered, and one
   * whose answer was lost is read again: nothing may be written here that is also read here.
   * @throws Diagnostic TCT-8001 to TCT-8005.
   */
  async exchange(steps: readonly Step[], options: ExchangeOptions = {}): Promise<Uint32Array[]> {
    const asks = steps.map(asksOf);
    const responses = await this.#inSession(asks.flat(), toldOf(steps), options);
    const found: Uint32Array[] = [];
    let next = 0;
    for (const [i, step] of steps.entries()) {
      const own = responses.slice(next, next + asks[i]!.length);
      next += own.length;
      if ('words' in step) continue;
      const words = new Uint32Array(step.count);
      for (const [part, response] of own.entries()) words.set(response.words, part * maxWords);
      found.push(words);
    }
    return found;
  }

  close(): Promise<void> {
    return this.#transport.close();
  }

  #inSession(asks: readonly Ask[], what: string, options: ExchangeOptions): Promise<readonly Response[]> {
    return this.#inTurn(async () => {
      if (!this.#hasSession) throw sessionLost(this.#transport.name, what);
      return await this.#exchange(asks, what, options);
    });
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work, work);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  /** Sends all requests and gives their responses, in order. */
  async #exchange(
    asks: readonly Ask[],
    what: string,
    options: ExchangeOptions,
  ): Promise<readonly Response[]> {
    const { signal, onProgress } = options;
    const first = this.#sequence;
    const requests = asks.map((ask, i): Request => ({ ...ask, sequence: (first + i) & 0xff }));
    const responses: Response[] = [];
    const answered: boolean[] = [];
    const total = asks.reduce((sum, { count }) => sum + count, 0);
    let done = 0;
    /** The oldest request without an answer, and the first one that was not sent. */
    let oldest = 0;
    let unsent = 0;
    let failures = 0;
    /** Requests that were sent again and have had no answer since. */
    const again = new Set<number>();
    /** What has been heard since the last answer: what were no frames, and bytes. */
    let damagedBefore = this.counts.damaged;
    let bytesHeard = 0;
    /** Since the last answer, or since everything was sent again. */
    let listening = new Listening(this.#transport);

    const sendAgain = async (from: number, to: number): Promise<void> => {
      for (let i = from; i < to; i++) {
        if (answered[i] === true || again.has(i)) continue;
        again.add(i);
        this.counts.repeated++;
        await this.#send(requests[i]!);
      }
    };

    /** Why no more is sent. What is on its way is waited for all the same, so that both sides go on with one number. */
    let stop: Diagnostic | undefined;

    while (oldest < (stop === undefined ? requests.length : unsent)) {
      if (stop === undefined && signal?.aborted === true) {
        stop = cancelled(what, signal.reason);
        continue;
      }
      while (stop === undefined && unsent < requests.length && hasRoom(requests, oldest, unsent))
        await this.#send(requests[unsent++]!);
      const patience = this.#patience(requests, oldest, unsent);
      const bytes = await listening.receive(patience - listening.ms, stop === undefined ? signal : undefined);
      if (bytes === undefined) continue;
      bytesHeard += bytes.length;
      let isAnswered = false;
      for (const response of this.#responses(bytes)) {
        if (oldest === unsent) break;
        const index = oldest + ((response.sequence - requests[oldest]!.sequence) & 0xff);
        // An answer to a repetition whose first answer has come, or of an earlier call.
        if (index >= unsent || answered[index] === true) continue;
        const { status } = response;
        if (status === 'outOfOrder') {
          await sendAgain(oldest, unsent);
          continue;
        }
        if (status === 'noSession') {
          this.#hasSession = false;
          throw deviceWasReset(this.#transport.name, what);
        }
        if (status !== 'done') stop ??= deviceRefused(this.#transport.name, what, refusals[status]);
        else if (response.words.length !== wordsOf(requests[index]!)) {
          this.counts.damaged++;
          continue;
        }
        responses[index] = response;
        answered[index] = true;
        again.delete(index);
        isAnswered = true;
        done += requests[index]!.count;
        if (stop === undefined) onProgress?.(done, total);
        while (answered[oldest] === true) oldest++;
        await sendAgain(oldest, Math.min(index, unsent));
      }
      if (isAnswered) {
        failures = 0;
        damagedBefore = this.counts.damaged;
        bytesHeard = 0;
        listening = new Listening(this.#transport);
      } else if (bytes.length === 0 || listening.ms >= patience) {
        // A line that never rests, but brings no answers, is no better than a silent one.
        if (++failures >= this.#attempts) {
          this.#hasSession = false;
          const noise = heard(this.counts.damaged - damagedBefore, bytesHeard);
          throw stop ?? noAnswer(this.#transport.name, failures, noise);
        }
        listening = new Listening(this.#transport);
        again.clear();
        await sendAgain(oldest, unsent);
      }
    }
    this.#sequence = (first + unsent) & 0xff;
    if (stop !== undefined) throw stop;
    return responses;
  }

  async #send(request: Request): Promise<void> {
    this.counts.sent++;
    await this.#transport.send(encodeRequest(request));
  }

  /** Throws away what is still on its way; a line that does not rest is listened to as long as an earlier session can have filled it. */
  async #untilSilence(signal: AbortSignal | undefined): Promise<void> {
    const listening = new Listening(this.#transport);
    const most = this.#patienceFor(window * maxWords, window);
    while (listening.ms < most) {
      const bytes = await listening.receive(this.#transport.latencyMs, signal);
      if (bytes === undefined || bytes.length === 0) return;
    }
  }

  #responses(bytes: Uint8Array): Response[] {
    return this.#splitter.push(bytes).flatMap(piece => {
      const decoded = decodeResponse(piece);
      this.counts['frame' in decoded ? 'answered' : 'damaged']++;
      return 'frame' in decoded ? [decoded.frame] : [];
    });
  }

  /** How long it can take until something comes: what is on its way in both directions, and the latency. */
  #patience(requests: readonly Request[], oldest: number, unsent: number): number {
    const words = requests.slice(oldest, unsent).reduce((sum, { count }) => sum + count, 0);
    return this.#patienceFor(words, unsent - oldest);
  }

  #patienceFor(words: number, requests: number): number {
    const bytes = 4 * words + requests * 2 * (wireOverhead + 4);
    return this.#transport.latencyMs + (1.5 * bytes * 10_000) / this.#transport.baud;
  }
}

const refusals: Readonly<Record<Exclude<StatusName, 'done' | 'outOfOrder' | 'noSession'>, string>> = {
  unknownCommand: 'it does not know the command',
  badAddress: 'not all of the addresses are there',
  badCount: 'the number of words is not what a request can have',
};

function wordsOf({ command, count }: { readonly command: CommandName; readonly count: number }): number {
  return command === 'read' ? count : 0;
}

function heard(damaged: number, bytes: number): string {
  if (damaged > 0) return `${damaged} damaged frame${damaged === 1 ? ' was' : 's were'} heard`;
  return bytes === 0 ? 'nothing was heard' : `${bytes} bytes were heard, and no frame among them`;
}

/** The requests of a step. */
function asksOf(step: Step): Ask[] {
  const { address } = step;
  if ('words' in step)
    return pieces(step.words.length).map(({ at, size }) => ({
      ...{ command: 'write', address: address + at, count: size },
      words: step.words.subarray(at, at + size),
    }));
  return pieces(step.count).map(({ at, size }) => ({
    ...{ command: 'read', address: address + at, count: size },
    words: noWords,
  }));
}

/** What an exchange does, for a message. */
function toldOf(steps: readonly Step[]): string {
  let [written, read] = [0, 0];
  for (const step of steps)
    if ('words' in step) written += step.words.length;
    else read += step.count;
  if (read === 0) return `write ${written} words`;
  return written === 0 ? `read ${read} words` : `write ${written} words and read ${read}`;
}

/** Whether one more request may be on its way: the device does writes as they come, but keeps what comes while it answers a read. */
function hasRoom(requests: readonly Request[], oldest: number, unsent: number): boolean {
  if (unsent - oldest >= window) return false;
  const open = requests.slice(oldest, unsent);
  if (open.every(({ command }) => command !== 'read')) return true;
  const kept = [...open.slice(1), requests[unsent]!];
  return kept.reduce((sum, { words }) => sum + requestBytes + 4 * words.length, 0) <= room;
}

function pieces(count: number): { readonly at: number; readonly size: number }[] {
  return Array.from({ length: Math.ceil(count / maxWords) }, (_, i) => {
    const at = i * maxWords;
    return { at, size: Math.min(maxWords, count - at) };
  });
}
