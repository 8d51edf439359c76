/** A name out of a file for a message: a damaged file may hold endless words. */
export function brief(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 60)}...`;
}
