import { transferKinds } from '../../embedding/index.ts';
import type { CoreSession } from './core-session.ts';

/** A session as the testbench of a Wishbone slave reads it: a transfer a line. */
export function wishboneScript({ transfers }: CoreSession): string {
  const digits = (value: number, count: number): string => value.toString(16).padStart(count, '0');
  const lines = transfers.map(
    ({ kind, address, data }) => `${transferKinds[kind]}_${digits(address, 5)}_${digits(data, 8)}\n`,
  );
  const kinds = Object.entries(transferKinds).map(([name, number]) => `${number} ${name}`);
  return `// kind_address_data of each transfer; kinds: ${kinds.join(', ')}\n${lines.join('')}`;
}
