import type { Context } from './command.ts';
import type { Progress } from './progress.ts';

/** Does long work under a line of progress, which is taken away at its end and at an interrupt. */
export async function withProgress<T>(
  { terminal, interrupts }: Context,
  work: (progress: Progress) => Promise<T>,
): Promise<T> {
  const progress = terminal.progress();
  const restored = interrupts.onInterrupt(() => progress.end());
  try {
    return await work(progress);
  } finally {
    progress.end();
    restored();
  }
}
