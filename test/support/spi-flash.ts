/** The pins of a flash, seen from outside. */
export interface FlashPins {
  readonly sck: number;
  readonly cs_n: number;
  readonly mosi: number;
}

/**
 * A serial flash as its data sheet tells it (W25Q128JV: release from power-down 0xab, read data 0x03, mode 0), in power-down at first, as the
 * configuration of an iCE40 leaves it. It looks at its pins in steps of a clock.
 */
export class SpiFlash {
  readonly #memory: Uint8Array;
  readonly #wakeSteps: number;
  #now = 0;
  #before: FlashPins = { sck: 0, cs_n: 1, mosi: 0 };
  #isAsleep = true;
  #readyAt = 0;
  #bits = 0;
  #command = 0;
  #address = 0;
  #out = 1;
  /** What it was asked for: commands, and behind that to read its address. */
  readonly asked: string[] = [];

  /** @param wakeSteps after which it takes commands: t_RES1, 3 us. */
  constructor(memory: Uint8Array, wakeSteps: number) {
    this.#memory = memory;
    this.#wakeSteps = wakeSteps;
  }

  /** A step with the pins as they are now; gives the level of its output. */
  step(pins: FlashPins): number {
    const before = this.#before;
    this.#before = pins;
    this.#now++;
    if (pins.cs_n === 1) {
      if (before.cs_n === 0) this.#end();
      return 1;
    }
    if (before.cs_n === 1) {
      if (pins.sck !== 0) throw new Error('the flash is selected while sck is 1');
      [this.#bits, this.#command, this.#address, this.#out] = [0, 0, 0, 1];
    }
    if (pins.sck === 1 && before.sck === 0) {
      // What is there before the edge and behind it has to be the same.
      if (pins.mosi !== before.mosi) throw new Error('mosi changes while it is taken');
      this.#take(pins.mosi);
    } else if (pins.sck === 0 && before.sck === 1) this.#give();
    return this.#out;
  }

  #take(bit: number): void {
    if (this.#bits < 8) this.#command = 2 * this.#command + bit;
    else if (this.#bits < 32) this.#address = 2 * this.#address + bit;
    this.#bits++;
    if (this.#bits === 32 && this.#command === 0x03) this.asked.push(this.#address.toString(16));
    if (this.#bits !== 8) return;
    this.asked.push(this.#command.toString(16));
    if (this.#isAsleep && this.#command !== 0xab) throw new Error('the flash sleeps');
    if (this.#now < this.#readyAt) throw new Error('the flash is not awake yet');
  }

  #give(): void {
    if (this.#command !== 0x03 || this.#bits < 32) return;
    const bit = this.#bits - 32;
    const byte = this.#memory[(this.#address + (bit >> 3)) % this.#memory.length]!;
    this.#out = (byte >> (7 - (bit & 7))) & 1;
  }

  #end(): void {
    if (this.#command !== 0xab || !this.#isAsleep) return;
    this.#isAsleep = false;
    this.#readyAt = this.#now + this.#wakeSteps;
  }
}
