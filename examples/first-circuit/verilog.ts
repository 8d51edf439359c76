import { elaborate, emitVerilog } from 'tercet';
import { slope } from './my.ts';

for (const file of emitVerilog(elaborate(slope))) console.log(file.text);
