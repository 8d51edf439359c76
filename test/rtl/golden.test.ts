import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { goldenFiles } from '../../scripts/golden-files.ts';

const folder = fileURLToPath(new URL('../../rtl/verilog/', import.meta.url));

describe('the committed Verilog of the default configurations', () => {
  it.each([...goldenFiles()])(
    '%s is what is emitted; otherwise run `npx tsx scripts/golden.ts`',
    (path, text) => {
      expect(readFileSync(join(folder, path), 'utf8')).toBe(text);
    },
  );

  it('has no file that nothing emits', () => {
    expect(filesIn(folder).sort()).toEqual([...goldenFiles().keys()].sort());
  });
});

function filesIn(path: string): string[] {
  return readdirSync(path).flatMap(name => {
    const full = join(path, name);
    return statSync(full).isDirectory() ? filesIn(full) : [relative(folder, full)];
  });
}
