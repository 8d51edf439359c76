import type { Board } from '../board.ts';

/** iCESugar 1.5: an UltraPlus 5K behind a chip that shows itself as a drive. */
export const icesugar: Board = {
  name: 'icesugar',
  title: 'iCESugar 1.5',
  device: 'up5k',
  package: 'sg48',
  clock: { pin: '35', MHz: 12, pll: 'pad' },
  uart: { rx: '4', tx: '6' },
  flash: { sck: '15', cs: '16', mosi: '14', miso: '17' },
  leds: [
    { pin: '40', activeLow: true, label: 'red' },
    { pin: '41', activeLow: true, label: 'green' },
    { pin: '39', activeLow: true, label: 'blue' },
  ],
  buttons: [],
  programmer: {
    usb: '1d50:602b',
    commands: [['icesprog', '{file}']],
    drive: 'iCELink',
  },
};
