import {
  any,
  bit,
  choose,
  component,
  concat,
  loadOrCountUp,
  mux,
  named,
  register,
  registered,
  type Signal,
  toSignal,
  uint,
  wire,
} from '../../hdl-gen/lang/index.ts';
import { commands, maxWords, statuses, windowAddressBits, windows } from '../../protocol/index.ts';
import { hostResponse } from '../host-port/index.ts';
import type { LinkParameters } from './parameters.ts';
import { states } from './states.ts';

/**
 * Does what requests ask for: reads and writes words at the host port, and gives the bytes of the responses.
 * `protocol/frames.ts` tells the layout of both and the rules of the sequence numbers.
 *
 * A word goes to the host port as soon as its four bytes are out of the buffer, one in fourteen cycles; the words of a read
 * are fetched one by one, each when the one before has been sent.
 */
export const frameEngine = component('frame_engine', ({ windowBits }: LinkParameters) => ({
  inputs: {
    in: { settled: bit, available: bit, data: uint(8), at_end: bit },
    out: { ready: bit },
    host: { ready: bit, response: hostResponse },
  },
  build: ({ in: input, out, host }) => {
    const state = states([
      'idle',
      'start',
      'header',
      'look',
      'decide',
      'words',
      'put',
      'next',
      'skip',
      'first',
      'get',
      'answer',
      'send',
      'status',
    ]);
    const at = state.in;

    // The next byte of the buffer is there when it had time to come out; a request ends where another one begins.
    const { index } = named({ index: register(uint(2), { reset: at.start.or(at.first) }) });
    const { settled, at_end: atEnd } = input;
    const { is_over: isOver, take } = named({
      is_over: settled.and(atEnd),
      take: settled.and(at.start.or(any([at.header, at.words, at.skip]).and(atEnd.not()))),
    });

    // Four bytes pass through `word`: the header behind its sequence number, or a word in either direction.
    const { sent } = named({ sent: at.send.and(out.ready) });
    const { word } = named({
      word: register(uint(32), { enable: any([take, sent, at.answer]), reset: at.get }),
    });
    // Before an answer it is 0, and so is an answer that is not there: an OR takes no choice between them.
    word.next(concat(word.slice(8, 24), input.data.and(take.mask())).or(host.response.data));
    const { is_last_byte: isLastByte } = named({ is_last_byte: index.equals(3) });
    // Behind the words it counts the bytes of the CRC, and stays at 3 when there are more.
    const counts = take.or(sent).and(at.skip.and(isLastByte).not());
    index.next(index.add(counts).wrap(uint(2)));
    const { is_length_bad: isLengthBad } = named({
      is_length_bad: isOver.and(at.words.or(at.skip.and(index.notEquals(2)))),
    });

    const { accepts } = named({ accepts: wire(bit) });
    // The expected number is kept with all bits inverted, as what is added to a number to compare the two.
    const {
      number,
      unexpected,
      in_session: inSession,
    } = named({
      number: register(uint(8), { enable: at.start }),
      unexpected: register(uint(8), { enable: accepts }),
      in_session: register(bit, { reset: true }),
    });
    number.next(input.data);
    // What the header asks for comes out of registers when it is decided, a cycle after the header is there.
    const askedCount = word.slice(24, 8);
    const is = (name: keyof typeof commands): Signal => registered(word.slice(4, 4).equals(commands[name]));
    const { asks } = named({
      asks: {
        sync: is('sync'),
        read: is('read'),
        write: is('write'),
        has_words: registered(word.slice(24, 6).notEquals(0)),
        bad_count: registered(askedCount.equals(0).or(exceeds(askedCount, maxWords))),
        bad_address: registered(word.slice(2, 2).notEquals(0)),
      },
    });
    const ahead = number.add(unexpected).add(1).wrap(uint(8));
    const { is_next: isNext, is_repeated: isRepeated } = named({
      is_next: registered(ahead.equals(0)),
      is_repeated: registered(ahead.bit(7)),
    });
    const { status } = named({
      status: register(uint(3), { enable: any([at.decide, at.put, at.words, at.skip, at.send]) }),
    });
    const decided = firstOf(
      [
        [asks.sync, statuses.done],
        [inSession.not(), statuses.noSession],
        [isNext.or(isRepeated).not(), statuses.outOfOrder],
        [any([asks.read, asks.write]).not(), statuses.unknownCommand],
        [asks.bad_count, statuses.badCount],
        [asks.bad_address, statuses.badAddress],
      ],
      statuses.done,
    );
    const { decided: verdict } = named({ decided });
    accepts.drive(at.decide.and(asks.sync.or(inSession.and(isNext))));
    unexpected.next(number.add(1).wrap(uint(8)).not());
    inSession.next(inSession.or(accepts));

    const { writes, reads } = named({
      writes: register(bit, { enable: at.decide }),
      reads: register(bit, { enable: at.decide }),
    });
    const isDone = verdict.equals(statuses.done);
    writes.next(isDone.and(isNext));
    reads.next(isDone.and(asks.read));

    // Where the words are. Only the word in the window counts on: a request stays in its window.
    const place = uint(windowAddressBits);
    const {
      window,
      offset,
      done_words: doneWords,
    } = named({
      window: register(uint(2), { enable: at.decide }),
      offset: register(place, { enable: at.decide.or(at.next) }),
      done_words: register(uint(6), { enable: at.decide.or(at.next) }),
    });
    window.next(word.slice(0, 2));
    // A place stays for some cycles before it is used.
    const { is_outside: isOutside } = named({ is_outside: registered(outside(window, offset, windowBits)) });
    // What is written is known long before it is.
    const { puts } = named({ puts: registered(writes.and(isOutside.not())) });
    const { word_sent: wordSent } = named({ word_sent: sent.and(isLastByte) });
    const { put_done: putDone } = named({
      put_done: at.put.and(host.ready.or(puts.not())),
    });
    offset.next(loadOrCountUp(offset, at.decide, word.slice(8, 16)));
    // Counted up, as that takes one cell a bit: the inverse of a number is how many are missing to 63.
    doneWords.next(loadOrCountUp(doneWords, at.decide, word.slice(24, 6).not()));
    const { is_last_word: isLastWord } = named({ is_last_word: doneWords.equals(62) });
    const trouble = mux(
      at.put.or(at.send),
      mux(isOutside, statuses.badAddress, statuses.done),
      mux(isLengthBad, statuses.badCount, statuses.done),
    );
    status.next(mux(at.decide, verdict, mux(status.notEquals(statuses.done), status, trouble)));

    state.go('idle', input.available, 'start');
    state.go('start', take, 'header');
    state.go('header', take.and(isLastByte), 'look');
    state.go('header', isOver, 'idle');
    state.go('look', toSignal(1), 'decide');
    const hasWords = asks.write.and(asks.has_words);
    state.go('decide', hasWords, 'words');
    state.go('decide', hasWords.not(), 'skip');
    state.go('words', take.and(isLastByte), 'put');
    state.go('words', isOver, 'skip');
    state.go('put', putDone, 'next');
    state.go('next', isLastWord.not().and(reads.not()), 'words');
    state.go('next', isLastWord.and(reads.not()), 'skip');
    state.go('next', isLastWord.not().and(reads), 'get');
    state.go('next', isLastWord.and(reads), 'status');
    state.go('skip', isOver, 'first');
    state.go('first', out.ready.and(reads), 'get');
    state.go('first', out.ready.and(reads.not()), 'status');
    state.go('get', host.ready, 'answer');
    state.go('answer', host.response.valid, 'send');
    state.go('send', wordSent, 'next');
    state.go('status', out.ready, 'idle');
    state.close();

    return {
      in: { take },
      out: {
        valid: any([at.first, at.send, at.status]),
        data: mux(at.send, word.slice(0, 8), mux(at.status, status, number)),
        last: at.status,
      },
      host: {
        request: {
          read: at.get,
          write: at.put.and(puts),
          address: concat(offset, window),
          data: word,
        },
      },
    };
  },
}));

/** Whether a word is beyond the end of its window. */
function outside(window: Signal, offset: Signal, windowBits: LinkParameters['windowBits']): Signal {
  const names = Object.keys(windows) as (keyof typeof windows)[];
  const beyond = names.map(name => {
    const bits = windowBits[name];
    return bits >= offset.width ? toSignal(0) : offset.slice(bits, offset.width - bits).notEquals(0);
  });
  return choose(window, beyond);
}

/** Whether a number is more than `most`; without a carry, whose chain takes a cell for each bit. */
function exceeds(number: Signal, most: number): Signal {
  return number
    .bits()
    .reduce<Signal>((more, bit, i) => ((most >> i) & 1 ? more.and(bit) : more.or(bit)), toSignal(0));
}

/** The value beside the first condition that is 1. */
function firstOf(cases: readonly (readonly [Signal, number])[], otherwise: number): Signal {
  return cases.reduceRight<Signal>((rest, [when, value]) => mux(when, value, rest), toSignal(otherwise));
}
