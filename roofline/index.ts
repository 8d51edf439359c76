export { type Roof, type Roofline, type RooflineRequest, type RoofName, roofline } from './roofline.ts';
