import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { newId } from './new-id.ts';

describe('our ids', () => {
  it('sort in the order in which they were made, though the clock stands still or is put back', () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const now = Date.now();
    const ids: string[] = [];
    for (const clock of [now, now + 1, now - 60_000, now + 2]) {
      vi.setSystemTime(clock);
      for (let made = 0; made < 5000; made++) ids.push(newId());
    }
    expect(ids.findIndex((id, at) => at > 0 && id <= (ids[at - 1] ?? ''))).toBe(-1);
  });

  it('are UUIDs of version 7 that tell when they were made', () => {
    const before = Date.now();
    const id = newId();
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    const madeAt = Number.parseInt(id.replace('-', '').slice(0, 12), 16);
    expect(madeAt).toBeGreaterThanOrEqual(before);
    // The ids of a moment ago may have borrowed some milliseconds.
    expect(madeAt).toBeLessThan(before + 60_000);
  });

  it('cannot be guessed from one another', () => {
    const tails = Array.from({ length: 100 }, () => newId().slice(19));
    expect(new Set(tails).size).toBe(100);
  });
});
