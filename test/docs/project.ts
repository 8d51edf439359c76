import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { root } from './pages.ts';

const { resolve } = createRequire(import.meta.url);
const loader = pathToFileURL(resolve('tsx/esm')).href;

/** What a program said. */
export interface Said {
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * A user's project in a new folder, in which `tercet` is the sources of this package (not what was compiled from
 * them some time ago).
 */
export class Project {
  readonly folder: string = mkdtempSync(join(tmpdir(), 'tercet-docs-'));

  constructor() {
    const json = (value: object): string => JSON.stringify(value);
    this.write('package.json', json({ type: 'module' }));
    this.write('node_modules/tercet/package.json', json({ type: 'module', exports: './index.js' }));
    const door = pathToFileURL(join(root, 'index.ts')).href;
    this.write('node_modules/tercet/index.js', `export * from '${door}';\n`);
    // A user installs what Tercet needs together with it.
    const tools = join(root, 'node_modules', '@yowasp');
    symlinkSync(tools, join(this.folder, 'node_modules', '@yowasp'));
    const compilerOptions = {
      paths: { tercet: [join(root, 'index.ts')] },
      typeRoots: [join(root, 'node_modules', '@types')],
    };
    const include = ['**/*.ts'];
    this.write('tsconfig.json', json({ extends: join(root, 'tsconfig.json'), compilerOptions, include }));
  }

  write(name: string, text: string): void {
    const path = join(this.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }

  /** What the type checker finds in all files. */
  async typeErrors(): Promise<string> {
    const compiler = join(dirname(resolve('typescript/package.json')), 'bin', 'tsc');
    try {
      await promisify(execFile)(process.execPath, [compiler, '-p', '.'], { cwd: this.folder });
      return '';
    } catch (error) {
      return (error as Said).stdout;
    }
  }

  /**
   * Runs a command line of a page in a folder of the project: `npx tsx file.ts` or `npx hdl-gen …`.
   * @throws Error with what it said where it fails.
   */
  async run(line: string, folder: string): Promise<Said> {
    const [npx, program, ...words] = line.trim().split(/\s+/);
    if (npx !== 'npx') throw new Error(`a page may run npx only, not '${line}'`);
    const script = program === 'hdl-gen' ? [join(root, 'hdl-gen', 'cli', 'main.ts')] : [];
    return this.node([...script, ...words], join(this.folder, folder));
  }

  /** Runs TypeScript under Node. */
  node(words: readonly string[], cwd: string): Promise<Said> {
    const options = { cwd, env: { ...process.env, NO_COLOR: '1' }, maxBuffer: 2 ** 26 };
    return promisify(execFile)(process.execPath, ['--import', loader, ...words], options);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
