import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the package. */
export const root: string = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** A block of code in a page of documentation. */
export interface Block {
  /** What it is written in: `ts`, `sh`, `verilog`, `text`; and the file that it is, where it says so. */
  readonly language: string;
  readonly file: string | undefined;
  /** The line on which it begins, counted from 1. */
  readonly line: number;
  text: string;
}

/** A page, as prose and blocks in turn. */
export interface Page {
  readonly path: string;
  readonly text: string;
  readonly blocks: readonly Block[];
}

const fence = /^( *)```(\w+)(?: (\S+))?\n([\s\S]*?)^\1```$/gm;

/** Reads a page, named from the folder of the package. */
export function readPage(path: string): Page {
  const text = readFileSync(resolve(root, path), 'utf8');
  const blocks = [...text.matchAll(fence)].map(({ 1: indent, 2: language, 3: file, 4: content, index }) => ({
    language: language!,
    file,
    line: text.slice(0, index).split('\n').length,
    // In a list a block is indented.
    text: content!.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  }));
  return { path, text, blocks };
}

/** Writes a page again with the present texts of its blocks, none of which is indented. */
export function writePage({ path, text, blocks }: Page): void {
  let i = 0;
  const filled = text.replace(fence, (_, indent: string, language: string, file: string | undefined) => {
    const head = file === undefined ? language : `${language} ${file}`;
    return `${indent}\`\`\`${head}\n${blocks[i++]!.text}${indent}\`\`\``;
  });
  writeFileSync(resolve(root, path), filled);
}

/** The blocks of results that follow a block at once. */
export function resultsOf({ blocks }: Page, block: Block): readonly Block[] {
  const rest = blocks.slice(blocks.indexOf(block) + 1);
  const end = rest.findIndex(({ language }) => language !== 'text' && language !== 'verilog');
  return end < 0 ? rest : rest.slice(0, end);
}

/** The rows of the tables of a page: of each the cells. */
export function tableRows({ text }: Page): string[][] {
  const rows = text.split('\n').filter(line => line.startsWith('| ') && !line.startsWith('| --'));
  return rows.map(line =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map(cell => cell.trim()),
  );
}
