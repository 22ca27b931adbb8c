import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import type { Bench, Line } from './bench.ts';
import { configuration } from './configuration.ts';
import type { ServiceOffers } from './processes/service.ts';
import { startProcess } from './processes/start-process.ts';
import { tenths } from './words.ts';

const KILOBYTES = 1000;
const MOST_BYTES = 60 * KILOBYTES;

/** What a phone downloads for the registration page: every byte of every answer, headers too. */
export async function benchPage(bench: Bench): Promise<Line[]> {
  const [kind = 'sqlite'] = bench.databases;
  await using service = startProcess<ServiceOffers>('service.ts');
  const { url } = await service.call(
    'start',
    configuration({ database: await bench.newDatabase(kind), apiBaseUrl: 'http://127.0.0.1:9' }),
  );
  const packed = await download(url, 'gzip, deflate, br');
  const plain = await download(url, 'identity');
  return [
    {
      what: `first load of the registration page, ${packed.files} files`,
      database: null,
      measured: `${tenths(packed.bytes / KILOBYTES)} kB`,
      yardstick: `${tenths(plain.bytes / KILOBYTES)} kB uncompressed`,
      ratio: packed.bytes / plain.bytes,
      target: `< ${MOST_BYTES / KILOBYTES} kB`,
      isReached: packed.bytes < MOST_BYTES,
    },
  ];
}

/** The page, what it names, and what that names in turn. */
async function download(url: string, encoding: string): Promise<{ files: number; bytes: number }> {
  const wanted = [new URL('/', url).href];
  let bytes = 0;
  for (const address of wanted) {
    bytes += await transferred(address, encoding);
    const text = await (await fetch(address)).text();
    for (const found of loadedBy(text, address)) if (!wanted.includes(found)) wanted.push(found);
  }
  return { files: wanted.length, bytes };
}

async function transferred(address: string, encoding: string): Promise<number> {
  // A connection of its own, so that its counter is this answer's.
  const request = get(address, { agent: false, headers: { 'accept-encoding': encoding } });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const { socket } = response;
  if (response.statusCode !== 200) throw new Error(`${address} answers ${response.statusCode}`);
  response.resume();
  await once(response, 'end');
  return socket.bytesRead;
}

/** Addresses of ours that a browser fetches by itself. */
function loadedBy(text: string, base: string): string[] {
  const patterns = [
    /<(?:script|img|source|iframe)\b[^>]*?\ssrc="([^"]+)"/g,
    /<link\b(?=[^>]*\srel="(?:stylesheet|preload|modulepreload|icon|manifest)")[^>]*?\shref="([^"]+)"/g,
    /\burl\(["']?([^"')]+)["']?\)/g,
    /\bimport\b[^;'"]*["']([^"']+)["']/g,
  ];
  return patterns
    .flatMap((pattern) => [...text.matchAll(pattern)].map(([, found = '']) => new URL(found, base)))
    .filter(({ protocol }) => protocol === 'http:' || protocol === 'https:')
    .map(({ href }) => href);
}
