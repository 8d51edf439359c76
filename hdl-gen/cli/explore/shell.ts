/** A text as one word of a POSIX shell: in single quotes where it has anything that the shell would look at. */
export function shellWord(text: string): string {
  return /^[\w./,:=@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
