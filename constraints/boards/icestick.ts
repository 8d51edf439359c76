import type { Board } from '../board.ts';

/** Lattice iCEstick: an HX1K on a USB stick. */
export const icestick: Board = {
  name: 'icestick',
  title: 'Lattice iCEstick',
  device: 'hx1k',
  package: 'tq144',
  clock: { pin: '21', MHz: 12 },
  uart: { rx: '9', tx: '8' },
  leds: ['99', '98', '97', '96', '95'].map((pin, index) => ({
    pin,
    activeLow: false,
    label: index < 4 ? `red D${index + 1}` : 'green D5',
  })),
  buttons: [],
  programmer: {
    usb: '0403:6010',
    commands: [
      ['iceprog', '{file}'],
      ['openFPGALoader', '-b', 'ice40_generic', '-f', '{file}'],
    ],
  },
};
