const statusOf = { SIGINT: 130, SIGTERM: 143 } as const;

type Signal = keyof typeof statusOf;

/** Undoes something, and must not throw. What it cannot undo it gives as a text. */
type Undo = () => unknown;

/**
 * What happens at Ctrl-C (SIGINT) and SIGTERM: everything that was begun is undone, one line says so or what could not be undone, and
 * the process ends with 130 or 143.
 *
 * A signal is handled between two pieces of work, never within one, so what is written in one synchronous go is
 * written whole. A long synchronous computation, which has nothing to undo, is done inside `uncovered`: there a
 * signal ends the process at once.
 */
export class Interrupts {
  readonly #undo = new Set<Undo>();
  readonly #handlers: readonly (readonly [Signal, () => void])[];

  constructor(say: (text: string) => void) {
    const handler = (signal: Signal) => (): void => {
      const left = [...this.#undo]
        .reverse()
        .map(undo => undo())
        .filter(text => typeof text === 'string');
      say(`interrupted: ${left.length === 0 ? 'nothing was left half-written' : left.join('; ')}`);
      process.exit(statusOf[signal]);
    };
    this.#handlers = [
      ['SIGINT', handler('SIGINT')],
      ['SIGTERM', handler('SIGTERM')],
    ];
    this.#cover();
  }

  /** Has `undo` done at an interrupt, until the function that it returns is called. */
  onInterrupt(undo: Undo): () => void {
    this.#undo.add(undo);
    return () => this.#undo.delete(undo);
  }

  /** Does a long computation that writes nothing. */
  uncovered<T>(compute: () => T): T {
    if (this.#undo.size > 0) return compute();
    for (const [signal, handler] of this.#handlers) process.off(signal, handler);
    try {
      return compute();
    } finally {
      this.#cover();
    }
  }

  #cover(): void {
    for (const [signal, handler] of this.#handlers) process.on(signal, handler);
  }
}

/** Lets a waiting signal be handled: long loops call it now and then. */
export function breathe(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve));
}
