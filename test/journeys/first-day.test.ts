import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { phrases } from '../../interview/languages/phrases.ts';
import { openWorld, type World } from '../world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const ZONE = 'America/Sao_Paulo';

describe('the first day', () => {
  it('goes from registration to feedback, and on to the next morning', async () => {
    const ana = world.learner('Ana Souza', { number: '5511955501234', language: 'pt', zone: ZONE });
    await world.itIs('Monday 20:00', ZONE);

    const { status } = await ana.registers();
    expect(status).toBe(202);
    const welcome = ana.hears(/Olá Ana, .*JavaScript/);
    expect(welcome.template).toBe('welcome');
    expect(welcome.buttons.map((button) => button.title)).toEqual(['Começar', 'Não sou eu']);

    await ana.taps('Começar');
    const question = ana.hears(/Tudo certo, Ana!.*\n\n\*JavaScript\*/s);
    expect(question.template).toBeNull();
    expect(question.buttons.map((button) => button.title)).toEqual(['Dica', 'Pular']);

    await ana.says(ana.questionIn(question).modelAnswer);
    ana.hearsNothing();
    expect(ana.phone.typingUntil).not.toBeNull();
    await world.pass({ seconds: 9 });
    const feedback = ana.hears(/Ótima resposta/);
    expect(feedback.text).not.toMatch(/\/\s*10|%/);
    expect(feedback.buttons.map((button) => button.title)).toEqual(['Resposta modelo', 'Mais uma']);

    // The first question counted as Monday's: Tuesday's comes at nine, inside the window, as a plain message.
    await world.itIs('Tuesday 08:59', ZONE);
    ana.hearsNothing();
    await world.itIs('Tuesday 09:00', ZONE);
    await world.pass({ seconds: 1 });
    const next = ana.hears(/^\*JavaScript\*/);
    expect(ana.questionIn(next).slug).not.toBe(ana.questionIn(question).slug);
    await world.itIs('Wednesday 08:00', ZONE);
    ana.hearsNothing();
  });

  it('speaks the learner’s language from the first message to the last', async () => {
    for (const [language, number] of [
      ['en', '15550100199'],
      ['es', '525555550123'],
      ['pt', '5511955501234'],
    ] as const) {
      const learner = world.learner('Grace', { number, language, zone: 'UTC' });
      const words = phrases[language];
      await learner.registers({ tech_area: 'python' });
      expect(learner.hears(/Python/).buttons[0]?.title).toBe(words.buttons.start);
      await learner.taps(words.buttons.start);
      const question = learner.questionIn(learner.hears(/Python/));
      await learner.answers(question.modelAnswer);
      expect(learner.hears(/./).text).toContain(words.feedback.right);
      await learner.taps(words.buttons.modelAnswer);
      expect(learner.hears(/./).text).toBe(words.modelAnswer({ text: question.modelAnswer }));
    }
  });

  it('says once that the day is complete and is silent after that, while commands still work', async () => {
    const ana = world.learner('Ana', { number: '15550100199', language: 'en' });
    const question = await ana.joins();
    await ana.answers(ana.questionIn(question).modelAnswer);
    ana.hears(/answer/);
    await ana.says('Thanks a lot for this');
    ana.hears(/That's it for now. Your next question comes tomorrow at 09:00/);
    await ana.says('Really nice');
    await ana.says('Are you there?');
    ana.hearsNothing();
    await ana.says('help');
    ana.hears(/help@bot.test/);
  });

  it('merges several messages in a row into one answer with one feedback', async () => {
    const ana = world.learner('Ana', { number: '15550100199', language: 'en' });
    const question = ana.questionIn(await ana.joins());
    const sentences = question.modelAnswer.split('. ');
    for (const sentence of sentences) {
      await ana.says(sentence);
      await world.pass({ seconds: 5 });
      ana.hearsNothing();
    }
    await world.pass({ seconds: 5 });
    ana.hears(/Strong answer/);
  });

  it('gives up to three further questions on request, each once', async () => {
    const ana = world.learner('Ana', { number: '15550100199', language: 'en' });
    const slugs = new Set<string>();
    let message = await ana.joins();
    for (let extra = 0; ; extra++) {
      const question = ana.questionIn(message);
      slugs.add(question.slug);
      await ana.answers(question.modelAnswer);
      ana.hears(/answer/);
      await ana.taps('More');
      if (extra === 3) break;
      message = ana.hears(/JavaScript/);
    }
    ana.hears(/That was a lot for one day/);
    expect(slugs.size).toBe(4);
  });

  it('teaches whoever says that they do not know', async () => {
    const ana = world.learner('Ana', { number: '15550100199', language: 'en' });
    const question = ana.questionIn(await ana.joins());
    await ana.says("I don't know");
    expect(ana.hears(/No problem/).text).toContain(question.modelAnswer);
  });
});
