import { concat, int, named, registered, type Signal, toSignal } from '../../hdl-gen/lang/index.ts';
import { windowAddressBits } from '../../protocol/index.ts';
import { columnStore, spramStore } from '../memory/index.ts';
import type { HostWindows } from './host-windows.ts';
import type { CoreGeometry, CoreParameters, PresetCoreParameters } from './parameters.ts';
import { partBits, presetWords } from './preset.ts';

/*
 * The memories of weights and activations. The host's address of a word of 32 bits is that of the wide word, with the number
 * of the part in its low bits:
 *
 *     weights        address of the word | part
 *     activations    0 | half | beat | part            part p holds the lanes from p * floor(32 / bits) on, the first one lowest
 *     initial values 1 | number
 */

/** What the walk wants to have of a memory, an edge later. */
export interface WalkRead {
  readonly address: Signal;
  /** 1 while a job runs. */
  readonly running: Signal;
  /** 1 where what comes out is used. */
  readonly fetch: Signal;
}

/** What reads the weight store. */
export interface WeightRead extends WalkRead {
  /** 1 at least where SPRAM is read or written. */
  readonly awake: Signal;
}

/**
 * The word of the weight store at an address. With `hostRegisters` a block RAM is written through registers of its own, and
 * `host` is the request that comes in.
 */
export function weightStore(
  host: HostWindows,
  { address, running, fetch, awake }: WeightRead,
  parameters: PresetCoreParameters,
  geometry: CoreGeometry,
): Signal {
  const { store, weightWords, hostRegisters } = parameters;
  const { wordsPerWeightWord } = geometry;
  const lowBits = Math.ceil(Math.log2(wordsPerWeightWord));
  const write = {
    enable: host.writes.weights,
    part: lowBits === 0 ? toSignal(0) : host.offset.slice(0, lowBits),
    address: host.offset.slice(lowBits, Math.log2(weightWords)),
    data: host.data,
  };
  if (store === 'spram') return spramStore(address, { ...write, reading: running, selected: awake });
  const options = {
    name: 'words',
    parts: partBits(geometry),
    depth: weightWords,
    initial: presetWords(parameters, geometry)?.weights,
    collisions: 'the host writes where no job reads',
    lateWrites: hostRegisters,
  };
  return concat(...columnStore(options, { address, enable: fetch }, write));
}

/** The activations of a beat at an address; `host` is the request that comes in. */
export function activationBuffer(
  host: HostWindows,
  { address, fetch }: WalkRead,
  { lanes, activationBits, activationDepth, activationRegister, hostRegisters }: CoreParameters,
  { lanesPerWord, wordsPerBeat }: CoreGeometry,
): { readonly x: Signal[]; readonly write: Signal; readonly half: Signal } {
  const lowBits = Math.ceil(Math.log2(wordsPerBeat));
  const beatBits = Math.log2(activationDepth);
  const enable = host.writes.activations.and(host.offset.bit(windowAddressBits - 1).not());
  const parts = Array.from(
    { length: wordsPerBeat },
    (_, part) => activationBits * Math.min(lanesPerWord, lanes - part * lanesPerWord),
  );
  const words = columnStore(
    {
      ...{ name: 'beats', parts, depth: activationDepth, lateWrites: hostRegisters },
      collisions: 'a job reads the other half',
    },
    { address, enable: fetch },
    {
      enable,
      part: lowBits === 0 ? toSignal(0) : host.offset.slice(0, lowBits),
      address: host.offset.slice(lowBits, beatBits),
      data: host.data,
    },
  );
  const x = Array.from({ length: lanes }, (_, lane) => {
    const word = words[Math.floor(lane / lanesPerWord)]!;
    const value = word
      .slice((lane % lanesPerWord) * activationBits, activationBits)
      .wrap(int(activationBits));
    return activationRegister ? registered(value) : value;
  });
  named({ x });
  const late = (signal: Signal): Signal => (hostRegisters ? registered(signal, { reset: true }) : signal);
  return { x, write: late(enable), half: late(host.offset.bit(lowBits + beatBits - 1)) };
}
