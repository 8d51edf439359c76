import { dirname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that the rooms are in, compiled or not. */
const roomsFolder = resolve(dirname(fileURLToPath(import.meta.url)), '..');

const rooms = ['constraints', 'diagnostic', 'hdl-gen', 'ir', 'model', 'proof', 'rtl', 'sim', 'synth'];
const ownFolders = rooms.map(room => join(roomsFolder, room) + sep);

/** The frames of a stack's text that lie in files of the user's own: not in ours, in Node, or in other packages. */
export function userFrames(stack: string): string[] {
  return stack.split('\n').filter(line => {
    const place = /^\s+at (?:.*\()?(.+?):\d+:\d+\)?$/.exec(line)?.[1];
    if (place === undefined || place.startsWith('node:') || place.includes(`${sep}node_modules${sep}`))
      return false;
    const path = place.startsWith('file:') ? fileURLToPath(place) : place;
    return !ownFolders.some(folder => path.startsWith(folder));
  });
}
