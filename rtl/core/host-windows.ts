import { mux, named, type Signal } from '../../hdl-gen/lang/index.ts';
import { type WindowName, windowAddressBits, windows } from '../../protocol/index.ts';
import type { HostRequest } from '../host-port/index.ts';

/** A request of the host, taken apart by windows. A request that has to wait is not there yet. */
export interface HostWindows {
  /** The word in its window. */
  readonly offset: Signal;
  readonly data: Signal;
  /** For each window, 1 where a word of it is written. */
  readonly writes: Readonly<Record<WindowName, Signal>>;
  /** 1 where something is read. */
  readonly reads: Signal;
  /** 1 where the window of results is asked. */
  readonly isResults: Signal;
}

/** `weightsReady` is 1 where weights can be written; all else can always be. */
export function hostWindows({ read, write, address, data }: HostRequest, weightsReady: Signal): HostWindows {
  const window = address.slice(windowAddressBits, 2);
  const isWindow = (name: WindowName): Signal => window.equals(windows[name]);
  const written = (name: WindowName): Signal => write.and(isWindow(name));
  return {
    offset: address.slice(0, windowAddressBits),
    data,
    // Only weights wait, so nothing else has to look whether they may be written.
    writes: named({
      writes: {
        registers: written('registers'),
        weights: written('weights').and(weightsReady),
        activations: written('activations'),
        results: written('results'),
      },
    }).writes,
    reads: read,
    isResults: isWindow('results'),
  };
}

/** 1 where a request is taken. */
export function isReady({ address }: HostRequest, weightsReady: Signal): Signal {
  const isWeight = address.slice(windowAddressBits, 2).equals(windows.weights);
  return named({ ready: mux(isWeight, weightsReady, 1) }).ready;
}
