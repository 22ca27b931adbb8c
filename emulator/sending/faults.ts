import { errorCode } from '../graph/error-codes.ts';

/** What goes wrong with a call that sends a message. */
export type Fault =
  /** Sent, and the connection breaks before the answer. */
  | 'accept-then-drop-answer'
  /** Sent, and no answer ever comes. */
  | 'timeout-after-accept'
  /** The connection breaks, and nothing was sent. */
  | 'reset'
  | '500'
  | '503'
  /** A proxy's page instead of JSON. */
  | 'html-502'
  /** Refused in the answer with this code, whatever Meta's habit for it. */
  | { readonly code: number };

export type Faults = ReturnType<typeof createFaults>;

/** Troubles made on demand. Calls that only mark a message as read are never hit: tests count the sends. */
export function createFaults() {
  const queue: Fault[] = [];
  const codes = new Map<string, number>();

  return {
    /** For tests: the next `n` sends meet this fault; several calls line up. */
    next(n: number, fault: Fault): void {
      for (let index = 0; index < n; index++) queue.push(fault);
    },
    /** Every send to this number fails so: in the answer or by a `failed` status, as Meta does for that code. */
    forRecipient(number: string, code: number): void {
      codes.set(number, code);
    },
    clear(): void {
      queue.length = 0;
      codes.clear();
    },
    take: (): Fault | null => queue.shift() ?? null,
    codeInAnswer: (number: string) => codeSeen(codes.get(number), 'answer'),
    codeInStatus: (number: string) => codeSeen(codes.get(number), 'status'),
  };
}

function codeSeen(code: number | undefined, where: 'answer' | 'status'): number | null {
  return code !== undefined && errorCode(code).seen === where ? code : null;
}
