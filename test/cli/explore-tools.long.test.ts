import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import type { ExploreDocument } from '../../hdl-gen/cli/index.ts';
import { filesIn, hdlGen, packageFolder, workspace } from './helpers.ts';

/* The whole way with Yosys and nextpnr, on a small device. Everything else is tested with stand-ins for them. */

test('an exploration is interrupted, goes on, and is finished by other machines', async () => {
  const cwd = workspace();
  const env = { TERCET_CACHE: join(cwd, 'cache') };
  const options = 'explore --device hx1k --arch tree,sparse --lanes 1,3,150';
  const read = (path: string): ExploreDocument => JSON.parse(readFileSync(join(cwd, path), 'utf8'));

  const stopped = await hdlGen(`${options} --jobs 1`, {
    ...{ cwd, env },
    signalAt: { pattern: /\b5 of 6 done/, signal: 'SIGINT' },
  });
  expect(stopped.status).toBe(130);
  expect(stopped.stdout).toBe('');
  expect(stopped.stderr).toMatch(
    /^ {4}tree +2bit +150 +1 {2}does not fit: needs about \d+ of 1280 logic cells \(an estimate\)$/m,
  );
  expect(stopped.stderr).toMatch(/^ {4}sparse +1of2 +1 +1 {2}cannot be: .* 1 is odd$/m);
  expect(stopped.stderr).toMatch(
    /5 of 6 configurations done and kept; to go on: hdl-gen explore --lanes 1,3,150 --arch tree,sparse --device hx1k\ninterrupted: /,
  );
  expect(readdirSync(cwd)).toEqual(['cache']);

  const ended = await hdlGen(options, { cwd, env });
  expect(ended.status).toBe(0);
  expect(ended.stderr).toMatch(/^6 configurations: 5 known already, 1 to be placed/m);
  const { points, files } = read('build/explore/explore.json');
  expect(points.map(({ outcome }) => outcome)).toEqual([
    ...['placed', 'placed', 'does-not-fit'],
    ...['impossible', 'impossible', 'does-not-fit'],
  ]);
  for (const { config, placed } of points) {
    if (placed === null) continue;
    expect(placed.lc).toBeGreaterThan(8 * config.lanes);
    expect(placed.lcPerMac).toBeCloseTo(placed.lc / config.lanes, 3);
    expect(placed.gmacs).toBeCloseTo((config.lanes * placed.fmaxMHz) / 1000, 3);
  }
  expect(files).toEqual(['pareto.svg']);

  // What was kept and is damaged is measured anew; the rest is not.
  const kept = join(cwd, 'cache/placed');
  const damaged = join(kept, readdirSync(kept)[0]!);
  writeFileSync(damaged, readFileSync(damaged).fill(0, 50, 60));
  const again = await hdlGen(options, { cwd, env });
  expect(again.stderr).toMatch(/^6 configurations: 5 known already, 1 to be placed/m);
  expect(read('build/explore/explore.json').points).toEqual(points);

  // Another machine has nothing in its cache.
  mkdirSync(join(cwd, 'node_modules/.bin'), { recursive: true });
  symlinkSync(join(packageFolder, 'dist/hdl-gen/cli/main.js'), join(cwd, 'node_modules/.bin/hdl-gen'));
  const more = 'explore --device hx1k --arch tree --lanes 2,3';
  await hdlGen(`${more} --emit-jobs jobs.txt`, { cwd, env });
  const commands = readFileSync(join(cwd, 'jobs.txt'), 'utf8');
  expect(commands.match(/--lanes \d+/g)).toEqual(['--lanes 2']);
  const elsewhere = { ...process.env, TERCET_CACHE: join(cwd, 'elsewhere') };
  await promisify(execFile)('sh', ['jobs.txt'], { cwd, env: elsewhere });
  expect(filesIn(join(cwd, 'results'))).toEqual(['jobs.json', 'ternary_2x1_int8_hx1k.json']);
  const merged = await hdlGen('explore --collect results --out merged', { cwd, env });
  expect([merged.status, merged.stderr]).toEqual([0, '']);
  const placedOf = (path: string) => new Map(read(path).points.map(({ id, placed }) => [id, placed]));
  const together = placedOf('merged/explore.json');
  const here = placedOf('build/explore/explore.json');
  const inBoth = [...together.keys()].filter(id => here.has(id));
  expect(inBoth.length).toBe(1);
  for (const id of inBoth) expect(together.get(id)).toEqual(here.get(id));

  const there = await hdlGen('explore --device hx1k --arch tree --lanes 2 --out there', {
    ...{ cwd, env: { TERCET_CACHE: join(cwd, 'elsewhere') } },
  });
  expect(there.stderr).toMatch(/^1 configuration: 1 known already$/m);
  const [[id, placed]] = [...placedOf('there/explore.json')] as [[string, unknown]];
  expect(together.get(id)).toEqual(placed);
});
