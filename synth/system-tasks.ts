/**
 * Tasks of Verilog that end a simulation or report something. Yosys has no cells for them, but for `$display` it has:
 * so they become displays that begin with a mark.
 */

/** What the text of a display begins with that stands for another task; the name of the task follows. */
export const taskMark = '\u0001';

const tasks = ['finish', 'stop', 'fatal', 'error', 'warning', 'info'] as const;

/** A task that stands behind a mark. */
export type SystemTask = (typeof tasks)[number];

/** Strings and comments are passed over; of a task the mark takes the place of the name and what is only for it. */
const pattern = new RegExp(
  [
    String.raw`"(?:\\[^]|[^"\\])*"`,
    String.raw`\/\/.*`,
    String.raw`\/\*[^]*?\*\/`,
    String.raw`\$(finish|stop)\b(?:\s*\(\s*\d*\s*\))?`,
    String.raw`\$(fatal)\b(?:\s*\(\s*\d+\s*(?=[,)]))?`,
    String.raw`\$(error|warning|info)\b(?:\s*\()?`,
  ].join('|'),
  'g',
);

/** The Verilog with displays for the other tasks, line by line the same. */
export function withMarkedTasks(verilog: string): string {
  return verilog.replaceAll(
    pattern,
    (found: string, ends?: string, fatal?: string, reports?: string, ...rest) => {
      const task = ends ?? fatal ?? reports;
      if (task === undefined) return found;
      const mark = `$display("\\001${task}${ends === undefined ? ' ' : ''}"`;
      // What stood between the name and the end of the match may have had ends of lines.
      const lines = found.replaceAll(/[^\n]/g, '');
      if (ends !== undefined) return `${mark}${lines})`;
      if (fatal !== undefined) return `${mark}${lines}${found === '$fatal' ? ')' : ''}`;
      const [offset, text] = rest as [number, string];
      if (!found.endsWith('(')) return `${mark}${lines})`;
      return `${mark}${lines}${/^\s*\)/.test(text.slice(offset + found.length)) ? '' : ', '}`;
    },
  );
}

/** The task that a printed text stands for and what it says beside; undefined for a plain text. */
export function markedTask(text: string): { readonly task: SystemTask; readonly says: string } | undefined {
  if (!text.startsWith(taskMark)) return undefined;
  const task = tasks.find(name => text.startsWith(name, taskMark.length));
  if (task === undefined) return undefined;
  return { task, says: text.slice(taskMark.length + task.length).trim() };
}
