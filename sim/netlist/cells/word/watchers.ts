import { type DomainId, type NetId, type Property, uint } from '../../../../ir/index.ts';
import type { CellReader, NetlistCell } from '../../cell.ts';
import type { PrintTrigger } from '../../print.ts';
import { parseFormat } from '../../print-format.ts';

/** Cells that watch a design: what it prints, and what it claims of itself. */

/** The trigger of a cell; undefined where its clock never ticks. */
function triggerOf(cell: NetlistCell): PrintTrigger | undefined {
  if (!cell.flag('TRG_ENABLE')) return { kind: 'change' };
  const places = cell.bits('TRG').map((_, i) => i);
  if (places.length === 0) return { kind: 'start' };
  // Of `posedge clk or posedge rst` one is the clock; the other is seen as a level that changes.
  const clock = places.find(i => cell.isClock('TRG', i)) ?? 0;
  const isFalling = (i: number) => ((cell.value('TRG_POLARITY') >> BigInt(i)) & 1n) === 0n;
  const domain = cell.domain('TRG', isFalling(clock), clock);
  if (domain === undefined) return undefined;
  const levels = places
    .filter(i => i !== clock)
    .map(i => (isFalling(i) ? cell.builder.not(cell.vectorOf('TRG', i, 1)) : cell.vectorOf('TRG', i, 1)));
  return { kind: 'edge', domain, isFalling: isFalling(clock), levels };
}

const print: CellReader = {
  watch: cell => {
    const b = cell.builder;
    const when = triggerOf(cell);
    if (when === undefined) return;
    const kept = (net: NetId): NetId =>
      when.kind === 'edge' && when.isFalling ? register(cell, net, when.domain) : net;
    const parts = parseFormat(cell.text('FORMAT') ?? '');
    let low = 0;
    const values = parts.map(part => {
      if (typeof part === 'string' || part.bits === 0) return undefined;
      const value = cell.vectorOf('ARGS', low, part.bits);
      low += part.bits;
      return kept(value);
    });
    const enable = kept(cell.vectorOf('EN', 0, 1));
    b.prints.push({ name: cell.name, when, enable, parts, values, source: cell.source });
  },
};

/** A register that takes a net at every edge. */
function register(cell: NetlistCell, next: NetId, domain: DomainId): NetId {
  const b = cell.builder;
  const output = b.net(uint(b.interval(next).width));
  b.register(output, { next, domain, initial: 0n });
  return output;
}

const kinds: Readonly<Record<string, Property['kind']>> = {
  assert: 'assert',
  assume: 'assume',
  cover: 'cover',
};

const check: CellReader = {
  watch: cell => {
    const b = cell.builder;
    const flavor = cell.text('FLAVOR') ?? '';
    const kind = kinds[flavor];
    const when = triggerOf(cell);
    if (kind === undefined) cell.warn(`it is not checked: '${flavor}' says something about runs without end`);
    else if (when?.kind === 'start') cell.warn('it is not checked: it is about the beginning alone');
    if (kind === undefined || when === undefined || when.kind === 'start') return;
    const [holds, enabled] = [cell.vectorOf('A', 0, 1), cell.vectorOf('EN', 0, 1)];
    b.properties.push({
      kind,
      condition: kind === 'cover' ? b.and(enabled, holds) : b.or(b.not(enabled), holds),
      why: cell.sourceText() || `${kind} '${cell.name}'`,
      source: cell.source,
      domain: when.kind === 'edge' ? when.domain : undefined,
      countsResets: true,
    });
  },
};

export const watchers: Readonly<Record<string, CellReader>> = { $print: print, $check: check };
