/** Tasks that belong together: the first that fails ends the others. */
export interface TaskGroup {
  /** Given to everything that the tasks do. */
  readonly signal: AbortSignal;
  /** Begins a task now, so that others can go on meanwhile. */
  readonly start: <T>(task: Promise<T>) => Promise<T>;
}

/**
 * Runs work whose parts go on side by side. Throws what failed first; nothing of it is still under way afterwards.
 */
export async function withTaskGroup<T>(work: (group: TaskGroup) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const tasks: Promise<unknown>[] = [];
  const start = <U>(task: Promise<U>): Promise<U> => {
    tasks.push(task.catch((error: unknown) => controller.abort(error)));
    return task;
  };
  const whole = start(work({ signal: controller.signal, start }));
  // The work may start further tasks as long as it goes on.
  await whole.catch(() => {});
  await Promise.all(tasks);
  controller.signal.throwIfAborted();
  return whole;
}
