import type { Board } from '../board.ts';

/** pico-ice: an UltraPlus 5K beside an RP2040, which gives it its clock and its bitstream. */
export const picoIce: Board = {
  name: 'pico-ice',
  title: 'pico-ice',
  device: 'up5k',
  package: 'sg48',
  clock: {
    pin: '35',
    MHz: 12,
    pll: 'pad',
    note: 'The firmware of its RP2040 makes the clock: it has to be set to 12 MHz.',
  },
  uart: { rx: '27', tx: '25' },
  leds: [
    { pin: '39', activeLow: true, label: 'green' },
    { pin: '40', activeLow: true, label: 'blue' },
    { pin: '41', activeLow: true, label: 'red' },
  ],
  buttons: [],
  programmer: {
    usb: '1209:b1c0',
    commands: [['dfu-util', '-d', '1209:b1c0', '-a', '0', '-D', '{file}', '-R']],
  },
};
