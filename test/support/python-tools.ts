import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

/*
 * FuseSoC, cocotb and LiteX, and what reads and writes model files; they live in a folder of their own:
 *
 *     python3 -m venv build/python-tools
 *     build/python-tools/bin/pip install -r test/embedding/requirements.txt -r test/model/requirements.txt
 */

const programs = resolve(import.meta.dirname, '..', '..', 'build', 'python-tools', 'bin');

/** The Python that has them. */
export const toolPython: string = join(programs, 'python');

export const hasPythonTools: boolean = canImport('cocotb, fusesoc, litex, migen');

/** Whether the packages that read and write model files are there. */
export const hasModelPackages: boolean = canImport('gguf, numpy, safetensors');

function canImport(modules: string): boolean {
  return (
    existsSync(toolPython) &&
    spawnSync(toolPython, ['-c', `import ${modules}`], { stdio: 'ignore' }).status === 0
  );
}

/** Runs one of them in a folder; gives its status and all that it wrote. */
export function runPythonTool(
  program: 'python' | 'fusesoc',
  args: readonly string[],
  folder: string,
): { readonly status: number | null; readonly text: string } {
  const env = { ...process.env, PATH: `${programs}${delimiter}${process.env.PATH}`, NO_COLOR: '1' };
  const { status, stdout, stderr } = spawnSync(join(programs, program), args, { cwd: folder, env });
  return { status, text: `${stdout}${stderr}` };
}
