import { type Design, defaultDomain, domainsOf } from '../lang/index.ts';
import type { Expression, Item, ModuleDeclaration, PortDeclaration } from './ast.ts';
import { nameOf, portType } from './terms.ts';

/** The cell of the device that makes the clock, and where the design takes what it says. */
export interface PllCell {
  /** `SB_PLL40_CORE`, or `SB_PLL40_PAD` where the pin of the clock is one of its own. */
  readonly cell: 'SB_PLL40_CORE' | 'SB_PLL40_PAD';
  /** `DIVR`, `DIVF`, `DIVQ`, `FILTER_RANGE`. */
  readonly parameters: Readonly<Record<string, number>>;
  /** The input of the design that is 1 while the clock is as it should be; it need not have one. */
  readonly lockPort: string;
}

/**
 * A top around a design whose clock comes from a PLL. It has the ports of the design, but `clk` is the clock of the pin, and the port
 * for the lock of the PLL is gone. A design knows no clock as a signal, so this is written around it: simulations run the design itself,
 * whose clock then is that of the PLL.
 */
export function pllTop(
  { top }: Design,
  { cell, parameters, lockPort }: PllCell,
  nameOfTop: string,
  header: readonly string[],
): ModuleDeclaration {
  const bit = { width: 1, signed: false };
  const { source } = top;
  const { clockPort } = defaultDomain;
  const locks = top.inputs.some(({ name }) => name === lockPort);
  const [fast, locked] = freeNames([...top.inputs, ...top.outputs].map(({ name }) => name));
  const inputs = top.inputs.filter(({ name }) => name !== lockPort);
  const ports = (direction: 'input' | 'output', all: typeof top.inputs): PortDeclaration[] =>
    all.map(port => ({ direction, register: false, name: port.name, type: portType(port), source }));
  const wires: Item[] = [
    { kind: 'wire', name: fast, type: bit, source },
    ...(locks ? [{ kind: 'wire', name: locked, type: bit, source } as const] : []),
  ];
  const one: Expression = { kind: 'number', value: 1n, width: 1 };
  const zero: Expression = { kind: 'number', value: 0n, width: 1 };
  const pin = cell === 'SB_PLL40_PAD' ? 'PACKAGEPIN' : 'REFERENCECLK';
  return {
    header,
    name: `${nameOfTop}_pll`,
    ports: [
      { direction: 'input', register: false, name: clockPort, type: bit, source },
      ...ports('input', inputs),
      ...ports('output', top.outputs),
    ],
    items: [
      ...wires,
      {
        kind: 'instance',
        module: cell,
        name: 'pll',
        parameters: [['FEEDBACK_PATH', 'SIMPLE'], ...Object.entries(parameters)],
        ports: [
          [pin, nameOf(clockPort)],
          ['PLLOUTGLOBAL', nameOf(fast)],
          ...(locks ? [['LOCK', nameOf(locked)] as const] : []),
          ['RESETB', one],
          ['BYPASS', zero],
        ],
        source,
      },
      {
        kind: 'instance',
        module: nameOfTop,
        name: 'clocked',
        parameters: [],
        ports: [
          ...(domainsOf(top, 'clock').has('') ? [[clockPort, nameOf(fast)] as const] : []),
          ...top.inputs.map(({ name }) => [name, nameOf(name === lockPort ? locked : name)] as const),
          ...top.outputs.map(({ name }) => [name, nameOf(name)] as const),
        ],
        source,
      },
    ],
  };
}

/** Names for the clock and the lock that no port has. */
function freeNames(taken: readonly string[]): readonly [clock: string, locked: string] {
  const free = (wish: string): string => (taken.includes(wish) ? free(`${wish}_`) : wish);
  return [free('pll_clk'), free('locked')];
}
