/** A word as a shell takes it, for a command that is told to the user. */
export function quoted(word: string): string {
  return /[^\w./-]/.test(word) ? `'${word.replaceAll("'", "'\\''")}'` : word;
}
