import type { Board } from '../board.ts';

/** UPduino 3.x: an UltraPlus 5K with an FTDI chip for its flash. */
export const upduino: Board = {
  name: 'upduino',
  title: 'UPduino 3.x',
  device: 'up5k',
  package: 'sg48',
  clock: {
    pin: '20',
    MHz: 12,
    note: 'Close the solder bridge OSC, which brings 12 MHz to pin 20: the inner oscillator is off by up to 10 %.',
  },
  uart: { rx: '15', tx: '14', keepHigh: '16' },
  leds: [
    { pin: '41', activeLow: true, label: 'red' },
    { pin: '39', activeLow: true, label: 'green' },
    { pin: '40', activeLow: true, label: 'blue' },
  ],
  buttons: [],
  programmer: {
    usb: '0403:6014',
    commands: [
      ['iceprog', '{file}'],
      ['openFPGALoader', '-c', 'ft232', '-b', 'ice40_generic', '-f', '{file}'],
    ],
  },
};
