import { en, type Phrases } from './en.ts';
import { es } from './es.ts';
import type { InEachLanguage } from './language.ts';
import { pt } from './pt.ts';

/** All phrases by language. `phrases[learner.language].stopped` is how everything is said. */
export const phrases: InEachLanguage<Phrases> = { en, es, pt };
