import type { PlayedStream, StreamInterface } from '../../embedding/index.ts';
import { type Beats, type InputStream, portName } from './beats.ts';
import type { Core } from './core.ts';
import { portFile } from './vectors.ts';

/** How a core between streams is played from its vectors. `yBits` are those of one sum at the output. */
export function streamInterface(
  kind: StreamInterface['kind'],
  { config, output }: Core,
  beats: Beats,
  yBits: number,
): StreamInterface {
  return {
    kind,
    inputs: beats.streams.map(playedStream),
    output: {
      prefix: output.prefix,
      count: beats.sums,
      field: { name: output.field, bits: yBits * config.rows, file: 'y.hex' },
    },
    mostCycles: beats.mostCycles,
  };
}

function playedStream(stream: InputStream): PlayedStream {
  return {
    name: stream.name,
    prefix: portName(stream, ''),
    count: stream.count,
    flags: stream.flags.map(({ name }) => name),
    flagFile: portFile(stream, 'control'),
    fields: stream.ports
      .filter(({ bits }) => bits > 0)
      .map(port => ({ name: port.name, bits: port.bits * port.elements, file: portFile(stream, port.name) })),
  };
}
