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
  /** The board's USB id, `vendor:product`. */
  readonly usb: string;
  /** Commands that can do it, the usual one first; `{file}` stands for the bitstream. */
  readonly commands: readonly (readonly string[])[];
  /** What a person has to know, such as a jumper. */
  readonly note?: string;
}

/** One board. */
export interface Board {
  /** What a user types: `icebreaker`. */
  readonly name: string;
  readonly title: string;
  /** A device that `findDevice` of `synth` knows. */
  readonly device: string;
  readonly package: string;
  readonly clock: { readonly pin: string; readonly MHz: number };
  /** Seen from the FPGA: it listens on `rx` and talks on `tx`. */
  readonly uart?: { readonly rx: string; readonly tx: string };
  readonly leds: readonly Indicator[];
  readonly buttons: readonly Indicator[];
  readonly programmer: Programmer;
}
