import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cacheFolder, compileCxxrtl, packageFolder, withSharedModules } from '../../synth/index.ts';

test("clang's code takes the modules that are compiled already", () => {
  const bundle = readFileSync(join(packageFolder('clang++'), 'bundle.js'), 'utf8');
  const changed = withSharedModules(bundle, 'file:///place');
  expect(bundle.match(/\.then\(compileWasmModule\)/g)).toHaveLength(4);
  expect(changed).not.toContain('.then(compileWasmModule)');
  expect(changed).not.toContain('import.meta.url');
  expect(changed.match(/globalThis\.tercetModules\["llvm\.core\d?\.wasm"\]/g)).toHaveLength(4);
});

test.each([
  [{ TERCET_CACHE: '/a', XDG_CACHE_HOME: '/b' }, /^\/a$/],
  [{ XDG_CACHE_HOME: '/b' }, /^\/b\/tercet$/],
  [{ TERCET_CACHE: '', XDG_CACHE_HOME: '' }, /\/\.cache\/tercet$/],
  [{}, /\/\.cache\/tercet$/],
])('the cache is where the environment says: %j', (environment, expected) => {
  expect(cacheFolder(environment)).toMatch(expected);
});

test('Verilog that Yosys refuses is told with its place', async () => {
  const files = { 'top.v': 'module top (input a, output y);\n  assign y = a +;\nendmodule\n' };
  await expect(
    compileCxxrtl({ files, top: 'top', harness: '', cache: '/nonexistent' }),
  ).rejects.toMatchObject({ code: 'TCT-4003', at: 'top.v:2' });
});

test('a signal stops it at once', async () => {
  const files = { 'top.v': 'module top (input a, output y);\n  assign y = a;\nendmodule\n' };
  const stop = new AbortController();
  const running = compileCxxrtl({
    files,
    top: 'top',
    harness: '#include "design.cc"\n',
    cache: '/nonexistent',
    signal: stop.signal,
    onProgress: ({ tool }) => {
      if (tool === 'clang') stop.abort();
    },
  });
  await expect(running).rejects.toMatchObject({ code: 'TCT-4009' });
});
