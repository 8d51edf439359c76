/** `npx tsx scripts/golden.ts`: writes rtl/verilog/ anew, after the hardware or the emitter has changed. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { goldenFiles } from './golden-files.ts';

const folder = fileURLToPath(new URL('../rtl/verilog/', import.meta.url));
rmSync(folder, { recursive: true, force: true });
for (const [path, text] of goldenFiles()) {
  mkdirSync(dirname(folder + path), { recursive: true });
  writeFileSync(folder + path, text);
  console.log(`rtl/verilog/${path}`);
}
