import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from './pages.ts';

/*
 * All rooms speak to the user in one style, which CONTRIBUTING.md tells. It is read off the sources: the sentences in
 * the files of diagnostics.
 */

const rooms = ['constraints', 'flash', 'hdl-gen', 'host', 'ir', 'model', 'rtl', 'sim', 'synth'];
const files = rooms.flatMap(room =>
  readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
    .map(name => join(room, name))
    .filter(path => basename(path).endsWith('diagnostics.ts')),
);

/** Words that keep their capital at the beginning of a sentence. */
const names = /^(?:Icarus|Yosys|Tercet|Node|[A-Z]{2,})\b/;

interface Sentence {
  readonly place: string;
  readonly text: string;
}

/** The literals in a file that are sentences, which have three words at least. */
function sentencesOf(path: string): Sentence[] {
  const code = readFileSync(join(root, path), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, comment =>
    comment.replaceAll(/[^\n]/g, ' '),
  );
  return code.split('\n').flatMap((line, i) =>
    [...line.matchAll(/(?:seen|help|[?:]) *:? *(?:"([^"]*)"|'([^']*)'|`(.*)`),?$/g)]
      .map(match => match[1] ?? match[2] ?? match[3]!)
      .filter(text => text.split(' ').length >= 3)
      .map(text => ({ place: `${path}:${i + 1}`, text })),
  );
}

describe('messages', () => {
  const sentences = files.flatMap(sentencesOf);
  const placesOf = (isWrong: (text: string) => boolean): string[] =>
    sentences.filter(({ text }) => isWrong(text)).map(({ place, text }) => `${place}: ${text}`);

  test('are found', () => {
    expect(files).toContain('synth/diagnostics.ts');
    expect(sentences.length).toBeGreaterThan(150);
  });

  test('begin small', () => {
    expect(placesOf(text => /^[A-Z]/.test(text) && !names.test(text))).toEqual([]);
  });

  test('end without a full stop', () => {
    expect(placesOf(text => /[^.]\.$/.test(text))).toEqual([]);
  });

  test("have the user's own things in single quotes", () => {
    expect(placesOf(text => /"\$\{[^}]*\}"/.test(text))).toEqual([]);
  });
});
