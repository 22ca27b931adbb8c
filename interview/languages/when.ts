import type { Language } from './language.ts';

/** BCP 47 tags that format the way our learners write. */
const LOCALE: Readonly<Record<Language, string>> = { en: 'en-GB', es: 'es-MX', pt: 'pt-BR' };

const PREPOSITION: Readonly<Record<Language, { on: string; at: string }>> = {
  en: { on: 'on ', at: ' at ' },
  es: { on: 'el ', at: ' a las ' },
  pt: { on: '', at: ' às ' },
};

/** `on Tuesday at 09:00`, `el martes a las 09:00`, `terça-feira às 09:00`, by the learner's own clock. */
export function spokenTime(instantMs: number, zone: string, language: Language): string {
  const weekday = new Intl.DateTimeFormat(LOCALE[language], { weekday: 'long', timeZone: zone }).format(
    instantMs,
  );
  const time = new Intl.DateTimeFormat(LOCALE[language], {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: zone,
  }).format(instantMs);
  const words = PREPOSITION[language];
  return `${words.on}${weekday}${words.at}${time}`;
}

/** `09:00` for 540. */
export function clockTime(minuteOfDay: number): string {
  return `${String(Math.floor(minuteOfDay / 60)).padStart(2, '0')}:${String(minuteOfDay % 60).padStart(2, '0')}`;
}
