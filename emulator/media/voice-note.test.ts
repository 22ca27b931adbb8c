import { expect, test } from 'vitest';
import { voiceNote } from './voice-note.ts';

type Page = { flags: number; granule: bigint; sequence: number; checksum: number; packets: Buffer[] };

/** Ogg read by its own rules, up to packets below 255 bytes, which is all there is. */
function pagesOf(file: Buffer): Page[] {
  const pages: Page[] = [];
  for (let at = 0; at < file.length; ) {
    expect(file.toString('ascii', at, at + 4)).toBe('OggS');
    const lengths = [...file.subarray(at + 27, at + 27 + file.readUInt8(at + 26))];
    let end = at + 27 + lengths.length;
    const packets = lengths.map((length) => {
      end += length;
      return file.subarray(end - length, end);
    });
    pages.push({
      flags: file.readUInt8(at + 5),
      granule: file.readBigUInt64LE(at + 6),
      sequence: file.readUInt32LE(at + 18),
      checksum: file.readUInt32LE(at + 22),
      packets,
    });
    at = end;
  }
  return pages;
}

test('a voice note tells its length, as an Ogg file with Opus does', () => {
  const pages = pagesOf(voiceNote({ seconds: 2.5 }));
  expect(pages.map((page) => page.sequence)).toEqual([0, 1, 2, 3, 4]);
  expect(pages.map((page) => page.flags)).toEqual([2, 0, 0, 0, 4]);
  expect(pages[0]?.packets[0]?.toString('ascii', 0, 8)).toBe('OpusHead');
  expect(pages[1]?.packets[0]?.toString('ascii', 0, 8)).toBe('OpusTags');
  expect(pages.slice(2).flatMap((page) => page.packets)).toHaveLength(125);
  expect(pages.at(-1)?.granule).toBe(120_000n);
});

test('its pages carry Ogg’s own checksum', () => {
  // Computed by another, table-driven implementation over the same 47 bytes.
  expect(pagesOf(voiceNote({ seconds: 1 }))[0]?.checksum).toBe(2_318_613_972);
});

test('speech weighs what speech weighs, silence next to nothing', () => {
  expect(voiceNote({ seconds: 10 }).length).toBeGreaterThan(25_000);
  expect(voiceNote({ seconds: 10, silent: true }).length).toBeLessThan(5_000);
});
