const HOURS = 60 * 60 * 1000;
/** Management calls an active account may make in an hour. Sends are limited by throughput instead. */
const CALLS_PER_HOUR = 5000;

export type Usage = ReturnType<typeof createUsage>;

/** Counts management calls, and says in the headers of each answer how much of the hour's share is used, in percent. */
export function createUsage(needs: { now: () => number; businessAccountId: string }) {
  let hour = 0;
  let calls = 0;

  function startNewHour(): void {
    const current = Math.floor(needs.now() / HOURS);
    if (current === hour) return;
    hour = current;
    calls = 0;
  }

  return {
    count(): void {
      startNewHour();
      calls++;
    },
    headers(): Record<string, string> {
      startNewHour();
      const call_count = Math.min(100, Math.ceil((calls / CALLS_PER_HOUR) * 100));
      const used = { call_count, total_cputime: 1, total_time: 1 };
      const whatsapp = { type: 'whatsapp', ...used, estimated_time_to_regain_access: 0 };
      return {
        'x-app-usage': JSON.stringify(used),
        'x-business-use-case-usage': JSON.stringify({ [needs.businessAccountId]: [whatsapp] }),
      };
    },
  };
}
