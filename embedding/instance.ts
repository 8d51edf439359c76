import { type EmbeddedCore, vectorRange } from './core.ts';

/** A template for an instance in Verilog: wires of all ports but `clk` and `rst`, and the instance that they go to. */
export function instanceTemplate({ top, ports, madeBy }: EmbeddedCore): string {
  const outer = ['clk', 'rst'];
  const wires = ports
    .filter(({ name }) => !outer.includes(name))
    .map(
      ({ name, bits, direction, meaning }) =>
        `wire ${vectorRange(bits)}${name}; // ${direction === 'input' ? 'to' : 'from'} the core: ${meaning}`,
    );
  const connections = ports.map(({ name }) => `  .${name}(${name})`).join(',\n');
  return `// ${top} in a design of your own, made by ${madeBy}.
//
// Copy this into a module that has the signals clk (its rising edge counts) and rst (1 resets, at an edge), or include
// the file there; then assign the wires that go to the core.
${wires.join('\n')}

${top} ${top}_0 (
${connections}
);
`;
}
