import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { encodeNpy, loadConstantWeights, loadWeights } from '../../model/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'tercet-weights-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const expected = { rows: 2, columns: 3, data: Int8Array.of(1, 0, -1, 0, 1, 1) };

describe('weights of a file', () => {
  test.each([
    { kind: 'text', content: '1 0 -1\n0 1 1\n' },
    { kind: 'text with commas, tabs, signs and empty lines', content: '\n+1,\t0, -1\r\n\r\n0;1;1' },
    { kind: 'JSON', content: '[[1, 0, -1], [0, 1, 1]]' },
    {
      kind: '.npy',
      content: encodeNpy({ dtype: 'float32', shape: [2, 3], data: Float32Array.of(1, 0, -1, 0, 1, 1) }),
    },
  ])('are read from $kind', ({ content }) => {
    expect(loadConstantWeights(file('w', content))).toEqual(expected);
    expect(loadWeights(file('w', content))).toEqual(expected);
  });

  test('may have a row of zeros where they are an input', () => {
    expect(loadWeights(file('w', '1 0\n0 0'))).toMatchObject({ rows: 2, data: Int8Array.of(1, 0, 0, 0) });
  });

  test('are no archive and no other binary file', () => {
    expect(() => loadWeights(file('w', Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0)))).toThrow(
      /begins with 50 4b 03 04/,
    );
  });

  test.each([
    { what: 'an empty file', content: '', message: /TCT-5019.*holds no matrix.*no weights/ },
    { what: 'a list without rows', content: '[]', message: /TCT-5019.*no weights/ },
    { what: 'broken JSON', content: '[[1, 0', message: /TCT-5019.*no JSON/ },
    { what: 'JSON that is no matrix', content: '[1, 0]', message: /TCT-5019.*not a list of rows/ },
    {
      what: 'rows of different lengths',
      content: '1 0 1\n1 0',
      message: /TCT-5020.*has 2 weights in row 1 and 3/,
    },
    { what: 'a weight of 2', content: '1 0\n-1 2', message: /TCT-5012.*weight 2 at row 1, column 1/ },
    { what: 'a word', content: '1 0\nx 1', message: /TCT-5012.*weight x at row 1, column 0/ },
    { what: 'nothing in JSON', content: '[[1, null]]', message: /TCT-5012.*weight null at row 0, column 1/ },
    { what: 'a text in JSON', content: '[["", 1]]', message: /TCT-5012.*at row 0, column 0/ },
    { what: 'a row of zeros', content: '1 0\n0 0\n', message: /TCT-5021.*only zeros in row 1/ },
  ])('are refused for $what', ({ content, message }) => {
    let said = '';
    try {
      loadConstantWeights(file('bad', content));
    } catch (error) {
      const { code, message } = error as Error & { code: string };
      said = `${code}: ${message}`;
    }
    expect(said).toMatch(message);
  });
});
