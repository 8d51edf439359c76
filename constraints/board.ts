/** What a board is: a chip in a package, and what its pins are wired to. */

/** A pin with something that a person sees or presses. */
export interface Indicator {
  /** The pin, as the package names it: `11`, `B5`. */
  readonly pin: string;
  /** True if 0 means lit or pressed. */
  readonly activeLow: boolean;
  /** What is printed beside it, or its colour. */
  readonly label: string;
}

/** How a bitstream gets onto the board. */
export interface Programmer {
  /** The board's USB id when it takes a bitstream, `vendor:product` in hexadecimal. */
  readonly usb: string;
  /** A part of the product name that its USB chip tells, where that names the board: many boards share an id. */
  readonly product?: string | undefined;
  /** Commands that write the flash, the usual one first; `{file}` stands for the bitstream. */
  readonly commands: readonly (readonly string[])[];
  /** The label of the drive as which the board shows itself, if it takes a bitstream as a file that is copied there. */
  readonly drive?: string | undefined;
  /** What a person has to know or do, such as a jumper or a button. */
  readonly note?: string | undefined;
}

/** A serial link to the computer, seen from the FPGA: it listens on `rx` and talks on `tx`. */
export interface Uart {
  readonly rx: string;
  readonly tx: string;
  /** A pin that has to be 1 while the link is in use, because it selects a chip on the same wires. */
  readonly keepHigh?: string | undefined;
}

/** The flash from which the board is configured, where a design may read it too: at its address 0 lies the bitstream. */
export interface SpiFlash {
  readonly sck: string;
  readonly cs: string;
  /** To the flash, and from it. */
  readonly mosi: string;
  readonly miso: string;
}

/** One board. */
export interface Board {
  /** What a user types: `icebreaker`. */
  readonly name: string;
  readonly title: string;
  /** A device that `findDevice` of `synth` knows. */
  readonly device: string;
  readonly package: string;
  readonly clock: {
    readonly pin: string;
    readonly MHz: number;
    /** `pad`: the pin belongs to a PLL, which takes its clock nowhere else; without it the PLL has it from the pin's input. */
    readonly pll?: 'pad' | undefined;
    /** What has to be done so that there is a clock. */
    readonly note?: string | undefined;
  };
  /** Absent where the board has no link of its own, or only pins for one. */
  readonly uart?: Uart | undefined;
  /** Absent where a bootloader stands before the bitstream, or where its pins are in use. */
  readonly flash?: SpiFlash | undefined;
  readonly leds: readonly Indicator[];
  readonly buttons: readonly Indicator[];
  readonly programmer: Programmer;
}
