/** The other side of `startProcess`: does what this process is asked to, one message per call, one per answer. */
export function offer<const Offers extends Readonly<Record<string, Task>>>(offers: Offers): Offers {
  process.on('message', (call: Call) => {
    void answer(offers, call).then((reply) => process.send?.(reply));
  });
  // Whoever started us is gone; and a profile is only written by a process that leaves by itself.
  process.on('disconnect', () => process.exit());
  return offers;
}

export type Task = (input: never) => unknown;
export type Call = { readonly id: number; readonly name: string; readonly input: unknown };
export type Reply = { readonly id: number } & ({ readonly result: unknown } | { readonly error: string });

async function answer(offers: Readonly<Record<string, Task>>, { id, name, input }: Call): Promise<Reply> {
  try {
    const task = offers[name];
    if (task === undefined) throw new Error(`Nothing here is called ${name}`);
    return { id, result: await task(input as never) };
  } catch (error) {
    return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
