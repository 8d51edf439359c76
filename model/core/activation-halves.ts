import { type Part, takeSame } from './parts.ts';

/** The half of the activation buffer for a job, and whether it has them already. */
export interface HalfChoice {
  readonly half: 0 | 1;
  readonly isHeld: boolean;
}

/** What a part takes of some vectors. */
interface Held {
  readonly part: Part;
  readonly vectors: number;
}

/**
 * Who has which half of the activation buffer, job by job: activations that are there stay there while other rows want the same, and others go
 * to the half that the job before does not read.
 */
export class ActivationHalves {
  readonly #held: [Held | undefined, Held | undefined] = [undefined, undefined];
  #last: 0 | 1 = 1;

  /** The half for the next job. `vectors` tells its vectors from others. */
  next(part: Part, vectors: number): HalfChoice {
    const found = this.#held.findIndex(
      held => held !== undefined && held.vectors === vectors && takeSame(held.part, part),
    );
    const half = (found >= 0 ? found : 1 - this.#last) as 0 | 1;
    this.#held[half] = { part, vectors };
    this.#last = half;
    return { half, isHeld: found >= 0 };
  }
}
