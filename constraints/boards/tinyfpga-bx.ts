import type { Board } from '../board.ts';

/** TinyFPGA BX: an LP8K of a few square centimetres, with a USB bootloader in the FPGA itself. */
export const tinyfpgaBx: Board = {
  name: 'tinyfpga-bx',
  title: 'TinyFPGA BX',
  device: 'lp8k',
  package: 'cm81',
  clock: { pin: 'B2', MHz: 16 },
  leds: [{ pin: 'B3', activeLow: false, label: 'LED' }],
  buttons: [],
  programmer: {
    usb: '1d50:6130',
    commands: [['tinyprog', '-p', '{file}']],
    note: 'Press its button first: then its bootloader takes the bitstream.',
  },
};
