import type { Board } from '../board.ts';

/** iCEBreaker 1.0: an UltraPlus 5K with SPRAM and DSP, and a USB serial port. */
export const icebreaker: Board = {
  name: 'icebreaker',
  title: 'iCEBreaker 1.0',
  device: 'up5k',
  package: 'sg48',
  clock: { pin: '35', MHz: 12, pll: 'pad' },
  uart: { rx: '6', tx: '9' },
  flash: { sck: '15', cs: '16', mosi: '14', miso: '17' },
  leds: [
    { pin: '11', activeLow: true, label: 'red' },
    { pin: '37', activeLow: true, label: 'green' },
  ],
  buttons: [{ pin: '10', activeLow: true, label: 'UBUTTON' }],
  programmer: {
    usb: '0403:6010',
    product: 'iCEBreaker',
    commands: [
      ['iceprog', '{file}'],
      ['openFPGALoader', '-b', 'ice40_generic', '-f', '{file}'],
    ],
  },
};
