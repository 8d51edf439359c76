import type { CellReader } from '../../cell.ts';

/**
 * All flip-flops, from SB_DFF to SB_DFFNESS. Their names tell what they have: N the falling edge, E an enable, S and R
 * after it a set or reset, and another S before these that it waits for the edge. They begin with 0.
 */
export const flipFlops: Readonly<Record<string, CellReader>> = Object.fromEntries(
  ['', 'N'].flatMap(edge =>
    ['', 'E'].flatMap(enable =>
      ['', 'SR', 'R', 'SS', 'S'].map(control => [
        `SB_DFF${edge}${enable}${control}`,
        flipFlop(edge === 'N', enable === 'E', control),
      ]),
    ),
  ),
);

function flipFlop(isFalling: boolean, hasEnable: boolean, control: string): CellReader {
  const isSet = control === 'SS' || control === 'S';
  const isAsynchronous = control === 'R' || control === 'S';
  return {
    form: { widths: {} },
    outputs: ['Q'],
    read: cell => {
      const b = cell.builder;
      const enable = hasEnable ? cell.input('E', '1') : undefined;
      const when = control === '' ? undefined : cell.input(isSet ? 'S' : 'R');
      const value = isSet ? 1n : 0n;
      b.register(cell.output('Q'), {
        next: cell.input('D'),
        domain: cell.domain('C', isFalling),
        enable,
        reset: when === undefined || isAsynchronous ? undefined : { when, value, waits: true },
        asynchronous: when !== undefined && isAsynchronous ? { when, value: b.constant(value) } : undefined,
        initial: cell.initial('Q'),
      });
    },
  };
}
