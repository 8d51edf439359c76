import { type RecordField, type RecordLayout, Records } from '../records.ts';

/** What is done to a circuit, cycle by cycle, from power-up on. */
export interface Stimulus {
  /** The inputs in each cycle. */
  readonly inputs: Records;
  /** The domains that have an edge at the end of each cycle; without it every domain has one in every cycle. */
  readonly edges?: readonly (readonly string[])[] | undefined;
}

/** Something that says what the outputs of a circuit are: a simulator, or arithmetic that knows no circuit. */
export interface Opinion {
  readonly name: string;
  /**
   * Says what the outputs are in each cycle, just before the edge that ends it. It begins at power-up at every call.
   */
  run(stimulus: Stimulus): Promise<Testimony>;
}

/** One output in one cycle: a number, unknown (a bit of it is x), or undefined where an opinion says nothing. */
export type Claim = bigint | 'x' | undefined;

/** What one opinion says. */
export class Testimony {
  readonly values: Records;
  readonly #marks: Uint8Array;

  /** All of `values` counts as said, until some of it is taken back. */
  constructor(values: Records) {
    this.values = values;
    this.#marks = new Uint8Array(values.cycles * values.layout.fields.length);
  }

  /** A testimony that says nothing yet. */
  static silent(layout: RecordLayout, cycles: number): Testimony {
    const said = new Testimony(new Records(layout, cycles));
    said.#marks.fill(silent);
    return said;
  }

  get cycles(): number {
    return this.values.cycles;
  }

  /** `output` is the place of an output in `circuit.outputs`. */
  claim(output: number, cycle: number): Claim {
    const mark = this.#marks[this.#index(output, cycle)]!;
    if (mark === unknown) return 'x';
    return mark === silent ? undefined : this.values.value(this.#field(output), cycle);
  }

  set(output: number, cycle: number, claim: Claim): void {
    const index = this.#index(output, cycle);
    this.#marks[index] = claim === 'x' ? unknown : claim === undefined ? silent : 0;
    if (typeof claim === 'bigint') this.values.setValue(this.#field(output), cycle, claim);
  }

  #index(output: number, cycle: number): number {
    return cycle * this.values.layout.fields.length + output;
  }

  #field(output: number): RecordField {
    return this.values.layout.fields[output]!;
  }
}

const unknown = 1;
const silent = 2;
