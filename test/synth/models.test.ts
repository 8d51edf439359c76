import { expect, test } from 'vitest';
import { ice40ModelsOf, runYosys } from '../../synth/index.ts';

test('the models of some cells are these, and those that they are made of', async () => {
  const models = ice40ModelsOf(['SB_GB_IO', 'SB_RAM40_4KNR', 'SB_CARRY', 'my_own']);
  const modules = [...models.matchAll(/^module (\w+)/gm)].map(([, name]) => name);
  expect(modules.sort()).toEqual(['SB_CARRY', 'SB_GB_IO', 'SB_IO', 'SB_RAM40_4K', 'SB_RAM40_4KNR']);
  // Yosys finds nothing missing in any of them.
  const { log } = await runYosys({
    script: 'read_verilog models.v; hierarchy -check -top SB_GB_IO',
    files: { 'models.v': models },
    outputs: [],
  });
  expect(log).toContain('Top module:  \\SB_GB_IO');
});
