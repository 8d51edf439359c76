import { cHeader, registerPage } from '../protocol/index.ts';

/** The committed files that are made from the register map, by path, as they should be. */
export function protocolFiles(): ReadonlyMap<string, string> {
  return new Map([
    ['docs/registers.md', registerPage()],
    ['protocol/tercet_registers.h', cHeader()],
  ]);
}
