import type { Board } from '../board.ts';

/** Fomu PVT: an UltraPlus 5K inside a USB port. */
export const fomu: Board = {
  name: 'fomu',
  title: 'Fomu PVT',
  device: 'up5k',
  package: 'uwg30',
  clock: { pin: 'F4', MHz: 48 },
  leds: [
    { pin: 'B5', activeLow: true, label: 'blue' },
    { pin: 'A5', activeLow: true, label: 'green' },
    { pin: 'C5', activeLow: true, label: 'red' },
  ],
  buttons: [],
  programmer: {
    usb: '1209:5bf0',
    commands: [
      ['dfu-util', '-d', '1209:5bf0', '-D', '{file}'],
      ['openFPGALoader', '-b', 'fomu', '{file}'],
    ],
  },
};
