import type { Diagnostic } from '../../diagnostic/index.ts';
import {
  type Bench,
  coreName,
  cxxrtlHarness,
  cxxrtlOpinion,
  type Deposit,
  icarusOpinion,
  icarusVersion,
  leaveOutOpenValues,
  netlistOpinion,
  type Stimulus,
  type Testimony,
  wrapperName,
  wrapperOf,
} from '../../sim/cosim/index.ts';
import {
  compileCxxrtl,
  type Device,
  type PowerUpValue,
  type ProgressEvent,
  synthesise,
  toolVersion,
} from '../../synth/index.ts';
import type { MissingOpinion, OpinionName } from './cosim-document.ts';
import { badValue } from './diagnostics.ts';

/** Those that run the Verilog, or what is made of it. */
export type VerilogOpinion = 'cxxrtl' | 'icarus' | 'netlist';

const verilogOpinions: readonly VerilogOpinion[] = ['cxxrtl', 'icarus', 'netlist'];

/** Who is to be heard. */
export interface Choice {
  readonly heard: readonly VerilogOpinion[];
  /** What is not there and was not asked for by name. */
  readonly missing: readonly MissingOpinion[];
}

/**
 * Those that `--with` names, or all that are there. The reference and the engine may be named too: they are always
 * heard. What is named and is missing is still in `heard`: it will say how to get it.
 * @throws Diagnostic TCT-6002 for a name that is none.
 */
export async function chooseOpinions(option: string | undefined): Promise<Choice> {
  if (option !== undefined) {
    const all: readonly string[] = ['reference', 'engine', ...verilogOpinions];
    const asked = option.split(',').map(name => name.trim());
    const wrong = asked.find(name => !all.includes(name));
    if (wrong !== undefined)
      throw badValue(
        '--with',
        { type: 'choice', choices: verilogOpinions },
        `'${wrong}'`,
        '--with cxxrtl,netlist',
      );
    return { heard: verilogOpinions.filter(name => asked.includes(name)), missing: [] };
  }
  const missing: MissingOpinion[] = [];
  if (toolVersion('clang++') === undefined) {
    const why = 'the optional package @yowasp/clang is not installed';
    missing.push({ name: 'cxxrtl', why, install: 'npm install @yowasp/clang' });
  }
  if ((await icarusVersion()) === undefined) {
    const why = 'there is no program iverilog';
    missing.push({ name: 'icarus', why, install: "apt install iverilog (or your system's package)" });
  }
  return { heard: verilogOpinions.filter(name => !missing.some(other => other.name === name)), missing };
}

/** What is the same for all of them. */
export interface Hearing {
  readonly bench: Bench;
  readonly stimulus: Stimulus;
  readonly seed: number;
  /** What the netlist is synthesised for. */
  readonly device: Device;
  readonly signal: AbortSignal;
  readonly onProgress: (name: OpinionName, phase: string, detail: string) => void;
}

/** What one of them says, and what it is. */
export interface Heard {
  readonly name: VerilogOpinion;
  readonly said: Testimony;
  readonly what: string;
  readonly leftOut: number;
  readonly seconds: number;
  /** What its preparation warns of. */
  readonly warnings: readonly Diagnostic[];
}

/** Prepares an opinion and hears it. */
export async function hear(name: VerilogOpinion, hearing: Hearing): Promise<Heard> {
  const began = performance.now();
  const { said, what, leftOut = 0, warnings = [] } = await hearers[name](hearing);
  return { name, said, what, leftOut, warnings, seconds: (performance.now() - began) / 1000 };
}

type Hearer = (
  hearing: Hearing,
) => Promise<Pick<Heard, 'said' | 'what'> & Partial<Pick<Heard, 'leftOut' | 'warnings'>>>;

const hearers: Readonly<Record<VerilogOpinion, Hearer>> = {
  async cxxrtl({ bench, stimulus, signal, onProgress }) {
    const { wasm, isCached } = await compileCxxrtl({
      files: { ...bench.models, ...bench.files, 'tercet-wrapper.v': wrapperOf(bench) },
      top: wrapperName,
      harness: cxxrtlHarness(bench),
      powerUp: bench.deposits.map(powerUpValue),
      signal,
      onProgress: event => onProgress('cxxrtl', phaseOf(event), event.step ?? ''),
    });
    onProgress('cxxrtl', 'CXXRTL: simulating', '');
    const said = await cxxrtlOpinion(bench, wasm).run(stimulus);
    return { said, what: `the Verilog, by Yosys and clang${isCached ? ' (compiled before)' : ''}` };
  },
  async icarus({ bench, stimulus, signal, onProgress }) {
    onProgress('icarus', 'Icarus Verilog: simulating', '');
    const said = await icarusOpinion(bench, signal).run(stimulus);
    return { said, what: 'the Verilog, by Icarus Verilog' };
  },
  async netlist({ bench, stimulus, seed, device, signal, onProgress }) {
    const { netlistJson, cells } = await synthesise({
      files: bench.files,
      top: bench.top,
      device,
      signal,
      onProgress: event => onProgress('netlist', phaseOf(event), event.step ?? ''),
    });
    onProgress('netlist', 'netlist: simulating', '');
    const opinion = netlistOpinion(bench, netlistJson, { seed });
    const said = await opinion.run(stimulus);
    const leftOut = leaveOutOpenValues(bench.circuit, stimulus, said);
    const count = Object.values(cells).reduce((sum, n) => sum + n, 0);
    return {
      said,
      what: `synthesised for ${device.name}: ${count} cells`,
      leftOut,
      warnings: opinion.warnings,
    };
  },
};

function phaseOf({ tool, phase }: ProgressEvent): string {
  return tool === 'clang' ? `clang: ${phase}` : 'Yosys: translating';
}

/** All words of a memory side by side, word 0 lowest. */
function powerUpValue({ kind, path, width, words }: Deposit): PowerUpValue {
  const bits = words.map(word => word.toString(2).padStart(width, '0')).reverse();
  return { kind, path: `${coreName}.${path}`, bits: bits.join('') };
}
