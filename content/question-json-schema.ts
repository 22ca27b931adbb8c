import { z } from 'zod';
import { questionSchema } from './question-schema.ts';

/** What an editor has to know of a file of the bank, as `content/question.schema.json` holds it. */
export function questionJsonSchema(): string {
  const schema = z.toJSONSchema(z.array(questionSchema), { io: 'input' });
  const head = { title: 'Questions of one topic', description: 'content/README.md tells the rules.' };
  return `${JSON.stringify({ ...head, ...schema }, null, 2)}\n`;
}
