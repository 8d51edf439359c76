/** Files of a user under the names that a tool can have them by, and what the tool says with the user's own names. */
import type { FileSet } from './tool.ts';

// Yosys divides its commands at spaces and semicolons, writes ASCII alone into JSON, and has one folder with all below it.
const troublesome = /[^!-~]|[;"'\\]/g;

export class InsidePaths {
  readonly #inside = new Map<string, string>();

  /** A path: relative, without `.` and `..`, and in plain letters. */
  of(path: string): string {
    let inside = this.#inside.get(path);
    if (inside === undefined) {
      const parts = path.replaceAll('\\', '/').split('/');
      inside =
        parts
          .filter(part => part !== '' && part !== '.')
          .map(part => (part === '..' ? '_up' : part))
          .join('/')
          .replaceAll(troublesome, sign => `_${sign.charCodeAt(0).toString(16)}_`) || '.';
      this.#inside.set(path, inside);
    }
    return inside;
  }

  files(files: FileSet): FileSet {
    return Object.fromEntries(Object.entries(files).map(([path, content]) => [this.of(path), content]));
  }

  /** A text of the tool, with the paths as they were given. */
  told(text: string): string {
    const others = [...this.#inside].filter(
      ([path, inside]) => inside !== '.' && path !== inside && text.includes(inside),
    );
    // The longest first: one path may end another.
    const sorted = others.sort(([, a], [, b]) => b.length - a.length);
    return sorted.reduce((all, [path, inside]) => all.replaceAll(inside, path), text);
  }
}
