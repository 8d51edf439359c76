import { nestedTooDeep, recursiveComponent } from './diagnostics.ts';

/** A component that is being made: defined for a set of parameters, or built. */
interface Making {
  readonly component: string;
  readonly parameters: object;
}

/** The components that are being made, the outermost first. */
const open: Making[] = [];

/** How deep components may stand in each other. Far beyond this the call stack would end. */
const deepest = 300;

/**
 * Makes a component, inside those that are being made already.
 * @throws Diagnostic TCT-1020 where `isOpen` says that this very one is among them, TCT-1029 where they are too many.
 */
export function nested<T>(component: string, parameters: object, isOpen: boolean, make: () => T): T {
  const path = () => [...open, { component, parameters }].map(told);
  if (isOpen) throw recursiveComponent(component, path());
  if (open.length >= deepest) throw nestedTooDeep(component, deepest, path());
  open.push({ component, parameters });
  try {
    return make();
  } finally {
    open.pop();
  }
}

/** `grow { n: 3 }` */
function told({ component, parameters }: Making): string {
  const given = Object.entries(parameters).map(([key, value]) => `${key}: ${readable(value)}`);
  return given.length === 0 ? `'${component}'` : `'${component}' { ${given.join(', ')} }`;
}

function readable(value: unknown): string {
  return typeof value === 'object' && value !== null ? '…' : String(value);
}
