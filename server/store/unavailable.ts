/**
 * The database cannot do what it is asked: it is gone, restarts, or has no room. Nobody's fault in the house, so nothing
 * is given up because of it: whoever meets this tries again later, for as long as it takes.
 */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
  /** What HTTP makes of it: Meta brings the notification again, a balancer tries the next process. */
  readonly statusCode = 503;
  /** What is wrong, for the operator. */
  readonly sentence: string;

  constructor(sentence: string, cause: unknown) {
    super(`${sentence} (${cause instanceof Error ? cause.message : String(cause)})`, { cause });
    this.sentence = sentence;
  }
}

export type OnUnavailable = (error: DatabaseUnavailable) => void;
