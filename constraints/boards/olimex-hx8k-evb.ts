import type { Board } from '../board.ts';

/** Olimex iCE40HX8K-EVB: an HX8K with SRAM, programmed through an Olimexino-32U4. */
export const olimexHx8kEvb: Board = {
  name: 'olimex-hx8k-evb',
  title: 'Olimex iCE40HX8K-EVB',
  device: 'hx8k',
  package: 'ct256',
  clock: { pin: 'J3', MHz: 100 },
  leds: [
    { pin: 'M12', activeLow: false, label: 'LED1' },
    { pin: 'R16', activeLow: false, label: 'LED2' },
  ],
  buttons: [],
  programmer: {
    usb: '2341:8036',
    commands: [['iceprogduino', '{file}']],
    note: 'The USB id is that of the Olimexino-32U4 on the programming connector.',
  },
};
