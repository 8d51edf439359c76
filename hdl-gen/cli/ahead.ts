/**
 * Begins what takes longest while the call is still being read: Yosys, which is 31 MB of WebAssembly, is loaded in a
 * thread of its own. If the call turns out to be wrong, nobody takes it, and it ends with the process.
 */
export async function loadAhead([command, ...options]: readonly string[]): Promise<void> {
  if (
    !(['build', 'cosim', 'prove'].includes(command ?? '') || options.includes('--verilog')) ||
    options.includes('--help') ||
    options.includes('-h')
  )
    return;
  const { prepareTool } = await import('../../synth/index.ts');
  prepareTool('yosys');
}
