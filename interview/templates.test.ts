import { describe, expect, it } from 'vitest';
import { AREAS } from './areas.ts';
import { commandIn } from './commands/command-in.ts';
import { LANGUAGES } from './languages/language.ts';
import { phrases } from './languages/phrases.ts';
import { LONGEST_NAME_PARAMETER } from './template-parameter.ts';
import {
  allTemplates,
  filledLength,
  LONGEST_FILLED_TEMPLATE,
  type TemplateText,
  templateCodes,
} from './templates.ts';
import { TEMPLATE_NAMES } from './turn.ts';
import { fitsTemplateParameter, LONGEST_TEMPLATE_QUESTION } from './window.ts';

const TEMPLATES = allTemplates().map(
  (template) => [`${template.name} in ${template.languageCode}`, template] as const,
);

describe('the templates', () => {
  it('are each there in every code of every language', () => {
    const codes = LANGUAGES.flatMap((language) => templateCodes(language));
    const wanted = codes.flatMap((code) => TEMPLATE_NAMES.map((name) => `${name} in ${code}`));
    expect(TEMPLATES.map(([title]) => title).toSorted()).toEqual(wanted.toSorted());
  });

  it('use the codes that Meta knows: there is no plain Portuguese', () => {
    expect(new Set(allTemplates().map((it) => `${it.language}: ${it.languageCode}`))).toEqual(
      new Set(['en: en', 'es: es', 'pt: pt_BR', 'pt: pt_PT']),
    );
  });

  it('in Portuguese are sent as in Brazil, and as in Portugal where that cannot be', () => {
    expect(templateCodes('pt')).toEqual(['pt_BR', 'pt_PT']);
  });

  it('have buttons that are understood when somebody types them', () => {
    for (const { name, quickReplies } of allTemplates()) {
      if (name !== 'daily_question') continue;
      expect(quickReplies.map((title) => commandIn(title))).toEqual(['hint', 'skip']);
    }
  });

  it('never say the same twice: Meta refuses a duplicate', () => {
    const bodies = allTemplates().map((it) => it.body);
    expect(new Set(bodies).size).toBe(bodies.length);
  });

  it('of the welcome have Start first and Not me second', () => {
    expect(allTemplates().find((it) => it.name === 'welcome')?.quickReplies).toEqual(['Start', 'Not me']);
  });
});

describe.each(TEMPLATES)('%s', (_, template) => {
  it('has a name of small letters, digits and underscores', () => {
    expect(template.name).toMatch(/^[a-z0-9_]{1,512}$/);
  });

  it('has a body that Meta takes: not too long, words at both ends, words between parameters', () => {
    expect(template.body.length).toBeLessThanOrEqual(1024);
    expect(template.body).not.toMatch(/^\s*\{\{|\}\}\s*$/);
    expect(template.body).not.toMatch(/\}\}\s*\{\{/);
  });

  it('names its parameters as Meta wants them and gives a sample for exactly those of the body', () => {
    const parameters = parametersOf(template);
    expect(new Set(parameters).size).toBe(parameters.length);
    for (const name of parameters) expect(name).toMatch(/^[a-z_]{1,20}$/);
    expect(template.samples.map((sample) => sample.name).toSorted()).toEqual(parameters.toSorted());
    for (const sample of template.samples) expect(fitsTemplateParameter(sample.example)).toBe(true);
  });

  it('leaves no brace that is not a parameter', () => {
    expect(template.body.replace(/\{\{[a-z_]+\}\}/g, '')).not.toMatch(/[{}]/);
  });

  it('has a plain footer of at most 60 characters that says how to stop', () => {
    expect(template.footer.length).toBeLessThanOrEqual(60);
    expect(template.footer).not.toMatch(/[*_~`{}\n]/);
    expect(template.footer).toMatch(/\b(?:STOP|PARAR)\b/);
  });

  it('has one to three buttons with different titles of at most 25 characters', () => {
    expect(template.quickReplies.length).toBeGreaterThanOrEqual(1);
    expect(template.quickReplies.length).toBeLessThanOrEqual(3);
    expect(new Set(template.quickReplies).size).toBe(template.quickReplies.length);
    for (const title of template.quickReplies) expect(title).toMatch(/^[^*_~`{}\n]{1,25}$/);
  });

  it('lives no longer than a utility template may, half a day', () => {
    expect(template.timeToLiveSeconds).toBeGreaterThanOrEqual(30);
    expect(template.timeToLiveSeconds).toBeLessThanOrEqual(43_200);
  });

  it.each(AREAS)(
    'stays within 1,024 characters with its footer when filled with the longest, for %s',
    (area) => {
      const longest: Record<string, string> = {
        first_name: 'N'.repeat(LONGEST_NAME_PARAMETER),
        business: 'B'.repeat(LONGEST_NAME_PARAMETER),
        area: phrases[template.language].areas[area],
        question: 'Q'.repeat(LONGEST_TEMPLATE_QUESTION),
      };
      const { name, language } = template;
      const parameters = parametersOf(template).map((it) => ({ name: it, text: longest[it]! }));
      const use = { template: name, language, parameters, payloads: [] };
      expect(filledLength(template, use)).toBeLessThanOrEqual(LONGEST_FILLED_TEMPLATE);
    },
  );
});

function parametersOf(template: TemplateText): string[] {
  return [...template.body.matchAll(/\{\{([^}]*)\}\}/g)].map((match) => match[1]!);
}
