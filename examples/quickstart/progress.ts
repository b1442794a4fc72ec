/** What the quickstart prints as it goes. */
export class Progress {
  private number = 0;

  constructor(private readonly stdout: { write(text: string): unknown }) {}

  /** `[3] title`, after an empty line. */
  step(title: string): void {
    this.number += 1;
    this.stdout.write(`\n[${this.number}] ${title}\n`);
  }

  line(text: string): void {
    this.stdout.write(`    ${text}\n`);
  }

  /** Several lines, each indented. */
  block(text: string): void {
    for (const line of text.replace(/\n$/, '').split('\n'))
      this.stdout.write(line === '' ? '\n' : `    ${line}\n`);
  }
}
