import type { Board } from '../board.ts';

/** iCEBreaker-bitsy v1: an UltraPlus 5K on a module with a USB bootloader in the FPGA itself. */
export const icebreakerBitsy: Board = {
  name: 'icebreaker-bitsy',
  title: 'iCEBreaker-bitsy v1',
  device: 'up5k',
  package: 'sg48',
  clock: { pin: '35', MHz: 12, pll: 'pad' },
  uart: { rx: '47', tx: '44' },
  leds: [
    { pin: '25', activeLow: true, label: 'red' },
    { pin: '6', activeLow: true, label: 'green' },
  ],
  buttons: [],
  programmer: {
    usb: '1d50:6146',
    commands: [
      ['dfu-util', '-d', '1d50:6146', '-a', '0', '-D', '{file}', '-R'],
      ['openFPGALoader', '-b', 'icebreaker-bitsy', '{file}'],
    ],
    note: 'Hold its button while it is plugged in: then its bootloader takes the bitstream.',
  },
};
