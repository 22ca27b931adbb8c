import { APIError } from 'openai';

/** Parameters we like but can do without. Every server but OpenAI's own may answer 400 to any of them. */
const OPTIONAL = ['reasoning', 'verbosity', 'safety_identifier', 'store'] as const;
type OptionalParameter = (typeof OPTIONAL)[number];

export type Capabilities = {
  readonly openAIsOwn: boolean;
  has(parameter: OptionalParameter): boolean;
  /** True when the refusal was about an optional parameter: it is not sent again, and asking anew makes sense. */
  learnFrom(error: unknown): boolean;
};

/**
 * What may be sent where: everything to OpenAI, nothing optional to anybody else. Even OpenAI's models differ (an older
 * one knows no reasoning effort), so a refused parameter is left out for as long as the process runs.
 */
export function createCapabilities(baseUrl: string): Capabilities {
  const openAIsOwn = isOpenAIsOwn(baseUrl);
  const available = new Set<OptionalParameter>(openAIsOwn ? OPTIONAL : []);
  return {
    openAIsOwn,
    has: (parameter) => available.has(parameter),
    learnFrom(error) {
      const refused = OPTIONAL.find((parameter) => available.has(parameter) && isRefusalOf(error, parameter));
      return refused !== undefined && available.delete(refused);
    },
  };
}

/** True for a 400 or 422 about this parameter, by its name in `param` or, as compatible servers do, in the sentence. */
export function isRefusalOf(error: unknown, parameter: string): boolean {
  if (!(error instanceof APIError) || (error.status !== 400 && error.status !== 422)) return false;
  return (typeof error.param === 'string' ? error.param : error.message).includes(parameter);
}

function isOpenAIsOwn(baseUrl: string): boolean {
  const host = URL.parse(baseUrl)?.hostname ?? '';
  return host === 'api.openai.com' || host.endsWith('.api.openai.com');
}
