/** The register map as the Markdown of docs/registers.md. */
import { addressBits, windowAddressBits, windows } from './address-space.ts';
import type { Field, Register } from './register.ts';
import { protocolVersion, registers } from './registers.ts';

/** The whole page. */
export function registerPage(): string {
  const { major, minor } = protocolVersion;
  return `# Registers

Version ${major}.${minor}. This page is made from \`protocol/registers.ts\`, as are the decoder in the hardware, the C header
[tercet_registers.h](../protocol/tercet_registers.h) and what the host reads and writes.

The device has addresses of ${addressBits} bits, each of a word of 32 bits. The two highest bits choose a window:

| window | addresses | holds |
| --- | --- | --- |
${windowRows()}

## The map

| address | register | access | what it is for |
| --- | --- | --- | --- |
${registers.map(({ address, name, access, meaning }) => `| ${hex(address)} | [${name}](#${name.toLowerCase()}) | ${access} | ${meaning} |`).join('\n')}

\`read\`: the device says it, a write does nothing. \`write\`: what was written is kept, and reads as 0. \`command\`: a
write makes something happen once; it reads as 0. Bits that no field names are 0; write 0 to them.

${registers.map(section).join('\n\n')}
`;
}

const held: Readonly<Record<keyof typeof windows, string>> = {
  registers: 'the registers of this page',
  weights: 'the weight image',
  activations: 'activations and initial values',
  results: 'sums',
};

function windowRows(): string {
  return (Object.keys(windows) as (keyof typeof windows)[])
    .map(name => {
      const first = windows[name] << windowAddressBits;
      return `| ${name} | ${hex(first)} to ${hex(first + 2 ** windowAddressBits - 1)} | ${held[name]} |`;
    })
    .join('\n');
}

function section({ name, fields }: Register): string {
  return `### ${name}

| bits | field | meaning | reset |
| --- | --- | --- | --- |
${fields.map(row).join('\n')}`;
}

function row({ name, low, width, signed, meaning, values, reset }: Field): string {
  const bits = width === 1 ? `${low}` : `${low + width - 1}..${low}`;
  const names = Object.entries(values ?? {}).map(([text, value]) => `${value} = \`${text}\``);
  const all = [meaning, ...(signed ? ['signed'] : []), ...(names.length > 0 ? [names.join(', ')] : [])];
  return `| ${bits} | ${name} | ${all.join('; ')} | ${reset === undefined ? '' : hex(reset)} |`;
}

function hex(value: number): string {
  return value < 10 ? `${value}` : `0x${value.toString(16)}`;
}
