/** Lets one asynchronous task run at a time, in the order of asking. */
export class Mutex {
  private last: Promise<unknown> = Promise.resolve();

  run<Result>(task: () => Promise<Result>): Promise<Result> {
    const mine = this.last.then(task, task);
    this.last = mine.catch(() => undefined);
    return mine;
  }
}
