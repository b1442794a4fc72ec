/**
 * Questions about the life of a key on which the documents differ, where the other reading can be chosen. The
 * tables say what each reading is (`disputed` of the cell that asks the question).
 */
export type KeyQuestion =
  | 'rotate-deactivated-key'
  | 'restore-generated-key'
  | 'restore-expired-key'
  | 'force-delete-protected-hyper-protect-key';

/** The side taken, `cautious` (the table's own reading) for questions that are not named. */
export type KeyReadings = Readonly<Partial<Record<KeyQuestion, 'cautious' | 'alternative'>>>;

export function takesAlternative(readings: KeyReadings, question: KeyQuestion): boolean {
  return readings[question] === 'alternative';
}
