import { readFileSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { run, withFiles } from '../support/tools.ts';

/*
 * Messages and the Verilog tell lines of TypeScript, however the TypeScript is run. In the test runner that is
 * shown by the tests in `refusals`; here a program of its own runs through tsx, and compiled by tsc.
 */
const program = 'test/lang/programs/refused.ts';
const root = resolve(import.meta.dirname, '../..');
const lines = readFileSync(join(root, program), 'utf8').split('\n');
const lineOf = (comment: string): string =>
  `${program}:${lines.findIndex(line => line.endsWith(`// ${comment}`)) + 1}`;

const expected = {
  at: lineOf('the refusal'),
  details: [`the unnamed result of 'assume' was made at ${lineOf('a signal')}`],
  total: lineOf('a signal of a helper of the language'),
};

test('under tsx', async () => {
  const { text } = await run(process.execPath, ['--import', 'tsx', program], root);
  expect(JSON.parse(text)).toEqual(expected);
});

test('compiled, through source maps', async () => {
  const options = {
    extends: join(root, 'tsconfig.json'),
    compilerOptions: {
      noEmit: false,
      rootDir: root,
      outDir: '.',
      sourceMap: true,
      declaration: false,
      typeRoots: [join(root, 'node_modules/@types')],
    },
    include: [],
    files: [join(root, program)],
  };
  const files = [
    { name: 'tsconfig.json', text: JSON.stringify(options) },
    { name: 'package.json', text: '{"type":"module"}' },
  ];
  const { text } = await withFiles(files, async folder => {
    const compiled = await run(join(root, 'node_modules/.bin/tsc'), ['-p', folder], root);
    expect(compiled).toEqual({ status: 0, text: '' });
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    return run(process.execPath, [join(folder, program.replace('.ts', '.js'))], root);
  });
  expect(JSON.parse(text)).toEqual(expected);
});

test('a message that nobody catches is printed without the stack of Tercet', async () => {
  const { text } = await run(process.execPath, ['--import', 'tsx', 'test/lang/programs/uncaught.ts'], root);
  // Before it Node shows the line that threw, and at the end its version.
  const shown = /^TCT[\s\S]*?\n\n/m.exec(text)![0].replaceAll(root, '');
  expect(shown).toMatchInlineSnapshot(`
    "TCT-1026: 'int' takes a whole number of bits from 1 to 16777216, not 0
      at test/lang/programs/uncaught.ts:3
      help: write 'int(bits)' or 'uint(bits)' with 1 bit or more, or 'range(smallest, largest)'
        at <anonymous> (/test/lang/programs/uncaught.ts:3:1)

    "
  `);
});
