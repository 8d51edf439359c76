import { expect, test } from 'vitest';
import { namedNets, withNamesOf } from '../../../sim/activity/index.ts';

/*
 * The nets of a netlist, with all names under which a dump may have them.
 */

function netlist(
  creator: string,
  netnames: Readonly<Record<string, object>>,
  driven: readonly number[],
): string {
  const cells = Object.fromEntries(
    driven.map(bit => [
      `cell${bit}`,
      { type: 'SB_LUT4', port_directions: { O: 'output', I0: 'input' }, connections: { O: [bit], I0: [90] } },
    ]),
  );
  const ports = { a: { direction: 'input', bits: [50] } };
  return JSON.stringify({ creator, modules: { top: { attributes: {}, ports, cells, netnames } } });
}

const yosys = netlist(
  'Yosys 0.55',
  {
    a: { bits: [50] },
    sum: { bits: [2, 3] },
    'core/total': { bits: [2, 3], offset: 4 },
    falling: { bits: [2, 3], upto: 1 },
    valid: { bits: [4] },
    one: { bits: [5], offset: 7 },
    open: { bits: [60, '1'] },
  },
  [2, 3, 4, 5],
);

test('have all their names, with dots and indices as the author writes them; what nothing drives is left out', () => {
  expect(namedNets(yosys)).toEqual([
    { bit: 50, name: 'a', names: ['a'] },
    { bit: 2, name: 'sum[0]', names: ['sum[0]', 'core.total[4]', 'falling[1]'] },
    { bit: 3, name: 'sum[1]', names: ['sum[1]', 'core.total[5]', 'falling[0]'] },
    { bit: 4, name: 'valid', names: ['valid'] },
    { bit: 5, name: 'one[7]', names: ['one[7]'] },
  ]);
});

const placed = netlist(
  'Next Generation Place and Route (Version nextpnr-0.8)',
  {
    a: { bits: [50] },
    a$SB_IO_IN: { bits: [10] },
    'sum[0]': { bits: [11] },
    'sum[1]': { bits: [12] },
    clear_$glb_sr: { bits: [13] },
    $PACKER_GND_NET: { bits: [14] },
  },
  [10, 11, 12, 13, 14],
);

test('of a placed netlist have the names without pads and buffers too; pads and constants are no nets', () => {
  expect(namedNets(placed)).toEqual([
    { bit: 10, name: 'a$SB_IO_IN', names: ['a$SB_IO_IN', 'a'] },
    { bit: 13, name: 'clear_$glb_sr', names: ['clear_$glb_sr', 'clear'] },
    { bit: 11, name: 'sum[0]', names: ['sum[0]'] },
    { bit: 12, name: 'sum[1]', names: ['sum[1]'] },
  ]);
});

test('get the names back that nextpnr has dropped', () => {
  const nets = withNamesOf(namedNets(placed), namedNets(yosys));
  expect(nets.find(({ bit }) => bit === 12)).toEqual({
    ...{ bit: 12, name: 'sum[1]' },
    names: ['sum[1]', 'core.total[5]', 'falling[0]'],
  });
});
