const SAMPLE_RATE = 48_000;
const FRAME_MS = 20;
const FRAMES_PER_PAGE = 50;
const SAMPLES_PER_FRAME = (SAMPLE_RATE * FRAME_MS) / 1000;
/** What a talking voice takes in a voice note, about 3 kB a second; silence takes a few bytes. */
const BYTES_PER_FRAME = 60;
/** CELT, full band, 20 ms, mono, one frame. */
const FRAME_HEADER = 0xf8;

/**
 * A well-formed Ogg file with Opus packets, as WhatsApp's voice notes are: the length can be read from it, and the
 * amount of data is that of speech. What it would sound like is noise.
 */
export function voiceNote(wanted: { seconds: number; silent?: boolean }): Buffer {
  const frames = Math.round((wanted.seconds * 1000) / FRAME_MS);
  const frame = wanted.silent === true ? Buffer.from([FRAME_HEADER, 0xff, 0xfe]) : speechFrame();
  const pages = [oggPage([opusHead()], 0, 0, BEGINS), oggPage([opusTags()], 0, 1, 0)];
  for (let done = 0; done < frames; done += FRAMES_PER_PAGE) {
    const count = Math.min(FRAMES_PER_PAGE, frames - done);
    const isLast = done + count === frames;
    const packets = Array.from({ length: count }, () => frame);
    pages.push(oggPage(packets, (done + count) * SAMPLES_PER_FRAME, pages.length, isLast ? ENDS : 0));
  }
  return Buffer.concat(pages);
}

const BEGINS = 0x02;
const ENDS = 0x04;
const SERIAL = 0x1b07;

function speechFrame(): Buffer {
  return Buffer.from(
    Array.from({ length: BYTES_PER_FRAME }, (_, at) => (at === 0 ? FRAME_HEADER : (at * 37) % 251)),
  );
}

function opusHead(): Buffer {
  const head = Buffer.alloc(19);
  head.write('OpusHead', 0, 'ascii');
  head.writeUInt8(1, 8);
  head.writeUInt8(1, 9);
  head.writeUInt32LE(16_000, 12);
  return head;
}

function opusTags(): Buffer {
  const tags = Buffer.alloc(16);
  tags.write('OpusTags', 0, 'ascii');
  return tags;
}

function oggPage(packets: readonly Buffer[], granule: number, sequence: number, flags: number): Buffer {
  const header = Buffer.alloc(27 + packets.length);
  header.write('OggS', 0, 'ascii');
  header.writeUInt8(flags, 5);
  header.writeBigUInt64LE(BigInt(granule), 6);
  header.writeUInt32LE(SERIAL, 14);
  header.writeUInt32LE(sequence, 18);
  header.writeUInt8(packets.length, 26);
  // One lacing byte per packet is enough below 255 bytes.
  for (const [index, packet] of packets.entries()) header.writeUInt8(packet.length, 27 + index);
  const page = Buffer.concat([header, ...packets]);
  page.writeUInt32LE(oggChecksum(page), 22);
  return page;
}

/** Ogg's own CRC-32: unreflected, from zero, unlike that of zip files. */
function oggChecksum(bytes: Buffer): number {
  let checksum = 0;
  for (const byte of bytes) {
    checksum = (checksum ^ (byte << 24)) >>> 0;
    for (let bit = 0; bit < 8; bit++) {
      checksum = (checksum & 0x80000000) !== 0 ? ((checksum << 1) ^ 0x04c11db7) >>> 0 : (checksum << 1) >>> 0;
    }
  }
  return checksum;
}
