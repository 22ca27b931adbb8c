/** The languages we speak. A new one is a line here and a file of phrases beside this one. */
export const LANGUAGES = ['en', 'es', 'pt'] as const;
export type Language = (typeof LANGUAGES)[number];

/** One value per language: a missing language does not compile. */
export type InEachLanguage<T> = Readonly<Record<Language, T>>;
