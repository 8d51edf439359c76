import type { CellReader } from '../../cell.ts';
import { arithmetic } from './arithmetic.ts';
import { bitwise } from './bitwise.ts';
import { choices } from './choices.ts';
import { comparisons } from './comparison.ts';
import { divisions } from './division.ts';
import { memories } from './memory.ts';
import { shifts } from './shifts.ts';
import { states } from './state.ts';
import { watchers } from './watchers.ts';

/** The cells of Yosys at word level, which `proc; flatten; memory -nomap; opt` leave. */
export const word: Readonly<Record<string, CellReader>> = {
  ...arithmetic,
  ...bitwise,
  ...choices,
  ...comparisons,
  ...divisions,
  ...memories,
  ...shifts,
  ...states,
  ...watchers,
};
