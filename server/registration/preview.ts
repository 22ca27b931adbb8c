import { html } from 'ghtml';
import { feedbackMessage } from '../../interview/feedback.ts';
import type { Language } from '../../interview/languages/language.ts';
import { phrases } from '../../interview/languages/phrases.ts';
import type { QuestionInLanguage } from '../../interview/question.ts';

/** A question, an answer and its feedback as they look in the chat. The feedback is made by the same rule as the real one. */
export function renderPreview(it: { language: Language; businessName: string }): string {
  const { page, areas, buttons } = phrases[it.language];
  const { preview } = page;
  return html`<figure class="phone">
    <figcaption>${preview.caption}</figcaption>
    <div class="screen">
      <p class="contact"><span class="avatar" aria-hidden="true">${[...it.businessName][0]}</span>${it.businessName}</p>
      <div class="chat">
        <div class="bubble bot"><strong>${areas.javascript}</strong><br>${preview.question}</div>
        <p class="replies" aria-hidden="true"><span>${buttons.hint}</span><span>${buttons.skip}</span></p>
        <div class="bubble mine">${preview.answer}</div>
        <div class="bubble bot">!${formatted(feedback(it.language))}</div>
        <p class="replies" aria-hidden="true"><span>${buttons.modelAnswer}</span><span>${buttons.more}</span></p>
      </div>
    </div>
  </figure>`;
}

function feedback(language: Language): string {
  const { preview } = phrases[language].page;
  const message = feedbackMessage({
    askedId: 'preview',
    question: sampleQuestion(language),
    grader: 'openai',
    assessment: {
      verdicts: [
        { conceptId: 'keeps', verdict: 'covered', quote: preview.keepsQuote },
        { conceptId: 'survives', verdict: 'covered', quote: preview.survivesQuote },
        { conceptId: 'use', verdict: 'missing', quote: null },
      ],
      nextStep: preview.step,
      explanation: null,
      offTopic: false,
      suspicious: false,
    },
  });
  return message.free?.text ?? '';
}

function sampleQuestion(language: Language): QuestionInLanguage {
  const { preview } = phrases[language].page;
  const concept = (id: string, weight: number, text: string) => ({
    id,
    weight,
    core: false,
    text,
    aliases: [],
  });
  return {
    slug: 'preview',
    version: 1,
    area: 'javascript',
    difficulty: 'easy',
    language,
    text: preview.question,
    hint: '',
    modelAnswer: '',
    concepts: [
      concept('keeps', 3, preview.keeps),
      concept('survives', 2, preview.survives),
      concept('use', 2, preview.use),
    ],
  };
}

/** WhatsApp's bold and line ends, all that our feedback uses. */
function formatted(text: string): string {
  return html`${text}`.replace(/\*([^*\n]+)\*/g, '<strong>$1</strong>').replaceAll('\n', '<br>');
}
