import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const ROOMS = ['registration', 'daily', 'inbox', 'coaching', 'dispatch', 'upkeep', 'admin'];
const SOURCES = globSync('**/*.{ts,tsx}', {
  cwd: ROOT,
  exclude: (path) => /node_modules|dist/.test(path),
}).filter((file) => !file.endsWith('.test.ts') && !file.startsWith('test/'));

/** What a file may import of our own, by the folder it lies in: the walls of the house. */
const WALLS: readonly { from: RegExp; mayImport: RegExp; why: string }[] = [
  { from: /^interview\//, mayImport: /^interview\//, why: 'the rules know nothing but themselves' },
  { from: /^contract\//, mayImport: /^contract\//, why: 'the contract belongs to both sides' },
  ...ROOMS.map((room) => ({
    from: new RegExp(`^server/${room}/`),
    mayImport: new RegExp(
      `^(interview/|contract/|server/(${room}/|store/|http/|queue/(engine|backoff)\\.ts|(jobs|events|bank|trace)\\.ts|channels/channel\\.ts|ai/grader\\.ts))`,
    ),
    why: 'a room leaves a job for another room and knows the doors by their contracts only',
  })),
  {
    from: /^server\/channels\/whatsapp\//,
    mayImport: /^(interview\/|server\/channels\/)/,
    why: 'a door knows no store',
  },
  {
    from: /^server\/ai\/offline\//,
    mayImport: /^(interview\/|server\/ai\/(grader\.ts|offline\/))/,
    why: 'a door knows no store and no other door',
  },
  {
    from: /^server\/ai\/openai\//,
    mayImport: /^(interview\/|server\/ai\/(grader\.ts|openai\/))/,
    why: 'a door knows no store and no other door',
  },
  {
    from: /^server\/store\//,
    mayImport: /^(interview\/|server\/(store\/|(jobs|events|bank|trace)\.ts|channels\/channel\.ts))/,
    why: 'the store knows no room',
  },
  {
    from: /^server\/queue\//,
    mayImport: /^server\/(queue|store|trace\.ts)/,
    why: 'the engine knows no room',
  },
  {
    from: /^server\/http\//,
    mayImport: /^(contract\/|server\/(http\/|trace\.ts))/,
    why: 'the plumbing knows no room',
  },
  {
    from: /^server\/doctor\//,
    mayImport: /^(interview\/|server\/(doctor\/|channels\/|config\.ts))/,
    why: 'the doctor looks through the door and knows no room',
  },
  {
    from: /^cli\//,
    mayImport:
      /^(cli\/|content\/|interview\/|server\/(config\.ts|doctor\/|channels\/channel\.ts|channels\/whatsapp\/(management\/|webhook-fields\.ts)|store\/(count-active-learners|move-to-postgres\/move-to-postgres)\.ts))/,
    why: 'the command line sets things up and knows no room',
  },
  {
    from: /^emulator\//,
    mayImport: /^(emulator|contract)\//,
    why: 'an independent witness shares no code with what it judges',
  },
  {
    from: /^bench\//,
    mayImport:
      /^(bench\/|interview\/(answer|choosing|kinship)\.ts|content\/load-bank\.ts|cli\/columns\.ts|contract\/phone\.ts|emulator\/(emulator|pretend-openai)\.ts|server\/(app|config|jobs)\.ts|server\/store\/|test\/(postgres-server|free-port|simulated-mornings)\.ts)/,
    why: 'what is measured is the whole service, from outside, and one rule that must be right for thousands of mornings',
  },
  { from: /^web\//, mayImport: /^(web|contract)\//, why: 'pages speak to servers by contract' },
  {
    from: /^content\//,
    mayImport: /^(content|interview|server\/ai\/offline)\//,
    why: 'the bank is checked by the rules and the offline grader',
  },
];

describe('the house', () => {
  it.each(WALLS)('keeps $from apart: $why', ({ from, mayImport }) => {
    const broken = SOURCES.filter((file) => from.test(file)).flatMap((file) =>
      importsOf(file)
        .filter((target) => !mayImport.test(target))
        .map((target) => `${file} imports ${target}`),
    );
    expect(broken).toEqual([]);
  });

  it('has rules without clock, dice, waiting or libraries', () => {
    const impure = SOURCES.filter((file) => file.startsWith('interview/')).flatMap((file) =>
      [
        ...source(file).matchAll(
          /\bawait\b|\basync\b|Date\.now|new Date\(\)|Math\.random|Temporal\.Now|\bprocess\.|\bfetch\(|from '[^.]/g,
        ),
      ].map(([what]) => `${file}: ${what}`),
    );
    expect(impure).toEqual([]);
  });

  it('has one reader of the environment, one more for the emulator on its own, and one for the build', () => {
    const readers = SOURCES.filter((file) => /process\.(env|loadEnvFile)/.test(source(file)));
    expect(readers.toSorted()).toEqual(['emulator/main.ts', 'server/config.ts', 'web/build-if-stale.ts']);
  });

  it('has one composition root: nobody else imports from three rooms or more', () => {
    const roots = SOURCES.filter((file) => {
      const rooms = new Set(
        importsOf(file).map((target) => ROOMS.find((room) => target.startsWith(`server/${room}/`))),
      );
      rooms.delete(undefined);
      return rooms.size >= 3;
    });
    expect(roots).toEqual(['server/app.ts']);
  });

  it('has no drawers and no default exports', () => {
    expect(
      SOURCES.filter((file) => /(^|\/)(utils?|helpers?|common|misc|types|index)\.tsx?$/.test(file)),
    ).toEqual([]);
    expect(
      SOURCES.filter((file) => /^export default/m.test(source(file)) && !file.endsWith('.config.ts')),
    ).toEqual([]);
  });
});

/** Our own files that a file imports, as paths from the root. */
function importsOf(file: string): string[] {
  return [...source(file).matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map(([, specifier = '']) =>
    relative(ROOT, join(ROOT, dirname(file), specifier)),
  );
}

function source(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}
