import type { Report } from './report';

/** The report as it is, for programs: see `schema.json`. */
export function renderJson(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
