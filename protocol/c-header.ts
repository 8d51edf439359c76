/** The register map as a C header, `tercet_registers.h`. It is plain C99 and needs no other header. */
import { windowAddressBits, windows } from './address-space.ts';
import { protocolVersion, registers } from './registers.ts';

/** The text of the header. */
export function cHeader(): string {
  const { major, minor } = protocolVersion;
  const lines = [
    '/* Registers of a Tercet core. Made from protocol/registers.ts: do not change it by hand. */',
    '#ifndef TERCET_REGISTERS_H',
    '#define TERCET_REGISTERS_H',
    '',
    '#include <stdint.h>',
    '',
    define('VERSION_MAJOR_SUPPORTED', `${major}u`),
    define('VERSION_MINOR_SUPPORTED', `${minor}u`),
    '',
    '/* Windows: addresses of words of 32 bits. */',
    ...Object.entries(windows).map(([name, index]) =>
      define(`WINDOW_${upper(name)}`, hex(index << windowAddressBits)),
    ),
  ];
  for (const { name, address, access, meaning, fields } of registers) {
    const register = upper(name);
    lines.push('', `/* ${name} (${access}): ${meaning} */`, define(register, hex(address)));
    for (const field of fields) {
      const { low, width, meaning } = field;
      const prefix = `${register}_${upper(field.name)}`;
      lines.push(
        `/* ${meaning} */`,
        define(`${prefix}_LOW`, `${low}u`),
        define(`${prefix}_WIDTH`, `${width}u`),
      );
      if ('reset' in field) lines.push(define(`${prefix}_RESET`, hex(field.reset)));
      if ('values' in field)
        for (const [text, value] of Object.entries(field.values))
          lines.push(define(`${prefix}_IS_${upper(text)}`, `${value}u`));
    }
  }
  lines.push('', ...helpers, '#endif', '');
  return lines.join('\n');
}

const helpers = [
  '/* The number in a field of a word: TERCET_GET(word, GEOMETRY, LANES). */',
  '#define TERCET_GET(word, reg, field) \\',
  '  (((uint32_t)(word) >> TERCET_##reg##_##field##_LOW) & \\',
  '   (0xffffffffu >> (32u - TERCET_##reg##_##field##_WIDTH)))',
  '/* A number moved to its field, to be joined with | : TERCET_PUT(64u, GEOMETRY, LANES). */',
  '#define TERCET_PUT(value, reg, field) \\',
  '  (((uint32_t)(value) & (0xffffffffu >> (32u - TERCET_##reg##_##field##_WIDTH))) \\',
  '   << TERCET_##reg##_##field##_LOW)',
  '',
];

function define(name: string, value: string): string {
  return `#define TERCET_${name} ${value}`;
}

/** `activationBits` becomes `ACTIVATION_BITS`. */
function upper(name: string): string {
  return name.replaceAll(/([a-z])([A-Z])/g, '$1_$2').toUpperCase();
}

function hex(value: number): string {
  return `0x${value.toString(16)}u`;
}
