/** Templates' life at Meta, as far as the emulator plays it. */
export type TemplateStatus = 'PENDING' | 'APPROVED' | 'REJECTED' | 'PAUSED' | 'DISABLED';

export const CATEGORIES = ['UTILITY', 'MARKETING', 'AUTHENTICATION'] as const;
export type Category = (typeof CATEGORIES)[number];

export type TemplateButton = { readonly type: 'QUICK_REPLY' | 'URL' | 'PHONE_NUMBER'; readonly text: string };

export type TemplateComponent =
  | { readonly type: 'HEADER'; readonly format: 'TEXT'; readonly text: string }
  | { readonly type: 'BODY'; readonly text: string }
  | { readonly type: 'FOOTER'; readonly text: string }
  | { readonly type: 'BUTTONS'; readonly buttons: readonly TemplateButton[] };

export const QUALITY_SCORES = ['GREEN', 'YELLOW', 'RED', 'UNKNOWN'] as const;
export type QualityScore = (typeof QUALITY_SCORES)[number];

/** What is submitted. The components are kept with their examples, as the list of templates shows them. */
export type TemplateDefinition = {
  readonly name: string;
  readonly language: string;
  readonly category: Category;
  readonly parameterFormat: 'NAMED' | 'POSITIONAL';
  readonly components: readonly TemplateComponent[];
  readonly timeToLiveSeconds: number | null;
};

export type Template = TemplateDefinition & {
  readonly id: string;
  readonly status: TemplateStatus;
  readonly rejectedReason: string;
  /** What it was before Meta moved it. */
  readonly previousCategory: Category | null;
  /** Where Meta will move it, once that is announced. */
  readonly correctCategory: Category | null;
  readonly quality: { readonly score: QualityScore; readonly sinceSeconds: number };
};

export function headerOf(template: TemplateDefinition): string | null {
  for (const component of template.components) if (component.type === 'HEADER') return component.text;
  return null;
}

export function bodyOf(template: TemplateDefinition): string {
  for (const component of template.components) if (component.type === 'BODY') return component.text;
  return '';
}

export function footerOf(template: TemplateDefinition): string | null {
  for (const component of template.components) if (component.type === 'FOOTER') return component.text;
  return null;
}

export function buttonsOf(template: TemplateDefinition): readonly TemplateButton[] {
  for (const component of template.components) if (component.type === 'BUTTONS') return component.buttons;
  return [];
}
