import type { CellReader, NetlistCell } from '../../cell.ts';

/*
 * Drivers of light-emitting diodes, as far as they are digital: a pin is 0 while its diode has current, and 1, as the
 * diode pulls it, while it has none. The strength of the current is not simulated.
 */

function ledDriver(...enables: readonly string[]): CellReader {
  const colours = ['0', '1', '2'];
  return {
    outputs: colours.map(colour => `RGB${colour}`),
    read: cell => {
      for (const colour of colours) driveLed(cell, colour, enables);
    },
  };
}

function driveLed(cell: NetlistCell, colour: string, enables: readonly string[]): void {
  const b = cell.builder;
  const ports = [...enables, `RGB${colour}PWM`];
  const isOn = cell.allOf(...ports.map(port => ({ port }))) ?? b.constant(1n);
  cell.drive(`RGB${colour}`, 'invert', [isOn], { width: 1 });
}

export const drivers: Readonly<Record<string, CellReader>> = {
  SB_RGBA_DRV: ledDriver('CURREN', 'RGBLEDEN'),
  SB_RGB_DRV: ledDriver('RGBPU', 'RGBLEDEN'),
  SB_LED_DRV_CUR: {
    outputs: ['LEDPU'],
    read: cell => cell.builder.copy(cell.output('LEDPU'), cell.input('EN')),
  },
};
