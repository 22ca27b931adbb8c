import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** Stands before a server, so that a test can take that server away from whoever connects through here. */
export type CuttableProxy = {
  readonly port: number;
  /** Ends every connection and refuses new ones. */
  cut(): void;
  /** Goes silent, as when a firewall forgets: takes connections and bytes, and never answers. */
  hang(): void;
  /** Forwards new connections again. One that went silent stays so. */
  mend(): void;
  close(): Promise<void>;
};

export async function startCuttableProxy(target: { host: string; port: number }): Promise<CuttableProxy> {
  const sockets = new Set<Socket>();
  let state: 'well' | 'cut' | 'silent' = 'well';
  const server = createServer((near) => {
    keep(near);
    if (state === 'cut') near.resetAndDestroy();
    else if (state === 'silent') near.resume();
    else forward(near);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port');

  return {
    port: address.port,
    cut() {
      state = 'cut';
      for (const socket of sockets) socket.resetAndDestroy();
    },
    hang() {
      state = 'silent';
      for (const socket of sockets) socket.unpipe().resume();
    },
    mend() {
      state = 'well';
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };

  function forward(near: Socket): void {
    const far = connect(target);
    keep(far);
    near.pipe(far).pipe(near);
    near.once('close', () => far.destroy());
    far.once('close', () => {
      // When silent, nobody hears that the other side is gone.
      if (state !== 'silent') near.destroy();
    });
  }

  function keep(socket: Socket): void {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
  }
}
