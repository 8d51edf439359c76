import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addressBits,
  addressOf,
  configurationHash,
  fnv1a,
  pack,
  type Register,
  rangeOf,
  registerOf,
  registers,
  unpack,
  windows,
} from '../../protocol/index.ts';
import { protocolFiles } from '../../scripts/protocol-files.ts';
import { missing, run, withFiles } from '../support/tools.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const rows: readonly Register[] = registers;
const compiler = ['cc', 'gcc', 'clang'].find(
  program => spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined,
);

describe('the register map', () => {
  it.each([...protocolFiles()])(
    'is what %s says; otherwise run `npx tsx scripts/protocol.ts`',
    (path, text) => {
      expect(readFileSync(join(root, path), 'utf8')).toBe(text);
    },
  );

  it('has one register at each address, without a gap, and each name once', () => {
    expect(rows.map(({ address }) => address)).toEqual(rows.map((_, i) => i));
    expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
  });

  it.each(rows.map(row => [row.name, row] as const))('%s has fields that do not overlap', (_, { fields }) => {
    let free = 0;
    for (const field of fields) {
      expect(field.low).toBeGreaterThanOrEqual(free);
      free = field.low + field.width;
      const [least, most] = rangeOf(field);
      for (const value of [field.reset ?? least, ...Object.values(field.values ?? {})]) {
        expect(value).toBeGreaterThanOrEqual(least);
        expect(value).toBeLessThanOrEqual(most);
      }
    }
    expect(free).toBeLessThanOrEqual(32);
    expect(new Set(fields.map(({ name }) => name)).size).toBe(fields.length);
  });

  it('writes sentences without a full stop', () => {
    const all = rows.flatMap(({ meaning, fields }) => [meaning, ...fields.map(field => field.meaning)]);
    expect(all.filter(text => text.endsWith('.'))).toEqual([]);
  });
});

describe('fields of a word', () => {
  it('lie where the row says', () => {
    const geometry = { lanes: 64, rows: 3, batch: 8 };
    expect(pack(registerOf('geometry'), geometry)).toBe(64 + 3 * 2 ** 16 + 8 * 2 ** 24);
    expect(unpack(registerOf('geometry'), 0xff03_0040)).toEqual({ lanes: 64, rows: 3, batch: 255 });
  });

  it('come back, signed ones and those of all 32 bits too', () => {
    const register = fc
      .uniqueArray(fc.integer({ min: 1, max: 31 }), { maxLength: 5 })
      .chain(cuts => {
        const ends = [0, ...cuts.sort((a, b) => a - b), 32];
        return fc.tuple(
          ...ends.slice(1).map((end, i) => fc.tuple(fc.constant([ends[i]!, end] as const), fc.boolean())),
        );
      })
      .map(
        (parts): Register => ({
          name: 'any',
          address: 0,
          access: 'write',
          meaning: 'drawn',
          fields: parts.map(([[low, end], signed], i) => ({
            name: `f${i}`,
            low,
            width: end - low,
            signed,
            meaning: 'drawn',
          })),
        }),
      );
    const withValues = register.chain(row =>
      fc.tuple(
        fc.constant(row),
        fc.tuple(...row.fields.map(field => fc.integer({ min: rangeOf(field)[0], max: rangeOf(field)[1] }))),
      ),
    );
    fc.assert(
      fc.property(withValues, ([row, numbers]) => {
        const values = Object.fromEntries(row.fields.map(({ name }, i) => [name, numbers[i]!]));
        const word = pack(row, values);
        // A second way to make the word: on BigInt, by powers of two.
        const expected = row.fields.reduce(
          (sum, { low, width }, i) => sum + (BigInt.asUintN(width, BigInt(numbers[i]!)) << BigInt(low)),
          0n,
        );
        expect(BigInt(word)).toBe(expected);
        expect(unpack(row, word)).toEqual(values);
      }),
    );
  });

  it('refuse what does not fit', () => {
    const geometry = registerOf('geometry');
    expect(() => pack(geometry, { lanes: 65_536, rows: 1, batch: 1 })).toThrow(
      "'geometry.lanes' takes 0 to 65535, not 65536",
    );
    expect(() => pack(geometry, { lanes: 1.5, rows: 1, batch: 1 })).toThrow(RangeError);
    expect(() => pack(geometry, { lanes: 1, rows: -1, batch: 1 })).toThrow(RangeError);
  });
});

describe('addresses', () => {
  it('have the window in the two highest bits', () => {
    expect(addressBits).toBe(18);
    expect(addressOf('registers', 3)).toBe(3);
    expect(addressOf('results', 0xffff)).toBe(0x3ffff);
    expect(Object.values(windows)).toEqual([0, 1, 2, 3]);
  });

  it('outside the window are refused', () => {
    expect(() => addressOf('weights', 65_536)).toThrow(
      "window 'weights' has the words 0 to 65535, not 65536",
    );
  });
});

describe('the hash of a configuration', () => {
  it('is FNV-1a: its published values', () => {
    // From the test suite of the authors, http://www.isthe.com/chongo/tech/comp/fnv/
    const hash = (text: string): number => fnv1a(new TextEncoder().encode(text));
    expect(hash('')).toBe(0x811c9dc5);
    expect(hash('a')).toBe(0xe40c292c);
    expect(hash('foobar')).toBe(0xbf9cf968);
  });

  it('does not depend on the order of the keys, and tells values apart', () => {
    const hash = configurationHash({ lanes: 64, encoding: '2bit' });
    expect(configurationHash({ encoding: '2bit', lanes: 64 })).toBe(hash);
    expect(configurationHash({ encoding: '2bit', lanes: 32 })).not.toBe(hash);
    expect(configurationHash({ encoding: '2bit', lanes: '64' })).not.toBe(hash);
  });
});

const withC = compiler === undefined ? it.skip : it;

describe('the C header', () => {
  withC(
    `is C99, and says the same as the table${missing(compiler !== undefined, 'a C compiler')}`,
    async () => {
      const header = protocolFiles().get('protocol/tercet_registers.h')!;
      const checks = rows.flatMap(row =>
        row.fields.map(field => {
          const name = (text: string): string => text.replaceAll(/([a-z])([A-Z])/g, '$1_$2').toUpperCase();
          const most = 2 ** field.width - 1;
          return `if (TERCET_GET(TERCET_PUT(${most}u, ${name(row.name)}, ${name(field.name)}), ${name(row.name)}, ${name(field.name)}) != ${most}u
          || TERCET_PUT(1u, ${name(row.name)}, ${name(field.name)}) != ${2 ** field.low}u || TERCET_${name(row.name)} != ${row.address}u) return 1;`;
        }),
      );
      const program = `#include "tercet_registers.h"\nint main(void) {\n${checks.join('\n')}\nreturn 0; }\n`;
      const files = [
        { name: 'tercet_registers.h', text: header },
        { name: 'main.c', text: program },
      ];
      await withFiles(files, async folder => {
        const args = ['-std=c99', '-Wall', '-Wextra', '-pedantic', '-Werror', 'main.c', '-o', 'main'];
        expect(await run(compiler!, args, folder)).toEqual({ status: 0, text: '' });
        expect((await run(join(folder, 'main'), [], folder)).status).toBe(0);
      });
    },
  );
});
