/**
 * About how long a design takes to synthesise and to place with some seeds, one after the other, in seconds: measured on
 * two shared cores of an AMD EPYC. Who places several corrects it by how long the first ones took.
 */
export function placementSeconds(cells: number, seeds: number): number {
  return 4 + cells / 150 + seeds * (3 + cells / 60);
}
