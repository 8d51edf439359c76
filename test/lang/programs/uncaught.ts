import { int } from '../../../hdl-gen/lang/index.ts';

int(0); // the refusal
