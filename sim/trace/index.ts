export type { TracedDomain, TracedSignal, TracedValue, TraceSink } from './sink.ts';
export { vcd } from './vcd.ts';
export { type Waveform, type WaveformOptions, waveform } from './waveform.ts';
