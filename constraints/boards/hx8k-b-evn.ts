import type { Board } from '../board.ts';

/** Lattice iCE40-HX8K breakout board: the largest and fastest iCE40. */
export const hx8kBEvn: Board = {
  name: 'hx8k-b-evn',
  title: 'Lattice iCE40HX8K-B-EVN',
  device: 'hx8k',
  package: 'ct256',
  clock: { pin: 'J3', MHz: 12 },
  uart: { rx: 'B10', tx: 'B12' },
  leds: ['B5', 'B4', 'A2', 'A1', 'C5', 'C4', 'B3', 'C3'].map((pin, index) => ({
    pin,
    activeLow: false,
    label: `D${index + 2}`,
  })),
  buttons: [],
  programmer: {
    usb: '0403:6010',
    commands: [
      ['iceprog', '{file}'],
      ['openFPGALoader', '-b', 'ice40_generic', '-f', '{file}'],
    ],
    note: 'Jumpers J6 and J7 choose between the flash and the chip itself: set them for the flash.',
  },
};
