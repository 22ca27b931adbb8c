import type { Channel } from '../channels/channel.ts';
import type { JobPayloads } from '../jobs.ts';
import { done, type JobOutcome } from '../queue/engine.ts';

/** Blue ticks and, while an assessment is made, the typing indicator. A courtesy: never tried twice. */
export function createMarkRead(it: {
  channel: Channel;
}): (job: JobPayloads['mark-read']) => Promise<JobOutcome> {
  return async ({ channelId, typing }) => {
    await it.channel.markRead(channelId, { typing });
    return done;
  };
}
