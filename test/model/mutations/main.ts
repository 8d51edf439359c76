/** `npm run damaged -- --files 100000 --seed 1`: a campaign of damaged model files. */
import { parseArgs } from 'node:util';
import { campaign } from './campaign.ts';

const { values } = parseArgs({
  options: { files: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' } },
});
const began = performance.now();
let last = began;
const { files, opened, tensors, codes, wrong, mostBytes, longestMs } = campaign({
  seed: Number(values.seed),
  files: Number(values.files),
  onProgress({ files }) {
    const now = performance.now();
    if (now - last < 5000) return;
    last = now;
    console.error(`${files} of ${values.files} files …`);
  },
});
console.log(`${files} damaged files: the headers of ${opened} were right, and so were ${tensors} tensors in these
${[...codes]
  .sort()
  .map(([code, count]) => `${code}: ${count} times`)
  .join('\n')}
the most that one took beyond its size: ${(mostBytes / 2 ** 20).toFixed(1)} MB; the longest: ${longestMs.toFixed(0)} ms
${wrong.length} wrong, ${((performance.now() - began) / 1000).toFixed(0)} s`);
for (const each of wrong.slice(0, 20)) console.log(each);
process.exit(wrong.length === 0 ? 0 : 1);
