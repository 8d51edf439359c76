/** Colours, sizes and fonts of all charts. The background is a part of the picture, so that any viewer shows the same. */
export const theme = {
  width: 960,
  height: 600,
  background: '#ffffff',
  ink: '#1b1f24',
  faint: '#57606a',
  grid: '#e4e7eb',
  frame: '#8c959f',
  font: "'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif",
  titleSize: 21,
  subtitleSize: 14,
  axisSize: 16,
  tickSize: 14,
  labelSize: 13,
} as const;

/** Colours that colour-blind people tell apart (after M. Okabe and K. Ito), dark enough for text on white. */
export const colors = ['#0067a5', '#c4500b', '#00795b', '#a3438c', '#7a5c00', '#3d4f5c'] as const;

/** Shapes of markers, in the same order. */
export const shapes = ['circle', 'square', 'triangle', 'diamond', 'plus', 'down'] as const;

export type Shape = (typeof shapes)[number];

/** How wide a text is, at most: glyphs of these fonts are 0.6 of their size on average. */
export function textWidth(content: string, size: number): number {
  return content.length * 0.6 * size;
}
