import type { Board } from '../board.ts';

/** Alchitry Cu: an HX8K with eight lights and a clock of 100 MHz. */
export const alchitryCu: Board = {
  name: 'alchitry-cu',
  title: 'Alchitry Cu',
  device: 'hx8k',
  package: 'cb132',
  clock: { pin: 'P7', MHz: 100 },
  uart: { rx: 'P14', tx: 'M9' },
  leds: ['J11', 'K11', 'K12', 'K14', 'L12', 'L14', 'M12', 'N14'].map((pin, index) => ({
    pin,
    activeLow: false,
    label: `LED ${index}`,
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
