/** Every format a report can be rendered in, by name. */
import { renderJson } from './json';
import { renderMarkdown } from './markdown';
import type { Report } from './report';
import { renderTable } from './table';

export interface RenderOptions {
  /** Escape sequences for a terminal; formats that are no text for a terminal ignore it. */
  readonly color?: boolean | undefined;
}

export type Renderer = (report: Report, options?: RenderOptions) => string;

export const renderers = {
  table: renderTable,
  json: renderJson,
  markdown: renderMarkdown,
} as const satisfies Record<string, Renderer>;

export type ReportFormat = keyof typeof renderers;

export const reportFormats = Object.keys(renderers) as readonly ReportFormat[];

export function isReportFormat(text: string): text is ReportFormat {
  return Object.hasOwn(renderers, text);
}

export function render(report: Report, format: ReportFormat, options: RenderOptions = {}): string {
  const renderer: Renderer = renderers[format];
  return renderer(report, options);
}
