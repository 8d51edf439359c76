import {
  type FieldValues,
  magic,
  protocolVersion,
  type RegisterOf,
  registerOf,
  unpack,
} from '../protocol/index.ts';
import { notTercet, wrongVersion } from './diagnostics.ts';
import type { ExchangeOptions } from './link-client.ts';
import type { WordPort } from './word-port.ts';

/** What a device says of itself. */
export interface Identity {
  readonly version: FieldValues<RegisterOf<'version'>>;
  /** The hash of its configuration. */
  readonly configuration: number;
  readonly geometry: FieldValues<RegisterOf<'geometry'>>;
  readonly numbers: FieldValues<RegisterOf<'numbers'>>;
  /** Words of 32 bits. */
  readonly capacity: { readonly weights: number; readonly activations: number; readonly results: number };
  readonly limits: FieldValues<RegisterOf<'limits'>>;
}

/**
 * Asks a device what it is.
 * @throws Diagnostic TCT-8006 for something else than a Tercet core, TCT-8007 for another version of the protocol.
 */
export async function identify(device: WordPort, options?: ExchangeOptions): Promise<Identity> {
  const count = registerOf('limits').address + 1;
  const words = await device.read(0, count, options);
  const word = ({ address }: { readonly address: number }): number => words[address]!;
  const found = word(registerOf('magic'));
  if (found !== magic) throw notTercet(device.name, found);
  const version = unpack(registerOf('version'), word(registerOf('version')));
  // What a later minor version has more, this host does not use.
  if (version.major !== protocolVersion.major || version.minor < protocolVersion.minor) {
    const { major, minor } = protocolVersion;
    throw wrongVersion(device.name, `${version.major}.${version.minor}`, `${major}.${minor}`);
  }
  return {
    version,
    configuration: word(registerOf('configuration')),
    geometry: unpack(registerOf('geometry'), word(registerOf('geometry'))),
    numbers: unpack(registerOf('numbers'), word(registerOf('numbers'))),
    capacity: {
      weights: word(registerOf('weightCapacity')),
      activations: word(registerOf('activationCapacity')),
      results: word(registerOf('resultCapacity')),
    },
    limits: unpack(registerOf('limits'), word(registerOf('limits'))),
  };
}
