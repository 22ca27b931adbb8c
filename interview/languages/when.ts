import type { Language } from './language.ts';

/** BCP 47 tags that format the way our learners write. */
const LOCALE: Readonly<Record<Language, string>> = { en: 'en-GB', es: 'es-MX', pt: 'pt-BR' };

/**
 * `today at 09:00`, `mañana a las 09:00`, `na terça-feira às 09:00`: a moment within the coming week, by the
 * learner's own clock.
 */
export function spokenTime(at: number, it: { now: number; zone: string; language: Language }): string {
  const { zone, language } = it;
  const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  const today = Temporal.Instant.fromEpochMilliseconds(it.now).toZonedDateTimeISO(zone).toPlainDate();
  const words = WORDS[language];
  const daysAhead = today.until(zoned.toPlainDate()).days;
  const weekday = new Intl.DateTimeFormat(LOCALE[language], { weekday: 'long', timeZone: zone }).format(at);
  const day = [words.today, words.tomorrow][daysAhead] ?? words.on(weekday, zoned.dayOfWeek);
  return `${day} ${words.at(zoned.hour)} ${clockTime(zoned.hour * 60 + zoned.minute)}`;
}

/** One o'clock is singular in Spanish and Portuguese; Saturday and Sunday are masculine in Portuguese. */
const WORDS: Readonly<
  Record<
    Language,
    {
      today: string;
      tomorrow: string;
      on: (weekday: string, dayOfWeek: number) => string;
      at: (hour: number) => string;
    }
  >
> = {
  en: { today: 'today', tomorrow: 'tomorrow', on: (weekday) => `on ${weekday}`, at: () => 'at' },
  es: {
    today: 'hoy',
    tomorrow: 'mañana',
    on: (weekday) => `el ${weekday}`,
    at: (hour) => (hour === 1 ? 'a la' : 'a las'),
  },
  pt: {
    today: 'hoje',
    tomorrow: 'amanhã',
    on: (weekday, dayOfWeek) => `${dayOfWeek >= SATURDAY ? 'no' : 'na'} ${weekday}`,
    at: (hour) => (hour === 1 ? 'à' : 'às'),
  },
};

const SATURDAY = 6;

/** `09:00` for 540. */
export function clockTime(minuteOfDay: number): string {
  return `${String(Math.floor(minuteOfDay / 60)).padStart(2, '0')}:${String(minuteOfDay % 60).padStart(2, '0')}`;
}
