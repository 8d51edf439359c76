import { option, whole } from './option.ts';

/** `--timing-weight` */
export const timingWeight = option(
  'The target',
  whole(1, 1000).optional(),
  "what nextpnr's placer weighs the time of a wire against its length, without it 10: another one is worth a try where no seed reaches --mhz",
);
