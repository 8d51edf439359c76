import type { Box } from './labels.ts';
import { element, type Part, text } from './svg.ts';
import { theme } from './theme.ts';

/** A label in its box, with some background around the letters so that a line behind them does no harm. */
export function labelText(content: string, box: Box, size: number, color: string): Part {
  return element(
    'text',
    {
      ...{ x: box.x + box.width / 2, y: box.y + size - 1, 'text-anchor': 'middle' },
      ...{ 'font-size': size, 'font-weight': 600, fill: color },
      ...{ stroke: theme.background, 'stroke-width': 4, 'stroke-linejoin': 'round', 'paint-order': 'stroke' },
    },
    text(content),
  );
}
