import type { MeasuredBy } from '../../../explore/index.ts';
import type { Configuration } from './configurations.ts';
import type { Finding } from './document.ts';

/** Who is asked what a configuration takes and gives. */
export interface Measurer extends MeasuredBy<Configuration, Finding> {
  /** The hash of all that decides the finding; `recall` has not refused the configuration. */
  keyOf(configuration: Configuration): string;
}
