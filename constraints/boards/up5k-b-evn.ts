import type { Board } from '../board.ts';

/** Lattice iCE40UP5K-B-EVN: an UltraPlus 5K breakout board. */
export const up5kBEvn: Board = {
  name: 'up5k-b-evn',
  title: 'Lattice iCE40UP5K-B-EVN',
  device: 'up5k',
  package: 'sg48',
  clock: { pin: '35', MHz: 12, pll: 'pad' },
  leds: [
    // The three pins of the chip that drive colours can only pull down.
    { pin: '39', activeLow: true, label: 'RGB 0' },
    { pin: '40', activeLow: true, label: 'RGB 1' },
    { pin: '41', activeLow: true, label: 'RGB 2' },
  ],
  buttons: [],
  programmer: {
    usb: '0403:6010',
    commands: [
      ['iceprog', '{file}'],
      ['openFPGALoader', '-b', 'ice40_generic', '-f', '{file}'],
    ],
    note: 'Set the jumpers for programming the flash, and for 12 MHz at pin 35.',
  },
};
