import type { ExplorePoint, FrontDocument } from './document.ts';
import type { DocumentParts } from './report.ts';

export function picturesOf(
  _p: DocumentParts,
  _a: readonly ExplorePoint[],
  _f: readonly FrontDocument[],
): Record<string, string> {
  return {};
}
