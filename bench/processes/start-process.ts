import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Reply, Task } from './offer.ts';

/** A process beside this one, so that what is measured shares no thread with what it is measured with. */
export type Beside<Offers extends Readonly<Record<string, Task>>> = AsyncDisposable & {
  call<Name extends keyof Offers & string>(
    name: Name,
    ...input: Parameters<Offers[Name]>
  ): Promise<Awaited<ReturnType<Offers[Name]>>>;
};

/** Starts a file of this folder; `type ItsOffers = typeof offers` over there says what it may be asked. */
export function startProcess<Offers extends Readonly<Record<string, Task>>>(file: string): Beside<Offers> {
  const child = fork(join(import.meta.dirname, file), { serialization: 'advanced' });
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let calls = 0;
  child.on('message', (reply: Reply) => {
    const call = waiting.get(reply.id);
    waiting.delete(reply.id);
    if ('error' in reply) call?.reject(new Error(`${file}: ${reply.error}`));
    else call?.resolve(reply.result);
  });
  child.on('exit', (code) => {
    for (const call of waiting.values()) call.reject(new Error(`${file} ended with code ${code}`));
  });

  async function call<Name extends keyof Offers & string>(
    name: Name,
    ...input: Parameters<Offers[Name]>
  ): Promise<Awaited<ReturnType<Offers[Name]>>> {
    const id = ++calls;
    const answer = Promise.withResolvers<unknown>();
    waiting.set(id, answer);
    child.send({ id, name, input: input[0] });
    // What the other side offers under this name returns this.
    return (await answer.promise) as Awaited<ReturnType<Offers[Name]>>;
  }

  return { call, [Symbol.asyncDispose]: () => ended(child) };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  if (child.connected) child.disconnect();
  await exit;
}
