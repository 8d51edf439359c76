import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { prepareTool, runYosys } from '../../synth/index.ts';

const run = () =>
  runYosys({
    script: 'read_verilog a.v; hierarchy -top a; write_json a.json',
    files: { 'a.v': 'module a(input x, output y); assign y = !x; endmodule' },
    outputs: ['a.json'],
  });

describe('a tool that is prepared', () => {
  test('does what one does that is not, once', async () => {
    const release = prepareTool('yosys');
    const [first, second] = [await run(), await run()];
    expect(first.files['a.json']!.length).toBeGreaterThan(100);
    expect(second.files).toEqual(first.files);
    release();
    expect((await run()).files).toEqual(first.files);
  });

  test('does not keep a process alive', () => {
    const synth = pathToFileURL(join(import.meta.dirname, '../../dist/synth/index.js')).href;
    const script = `import { prepareTool } from '${synth}'; prepareTool('icepack', 'none'); console.log('end');`;
    const printed = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      timeout: 60_000,
    });
    expect(printed.toString()).toBe('end\n');
  });
});
