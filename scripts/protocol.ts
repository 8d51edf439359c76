/** `npx tsx scripts/protocol.ts`: writes docs/registers.md and the C header anew, after the register map has changed. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { protocolFiles } from './protocol-files.ts';

for (const [path, text] of protocolFiles()) {
  writeFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), text);
  console.log(path);
}
