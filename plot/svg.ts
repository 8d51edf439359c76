/** A part of an SVG document, as text. */
export type Part = string & { readonly part: unique symbol };

/** What an attribute can be; undefined leaves it away. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element with its attributes and what is inside. */
export function element(
  name: string,
  attributes: Attributes,
  ...inside: readonly (Part | readonly Part[])[]
): Part {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? short(value) : escaped(value!)}"`)
    .join('');
  const content = inside.flat().join('');
  return (content === '' ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`) as Part;
}

/** Text between two tags. */
export function text(content: string): Part {
  return escaped(content) as Part;
}

/** A path: each command with its coordinates. */
export function path(commands: readonly (readonly [command: string, ...coordinates: number[]])[]): string {
  return commands
    .map(([command, ...coordinates]) => `${command}${coordinates.map(short).join(' ')}`)
    .join('');
}

function escaped(value: string): string {
  return value
    .replaceAll(unwritable, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** Characters that XML 1.0 has no way to write: controls, halves of a pair, and two more. */
const unwritable = /(?![\t\n\r])[\p{Cc}\p{Cs}\ufffe\uffff]/gu;

/** A hundredth of a pixel is enough. */
function short(value: number): string {
  return String(Math.round(value * 100) / 100);
}
