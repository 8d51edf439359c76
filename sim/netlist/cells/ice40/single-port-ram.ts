import type { CellReader } from '../../cell.ts';

/*
 * The RAM of 16,384 words of 16 bits, which are written by nibbles. What the hardware leaves open: its contents at
 * power-up are drawn from the seed; after a write, and in standby, the output keeps what it had. While it sleeps or is
 * off the output is 0, until the next read. Its contents survive, although the hardware loses them when it is off.
 */

const spram: CellReader = {
  form: { widths: { ADDRESS: 14, DATAIN: 16, MASKWREN: 4, DATAOUT: 16 } },
  outputs: ['DATAOUT'],
  read: cell => {
    const b = cell.builder;
    const domain = cell.domain('CLOCK');
    const awake = cell.allOf({ port: 'SLEEP', isInverted: true }, { port: 'POWEROFF', whenOpen: '1' });
    const selected = [
      { port: 'SLEEP', isInverted: true },
      { port: 'POWEROFF', whenOpen: '1' },
      { port: 'STANDBY', isInverted: true },
      { port: 'CHIPSELECT' },
    ] as const;
    const reading = cell.allOf(...selected, { port: 'WREN', isInverted: true });
    const address = cell.input('ADDRESS');
    const masks = [0, 1, 2, 3].map(nibble => cell.resolved('MASKWREN', nibble));
    const isUniform = masks.every(mask => mask === masks[0]);
    if (cell.resolved('POWEROFF', 0, '1') !== '1') cell.warn('its contents are kept while it is off');

    const data = awake === undefined ? cell.output('DATAOUT') : b.unsigned(16, `${cell.name}.DATAOUT`);
    b.memory({
      name: cell.name,
      width: 16,
      depth: 16384,
      initial: undefined,
      reads: [{ data, address, enable: reading, domain }],
      writes: [
        {
          data: cell.input('DATAIN'),
          address,
          enable: cell.allOf(...selected, { port: 'WREN' }, ...(isUniform ? [{ port: 'MASKWREN' }] : [])),
          mask: isUniform
            ? undefined
            : cell.vector(
                masks.flatMap(mask => [mask, mask, mask, mask]),
                'MASKWREN',
              ),
          domain,
        },
      ],
    });
    if (awake === undefined) return;
    const shows = b.unsigned(1, `${cell.name} has read`);
    b.register(shows, {
      next: b.constant(1n),
      enable: reading,
      domain,
      asynchronous: { when: b.not(awake), value: b.constant(0n) },
      initial: 1n,
    });
    cell.drive('DATAOUT', 'mux', [shows, data, b.constant(0n, 16)], undefined);
  },
};

export const singlePortRams: Readonly<Record<string, CellReader>> = {
  SB_SPRAM256KA: spram,
  ICESTORM_SPRAM: spram,
};
