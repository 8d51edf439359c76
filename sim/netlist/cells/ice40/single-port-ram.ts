import type { CellReader, NetlistCell } from '../../cell.ts';

/*
 * The RAM of 16,384 words of 16 bits, which are written by nibbles. What the hardware leaves open: its contents at
 * power-up are drawn from the seed; after a write, and in standby, the output keeps what it had. While it sleeps or is
 * off the output is 0, until the next read. Its contents survive, although the hardware loses them when it is off.
 */

const spram: CellReader = {
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
    const groups = nibbleGroups(cell);
    if (cell.resolved('POWEROFF', 0, '1') !== '1') cell.warn('its contents are kept while it is off');

    const isWhole = groups.length === 1 && awake === undefined;
    const data = groups.map((nibbles, g) => {
      const bits = nibbles.flatMap(nibble => [0, 1, 2, 3].map(i => 4 * nibble + i));
      const data = isWhole ? cell.output('DATAOUT') : b.unsigned(bits.length, `${cell.name}.DATAOUT`);
      const enable = cell.allOf(...selected, { port: 'WREN' }, { port: 'MASKWREN', index: nibbles[0]! });
      const written = cell.vector(
        bits.map(bit => cell.bits('DATAIN')[bit]),
        'DATAIN',
      );
      b.memory({
        name: groups.length === 1 ? cell.name : `${cell.name}_${g}`,
        width: bits.length,
        depth: 16384,
        initial: undefined,
        reads: [{ data, address, enable: reading, domain }],
        writes: [{ data: written, address, enable, domain }],
      });
      return { data, bits };
    });
    if (isWhole) return;
    const whole = b.gather(
      Array.from({ length: 16 }, (_, bit) => {
        const { data: net, bits } = data.find(group => group.bits.includes(bit))!;
        return { net, index: bits.indexOf(bit) };
      }),
    );
    if (awake === undefined) {
      b.copy(cell.output('DATAOUT'), whole);
      return;
    }
    const shows = b.unsigned(1, `${cell.name} has read`);
    b.register(shows, {
      next: b.constant(1n),
      enable: reading,
      domain,
      asynchronous: { when: b.not(awake), value: b.constant(0n) },
      initial: 1n,
    });
    cell.drive('DATAOUT', 'mux', [shows, whole, b.constant(0n, 16)], undefined);
  },
};

/** The nibbles that are always written together. */
function nibbleGroups(cell: NetlistCell): number[][] {
  const groups = new Map<unknown, number[]>();
  for (let nibble = 0; nibble < 4; nibble++) {
    const mask = cell.resolved('MASKWREN', nibble);
    groups.set(mask, [...(groups.get(mask) ?? []), nibble]);
  }
  return [...groups.values()];
}

export const singlePortRams: Readonly<Record<string, CellReader>> = {
  SB_SPRAM256KA: spram,
  ICESTORM_SPRAM: spram,
};
