import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, test } from 'vitest';
import {
  type Box,
  breakdownChart,
  placeLabels,
  rooflineChart,
  type TradeOff,
  tradeOffChart,
} from '../../plot/index.ts';

/** An element as an XML parser sees it. */
interface Seen {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  text: string;
}

/** Reads a document with a parser of its own kind; it throws where the XML is not well-formed. */
function parsed(svg: string): Seen[] {
  const parser = new SaxesParser();
  const all: Seen[] = [];
  const open: Seen[] = [];
  parser.on('error', error => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const seen = { name, attributes, text: '' };
    all.push(seen);
    open.push(seen);
  });
  parser.on('text', content => {
    if (open.length > 0) open.at(-1)!.text += content;
  });
  parser.on('closetag', () => open.pop());
  parser.write(svg).close();
  return all;
}

const textsOf = (svg: string): string[] =>
  parsed(svg).flatMap(({ name, text }) => (name === 'text' ? [text] : []));

const example: TradeOff = {
  title: 'a < b & "c"',
  subtitle: 'of 4 points',
  benefitLabel: 'GMAC/s',
  costLabel: 'LC per MAC',
  series: [
    {
      name: 'tree',
      points: [
        { benefit: 1.7, cost: 21, tip: 'one' },
        { benefit: 13, cost: 18, tip: 'two', label: '64 lanes' },
      ],
    },
    { name: 'folded', points: [{ benefit: 7, cost: 15, tip: 'three\nlines', label: '32 lanes' }] },
  ],
  fronts: [
    {
      name: 'ternary',
      points: [
        { benefit: 7, cost: 15 },
        { benefit: 13, cost: 18 },
      ],
    },
  ],
};

describe('a trade-off', () => {
  test('is a picture with a background, titles, axes, a legend and tooltips', () => {
    const all = parsed(tradeOffChart(example));
    expect(all[0]).toMatchObject({ name: 'svg', attributes: { viewBox: '0 0 960 600' } });
    expect(all.find(({ name }) => name === 'rect')?.attributes).toMatchObject({
      width: '960',
      fill: '#ffffff',
    });
    expect(all.filter(({ name }) => name === 'title').map(({ text }) => text)).toEqual([
      ...['a < b & "c"', 'one', 'two', 'three\nlines'],
    ]);
    expect(textsOf(tradeOffChart(example))).toEqual(
      expect.arrayContaining([
        'a < b & "c"',
        'of 4 points',
        'GMAC/s',
        'LC per MAC',
        'tree',
        '64 lanes',
        '32 lanes',
        'Pareto front',
      ]),
    );
  });

  test('has round ticks, evenly for a small range and by ratio for a large one', () => {
    const texts = textsOf(tradeOffChart(example));
    expect(texts).toEqual(expect.arrayContaining(['2', '5', '10', '15', '16', '17', '18', '20']));
    const wide = {
      ...example,
      series: [{ name: 'x', points: [1, 1000].map(n => ({ benefit: n, cost: n, tip: '' })) }],
    };
    expect(textsOf(tradeOffChart({ ...wide, fronts: [] }))).toEqual(
      expect.arrayContaining(['1', '2', '5', '10', '100', '500', '1,000']),
    );
  });

  test('keeps points of different families apart by colour and by shape', () => {
    const marks = parsed(tradeOffChart({ ...example, fronts: [] })).filter(
      ({ attributes }) =>
        attributes['stroke-linejoin'] === 'round' &&
        attributes.stroke !== undefined &&
        attributes['paint-order'] === undefined,
    );
    expect(
      new Set(marks.map(({ name, attributes }) => `${name} ${attributes.stroke}`)).size,
    ).toBeGreaterThanOrEqual(3);
  });

  test('is well-formed for any points and any texts', () => {
    const number = fc.double({ min: 1e-6, max: 1e9, noNaN: true });
    const words = fc.oneof(
      fc.string(),
      fc.constantFrom('<\u0000&\u001b>', '"\ud800\uffff', ']]>', '\u{1f600}\t\n'),
    );
    const point = fc.record({
      benefit: number,
      cost: number,
      tip: words,
      label: fc.option(words, { nil: undefined }),
    });
    const series = fc.array(
      fc.record({ name: words, points: fc.array(point, { minLength: 1, maxLength: 6 }) }),
      {
        ...{ minLength: 1, maxLength: 4 },
      },
    );
    fc.assert(
      fc.property(series, words, (each, title) => {
        const fronts = each.map(({ name, points }) => ({ name, points }));
        const svg = tradeOffChart({ ...example, title, series: each, fronts });
        const numbers = parsed(svg).flatMap(({ attributes }) =>
          ['x', 'y', 'cx', 'cy', 'd'].flatMap(key => attributes[key] ?? []),
        );
        expect(numbers.filter(text => /NaN|Infinity|undefined/.test(text))).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });
});

describe('labels', () => {
  const overlap = (a: Box, b: Box): boolean =>
    Math.min(a.x + a.width, b.x + b.width) > Math.max(a.x, b.x) + 1e-9 &&
    Math.min(a.y + a.height, b.y + b.height) > Math.max(a.y, b.y) + 1e-9;

  test('lie on nothing and inside, wherever the points are', () => {
    const inside = { x: 0, y: 0, width: 600, height: 400 };
    const place = fc.record({
      x: fc.double({ min: 0, max: 600, noNaN: true }),
      y: fc.double({ min: 0, max: 400, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(place, { minLength: 1, maxLength: 25 }), points => {
        const wanted = points.map(({ x, y }) => ({ x, y, width: 70, height: 16 }));
        const markers = points.map(({ x, y }) => ({ x: x - 7, y: y - 7, width: 14, height: 14 }));
        const lines = [{ x: 0, y: 200, width: 600, height: 3 }];
        const boxes = placeLabels(wanted, markers, lines, inside).filter(box => box !== undefined);
        for (const [i, box] of boxes.entries()) {
          expect([...markers, ...boxes.slice(i + 1)].filter(other => overlap(box, other))).toEqual([]);
          expect(box.x >= 0 && box.y >= 0 && box.x + 70 <= 600 && box.y + 16 <= 400).toBe(true);
        }
      }),
    );
  });

  test('are all there where there is room', () => {
    const wanted = [100, 200, 300].map(x => ({ x, y: 50, width: 60, height: 16 }));
    const boxes = placeLabels(wanted, [], [], { x: 0, y: 0, width: 500, height: 100 });
    expect(boxes.map(box => box?.x)).toEqual([111, 211, 311]);
  });
});

describe('a roofline', () => {
  const roofs = {
    title: 'tree on UP5K',
    subtitle: 'int8',
    weightGBytes: 8.5,
    flat: [
      { name: 'logic cells', gmacs: 30 },
      { name: 'activations', gmacs: 6.8 },
    ],
    point: { intensity: 4, gmacs: 5.6, label: '64 lanes: 5.6 GMAC/s' },
  };

  test('names its roofs and its point', () => {
    expect(textsOf(rooflineChart(roofs))).toEqual(
      expect.arrayContaining([
        'logic cells',
        'activations',
        'weights from memory',
        '64 lanes: 5.6 GMAC/s',
        'GMAC/s',
      ]),
    );
    expect(textsOf(rooflineChart({ ...roofs, weightGBytes: undefined }))).not.toContain(
      'weights from memory',
    );
  });

  test('is well-formed for any figures', () => {
    const number = fc.double({ min: 1e-4, max: 1e5, noNaN: true });
    const flat = fc.array(fc.record({ name: fc.string(), gmacs: number }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(number, flat, number, number, (weightGBytes, each, intensity, gmacs) => {
        const svg = rooflineChart({
          ...roofs,
          weightGBytes,
          flat: each,
          point: { intensity, gmacs, label: 'x' },
        });
        expect(svg).not.toMatch(/NaN|Infinity/);
        parsed(svg);
      }),
    );
  });
});

describe('a breakdown', () => {
  const part = fc
    .tuple(fc.double({ min: 0.001, max: 1e6, noNaN: true }), fc.double({ min: 1, max: 9, noNaN: true }))
    .map(([mid, factor]) => ({ name: 'a <part>', low: mid / factor, mid, high: mid * factor }));
  const groups = fc.array(
    fc.record({ name: fc.constant('by & kind'), parts: fc.array(part, { minLength: 1, maxLength: 8 }) }),
    { minLength: 1, maxLength: 2 },
  );
  const numbers = (attributes: Readonly<Record<string, string>>, ...names: readonly string[]) =>
    names.map(name => Number(attributes[name]));

  test('has a bar for each part, as long as it is large, with a line from low to high', () => {
    fc.assert(
      fc.property(groups, drawn => {
        const svg = breakdownChart({ title: 'of <it>', subtitle: 's', unit: 'mW', groups: drawn });
        const parts = drawn.flatMap(group => group.parts);
        const all = parsed(svg);
        // The first is the background.
        const bars = all.filter(({ name }) => name === 'rect').slice(1);
        expect(bars).toHaveLength(parts.length);
        const highest = Math.max(...parts.map(({ high }) => high));
        for (const [i, { mid }] of parts.entries()) {
          const [x, width, y] = numbers(bars[i]!.attributes, 'x', 'width', 'y') as [number, number, number];
          expect(width).toBeCloseTo((560 * mid) / highest, 1);
          expect(x + width).toBeLessThan(960);
          expect(y).toBeLessThan(600);
        }
        const ends = all.filter(({ name, attributes }) => name === 'line' && attributes.y1 === attributes.y2);
        expect(ends).toHaveLength(parts.length);
        for (const [i, { low, high }] of parts.entries()) {
          const [from, to] = numbers(ends[i]!.attributes, 'x1', 'x2') as [number, number];
          expect(to - from).toBeCloseTo((560 * (high - low)) / highest, 1);
        }
      }),
    );
  });

  test('tells each figure, and shows the end of a long name', () => {
    const name = 'a_very_long_top.with_a_core.and_an_array.of_rows.row_17';
    const parts = [{ name, low: 1, mid: 2, high: 4 }];
    const texts = textsOf(
      breakdownChart({ title: 't', subtitle: 's', unit: 'mW', groups: [{ name: 'g', parts }] }),
    );
    expect(texts).toContain('2.00 mW');
    expect(texts.some(text => text.startsWith('…') && name.endsWith(text.slice(1)))).toBe(true);
  });
});
