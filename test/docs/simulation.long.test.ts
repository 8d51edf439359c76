import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readPage, resultsOf, writePage } from './pages.ts';
import { Project, type Said } from './project.ts';

/*
 * The examples of docs/simulation.md are run, and what the page shows is what comes out. With UPDATE_DOCS=1 the blocks
 * of results are written anew.
 */
const update = process.env.UPDATE_DOCS === '1';
const page = readPage('docs/simulation.md');
const project = new Project();
const cache = mkdtempSync(join(tmpdir(), 'tercet-cache-'));

beforeAll(() => {
  for (const { file, text } of page.blocks) if (file !== undefined) project.write(`simulation/${file}`, text);
});
afterAll(() => {
  project.remove();
  rmSync(cache, { recursive: true });
  if (update) writePage(page);
});

test('all TypeScript of the page is accepted by the type checker', async () => {
  expect(await project.typeErrors()).toBe('');
});

describe('docs/simulation.md', () => {
  const commands = page.blocks.filter(({ language, text }) => language === 'sh' && text.startsWith('npx '));
  test.each(commands.map(block => [block.text.trim(), block] as const))('%s', async (line, block) => {
    process.env.TERCET_CACHE = cache;
    // A difference ends with the exit status 1.
    const { stdout, stderr } = await project.run(line, 'simulation').catch(error => error as Said);
    const [result] = resultsOf(page, block);
    const messages = /^error .*(\n {2}.*)*/m.exec(stderr)?.[0] ?? '';
    const shown = messages === '' ? stdout : `${stdout}\n${messages}\n`;
    if (result === undefined) return;
    if (update) result.text = shown;
    else expect(result.text).toBe(shown);
  });
});
