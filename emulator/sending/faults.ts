import type { QueuedFault } from '../../contract/switches.ts';
import { errorCode, type Seen } from '../graph/error-codes.ts';

/** What goes wrong with one call that sends a message. */
export type Fault = QueuedFault;

export type RecipientFault = { readonly code: number; readonly seen: Seen };

export type Faults = ReturnType<typeof createFaults>;

/** Troubles made on demand. Calls that only mark a message as read are never hit: tests count the sends. */
export function createFaults(changed: (recipient: string) => void) {
  const queue: Fault[] = [];
  const byRecipient = new Map<string, RecipientFault>();

  return {
    /** For tests: the next `n` sends meet this fault; several calls line up. */
    next(n: number, fault: Fault): void {
      for (let index = 0; index < n; index++) queue.push(fault);
    },
    waiting: () => queue.length,
    /**
     * Every send to this number or business-scoped id fails so: in the answer or by a `failed` status, as Meta does
     * for that code unless told.
     */
    forRecipient(recipient: string, code: number, seen: Seen = errorCode(code).seen): void {
      byRecipient.set(recipient, { code, seen });
      changed(recipient);
    },
    /** Under whatever name the fault was made. */
    healPhone({ number, bsuid }: { number: string; bsuid: string }): void {
      const healed = [byRecipient.delete(number), byRecipient.delete(bsuid)];
      if (healed.includes(true)) changed(number);
    },
    clear(): void {
      queue.length = 0;
      const healed = [...byRecipient.keys()];
      byRecipient.clear();
      for (const recipient of healed) changed(recipient);
    },
    take: (): Fault | null => queue.shift() ?? null,
    /** Of somebody who is known by several names. */
    of(names: readonly string[]): RecipientFault | null {
      for (const name of names) {
        const fault = byRecipient.get(name);
        if (fault !== undefined) return fault;
      }
      return null;
    },
  };
}
