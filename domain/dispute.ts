/**
 * A cell on which the sources disagree. The table follows `reading`, the cautious one unless `source` says why not;
 * `alternative` is what the other source says, so that a report can show both.
 */
export interface Dispute {
  readonly reading: string;
  readonly alternative: string;
  /** Where each reading is written, and the item that weighs them when there is one. */
  readonly source: string;
}
