import { emitVerilog, type VerilogFile } from '../../../hdl-gen/emit/index.ts';
import { type Circuit, elaborate, type RecordShape, type SignalRecord } from '../../../hdl-gen/lang/index.ts';
import { LintCases } from '../../support/lint.ts';

/**
 * What the Verilog looks like, a small circuit for each thing that it can hold. The attributes with the lines of
 * TypeScript are left out but for the first one, and so are the header and the default nettypes.
 */
export class Golden {
  /** What the lint tools are to see. */
  readonly cases: LintCases = new LintCases();

  /** The Verilog of a circuit, which the lint tools will see too. */
  verilog<I extends RecordShape, O extends SignalRecord>(
    circuit: Circuit<I, O>,
    stubs: readonly VerilogFile[] = [],
  ): string {
    const files = emitVerilog(elaborate(circuit));
    this.cases.add(circuit.component, [...files, ...stubs]);
    return files.map(({ text }) => bare(text)).join('\n');
  }
}

function bare(text: string): string {
  return text
    .replaceAll(/\(\* src = "[^"]*" \*\) /g, '')
    .split('\n')
    .filter(line => !line.startsWith('//') && !line.startsWith('`default_nettype'))
    .join('\n')
    .trim();
}
