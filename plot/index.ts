/** Charts as SVG text, from plain numbers; they have a background of their own and no script. */
export { type BreakdownChart, breakdownChart } from './breakdown-chart.ts';
export { type Box, placeLabels, type Wanted } from './labels.ts';
export { type RooflineChart, rooflineChart } from './roofline-chart.ts';
export {
  type FrontLine,
  type Series,
  type TradeOff,
  type TradeOffPoint,
  tradeOffChart,
} from './trade-off.ts';
