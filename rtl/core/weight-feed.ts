import { concat, named, register, registered, type Signal } from '../../hdl-gen/lang/index.ts';
import { byteOf, type PlacedCode } from '../../protocol/index.ts';
import { weightDecoder } from '../ternary/index.ts';
import type { CoreGeometry } from './parameters.ts';

/*
 * From words of the weight store to the codes of the array.
 *
 *     store -> decoder of all places -> a register for each bit, which takes its word's cycle
 *                                         -> another one where the bit has to wait within the step
 *
 * Nothing is loaded twice and no row of registers waits for another: each word is taken apart in the cycle in which most of
 * its codes are due, and each bit changes in the cycle in which it is due (protocol/weight-image.ts).
 */

/**
 * The codes of each row. `word` came out of the store in this cycle; `cycle` has a bit for each cycle of a step, of which the
 * one is 1 in which the address of the next word was given.
 */
export function weightFeed(
  { image, arrayLayout }: CoreGeometry,
  word: Signal,
  cycle: readonly Signal[],
): Signal[][] {
  const { batch, packing, rows, activationRegisters, weightRegisters } = image.geometry;
  const decoded = packing === 'bits' ? undefined : decodeAll(word, image.codes);
  // An address is given in one cycle, its word is there in the next, behind registers of address and word later.
  // Where a clock is fast each of these cycles has a register of its own, which can be close to what carries it to all rows.
  const isFast = activationRegisters === 1;
  const enables = isFast ? named({ takes: cycle.map((_, i) => registered(cycle.at(i - 1)!)) }).takes : cycle;
  const during = (phase: number): Signal | undefined =>
    batch === 1 ? undefined : enables[(phase + 1 + activationRegisters + weightRegisters) % batch];
  const bits = new Map<string, Signal>();
  for (const { row, code, bit, word: number, place, waits } of image.codes) {
    const phase = image.phases[number]!;
    for (const [i, wait] of waits.entries()) {
      const source = decoded === undefined ? word.bit(place) : decoded[place]!.bit(i);
      let value = taken(source, during(phase));
      for (let waited = 0; waited < wait; ) {
        const step = Math.min(batch, wait - waited);
        waited += step;
        value = taken(value, during(phase + waited));
      }
      bits.set(`${row} ${code} ${bit + i}`, value);
    }
  }
  const w = Array.from({ length: rows }, (_, row) =>
    arrayLayout.w.map((times, code) => concat(...times.map((_, bit) => bits.get(`${row} ${code} ${bit}`)!))),
  );
  return named({ w }).w;
}

function taken(value: Signal, when: Signal | undefined): Signal {
  return when === undefined ? registered(value) : register(value.interval, { enable: when }).next(value);
}

/** The codes at all places of a word that are used. */
function decodeAll(word: Signal, codes: readonly PlacedCode[]): Signal[] {
  const places = Math.max(...codes.map(({ place }) => place)) + 1;
  const bytes = Math.ceil(places / 5);
  const decoders = Array.from(
    { length: bytes },
    (_, byte) =>
      weightDecoder({ encoding: '5in8' })({ word: word.slice(8 * byte, 8) }, { name: `decoder_${byte}` }).w,
  );
  return Array.from({ length: places }, (_, place) => {
    const { byte, trit } = byteOf(place);
    return decoders[byte]![trit]!;
  });
}
