import { element, type Part, text } from './svg.ts';
import { theme } from './theme.ts';

/** A whole chart: its background, its title, and what is drawn. */
export function chart(
  title: string,
  subtitle: string,
  ...parts: readonly (Part | readonly Part[])[]
): string {
  const { width, height, background, font, titleSize, subtitleSize, ink, faint } = theme;
  const svg = element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${width} ${height}`,
      ...{ width, height, 'font-family': font, role: 'img' },
    },
    element('title', {}, text(title)),
    element('rect', { width, height, fill: background }),
    element('text', { x: 40, y: 42, 'font-size': titleSize, 'font-weight': 600, fill: ink }, text(title)),
    element('text', { x: 40, y: 66, 'font-size': subtitleSize, fill: faint }, text(subtitle)),
    ...parts,
  );
  return `${svg}\n`;
}
