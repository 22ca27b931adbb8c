import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { TemplateChange, TemplateState } from '../../contract/switches.ts';
import { QUALITY_SCORES } from '../templates/template.ts';
import type { TemplateControls } from '../templates/template-controls.ts';
import { refuse } from './refuse.ts';

const MOVABLE = ['UTILITY', 'MARKETING'] as const;

const templateChange = z
  .strictObject({
    language: z.string(),
    status: z.enum(['APPROVED', 'PENDING', 'REJECTED', 'PAUSED', 'DISABLED']),
    category: z.enum(MOVABLE),
    /** Announced, and moved there a day later. */
    announcedCategory: z.enum(MOVABLE),
    quality: z.enum(QUALITY_SCORES),
    /** Whether sends of it are kept back, in whatever language; `send` and `drop` end that. */
    sends: z.enum(['hold', 'send', 'drop']),
  })
  .exactPartial() satisfies z.ZodType<TemplateChange>;

/** Templates as Meta changes them on its own. */
export function registerTemplateApi(server: FastifyInstance, needs: { templates: TemplateControls }): void {
  const { templates } = needs;

  const states = (): TemplateState[] =>
    templates.list().map(({ name, language, status, category }) => ({ name, language, status, category }));

  server.get('/__emulator/templates', states);

  server.post<{ Params: { name: string } }>('/__emulator/templates/:name', (request, reply) => {
    const change = templateChange.safeParse(request.body);
    if (!change.success) return refuse(reply, 400, change.error);
    const { name } = request.params;
    const { language, status, category, announcedCategory, quality, sends } = change.data;
    if (!states().some((it) => it.name === name && (language ?? it.language) === it.language)) {
      return refuse(
        reply,
        404,
        `there is no template ${name}${language === undefined ? '' : ` in ${language}`}`,
      );
    }
    if (category !== undefined) templates.setCategory(name, category, language);
    if (announcedCategory !== undefined) templates.announceCategory(name, announcedCategory, language);
    if (quality !== undefined) templates.setQuality(name, quality, language);
    if (status !== undefined) templates.setStatus(name, status, language);
    if (sends === 'hold') templates.hold(name);
    else if (sends !== undefined) templates.endHold(name, sends);
    return states();
  });
}
