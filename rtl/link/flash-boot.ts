import {
  any,
  bit,
  component,
  concat,
  counter,
  mux,
  named,
  register,
  registered,
  type Signal,
  toSignal,
  uint,
} from '../../hdl-gen/lang/index.ts';
import { addressBits, bootMagic, crc32Polynomial, crc32Start, wordBits } from '../../protocol/index.ts';
import { states } from './states.ts';

export interface FlashBootParameters {
  readonly clockHz: number;
  /** Where the image begins in the flash, in bytes: less than 2^24. */
  readonly place: number;
}

/** How long a flash takes to wake up, in seconds: 3 us (W25Q) to 35 us (MX25R) by their data sheets. */
const wakeSeconds = 50e-6;

/** Commands of a serial flash: release from power-down (0xab), and read from an address of three bytes (0x03). */
const commands = { wake: 0xab, read: 0x03 } as const;

/**
 * Reads words for the core from the SPI flash of a board, once after the reset, and writes them to the host port:
 * `protocol/boot-image.ts` tells how they lie there. The flash is left in its power-down by the configuration of an iCE40, so it is
 * woken up first. `done` is 1 when all words are written, or where there is no image; `damaged` is 1 from then on where there is one whose CRC
 * is not that of its bytes, or which is cut off. What it has was written all the same, for nobody can tell before its end.
 *
 * SPI mode 0; a bit takes four cycles. Everything is sent and received in 32 bits, the highest first:
 *
 *     phase      0   1   2   3        `sck` and `cs_n` come out of registers, a cycle later
 *     sck        0   0   1   1
 *     mosi       ------ bit ----      changes where sck falls
 *     miso                   ^        taken a cycle before
 */
export const flashBoot = component('flash_boot', ({ clockHz, place }: FlashBootParameters) => ({
  inputs: { miso: bit, host: { ready: bit } },
  build({ miso, host }) {
    const state = states([
      ...(['begin', 'wake', 'pause', 'ask', 'magic', 'compare'] as const),
      ...(['head', 'look', 'words', 'put', 'sum', 'judge', 'done'] as const),
    ]);
    const at = state.in;
    const { shifting } = named({ shifting: any([at.wake, at.ask, at.magic, at.head, at.words, at.sum]) });
    const { ticks } = named({ ticks: register(uint(7), { reset: true, enable: shifting }) });
    ticks.next(ticks.add(1).wrap(uint(7)));
    const phase = ticks.slice(0, 2);
    const { bit_ends: bitEnds } = named({ bit_ends: shifting.and(phase.equals(3)) });
    const { ends } = named({ ends: shifting.and(ticks.equals(127)) });
    const { taken } = named({ taken: registered(miso) });

    const { bits } = named({
      bits: register(uint(wordBits), { enable: any([at.begin, at.pause, bitEnds]) }),
    });
    const ask = (commands.read * 2 ** 24 + place) >>> 0;
    const shifted = concat(taken, bits.slice(0, wordBits - 1));
    bits.next(mux(at.begin, (commands.wake << 24) >>> 0, mux(at.pause, ask, shifted)));
    // The first byte is the lowest one of a word.
    const word = concat(...[3, 2, 1, 0].map(byte => bits.slice(8 * byte, 8)));

    const countBits = wordBits - addressBits;
    const { address, left } = named({
      address: register(uint(addressBits), { enable: at.look.or(at.put.and(host.ready)) }),
      left: register(uint(countBits), { enable: at.look.or(at.put.and(host.ready)) }),
    });
    address.next(mux(at.look, word.slice(0, addressBits), address.add(1).wrap(address.interval)));
    const count = word.slice(addressBits, countBits);
    left.next(mux(at.look, count, left.sub(1).wrap(left.interval)));

    // The CRC goes over what comes bit by bit, from the one behind the question on.
    const { crc } = named({ crc: register(uint(wordBits), { enable: at.ask.or(bitEnds) }) });
    const toggled = crc.bit(wordBits - 1).xor(taken);
    const divided = Array.from({ length: wordBits }, (_, i) => {
      const before = i === 0 ? toSignal(0) : crc.bit(i - 1);
      return (crc32Polynomial >>> i) & 1 ? before.xor(toggled) : before;
    });
    crc.next(mux(at.ask, crc32Start, concat(...divided)));
    const { is_right: isRight } = named({ is_right: registered(crc.equals(0)) });

    const { isLast: isAwake } = counter(Math.ceil(clockHz * wakeSeconds), { reset: true, enable: at.pause });
    state.go('begin', toSignal(1), 'wake');
    state.go('wake', ends, 'pause');
    state.go('pause', isAwake, 'ask');
    state.go('ask', ends, 'magic');
    state.go('magic', ends, 'compare');
    const isImage = word.equals(bootMagic);
    state.go('compare', isImage, 'head');
    state.go('compare', isImage.not(), 'done');
    state.go('head', ends, 'look');
    const isCutOff = count.equals(2 ** countBits - 1);
    state.go('look', count.equals(0), 'sum');
    state.go('look', isCutOff, 'done');
    state.go('look', count.equals(0).or(isCutOff).not(), 'words');
    state.go('sum', ends, 'judge');
    // A cycle for the comparison.
    const { judged } = named({ judged: registered(at.judge, { reset: true }) });
    state.go('judge', judged, 'done');
    state.go('words', ends, 'put');
    const isLast = left.equals(1);
    state.go('put', host.ready.and(isLast), 'head');
    state.go('put', host.ready.and(isLast.not()), 'words');
    state.close();

    const { damaged } = named({ damaged: register(bit, { reset: true }) });
    damaged.next(any([damaged, at.look.and(isCutOff), at.judge.and(judged).and(isRight.not())]));
    const selected: Signal = any([at.begin, at.pause, at.judge, at.done]).not();
    const pins = named({
      sck: registered(shifting.and(phase.bit(1)), { reset: true }),
      // Kept as its inverse: flip-flops power up as 0, and nothing is selected then.
      selects: registered(selected, { reset: true }),
    });
    return {
      sck: pins.sck,
      cs_n: pins.selects.not(),
      mosi: bits.bit(wordBits - 1),
      done: at.done,
      damaged,
      host: { request: { write: at.put, address, data: word } },
    };
  },
}));
