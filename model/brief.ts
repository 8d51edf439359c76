/** A name out of a file for a message: a damaged file may hold endless words. */
export function brief(text: string): string {
  return printable(text.length <= 60 ? text : `${text.slice(0, 60)}...`);
}

/** A text out of a file for a terminal, which must not obey what stands in it: control characters become \u001b and the like. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, each => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
