/** Many configurations side by side: which are worth having, in what order they are measured, how long it takes. */
export { type Goals, paretoFront } from './front.ts';
export { type MeasuredBy, measureAll, type Plan } from './measure-all.ts';
export { TimeLeft } from './time-left.ts';
