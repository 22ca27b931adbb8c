import type { TemplateChange, TemplateState } from '../../../contract/switches.ts';
import type { Notice } from '../use-notices.ts';
import { ChoiceField } from './choice-field.tsx';
import { categoryChoices, familiesOf, statusChoices } from './template-choices.ts';
import { useTemplateList } from './use-template-list.ts';

type Props = { tell: (kind: Notice['kind'], text: string) => void };

/** The bot's templates, and what Meta may make of each of its own accord. */
export function TemplateList({ tell }: Props) {
  const { templates, change } = useTemplateList(tell);
  if (templates === null) return <p className="quiet">Looking…</p>;
  if (templates.length === 0) return <p className="quiet">The bot has submitted none yet.</p>;
  return (
    <>
      {familiesOf(templates).map(({ name, templates: members }) => (
        <div key={name} className="template-family">
          <h4>{name}</h4>
          <ul>
            {members.map((template) => (
              <TemplateRow
                key={template.language}
                template={template}
                onChange={(wanted) => change(name, { language: template.language, ...wanted })}
              />
            ))}
          </ul>
        </div>
      ))}
    </>
  );
}

function TemplateRow({
  template,
  onChange,
}: {
  template: TemplateState;
  onChange: (change: TemplateChange) => Promise<void>;
}) {
  const { name, language, category } = template;
  const status = statusChoices(template.status);
  const isUsable = template.status === 'APPROVED';
  return (
    <li className={isUsable ? 'template-row' : 'template-row template-unusable'}>
      <span className="template-language">{language}</span>
      <ChoiceField
        label={`Status of ${name} in ${language}`}
        isLabelUnseen
        choices={status.choices}
        value={status.chosen}
        onChange={(chosen) => (chosen === 'other' ? undefined : onChange({ status: chosen }))}
      />
      <ChoiceField
        label={`Category of ${name} in ${language}`}
        isLabelUnseen
        choices={categoryChoices(category)}
        value={category}
        onChange={(chosen) => (chosen === 'AUTHENTICATION' ? undefined : onChange({ category: chosen }))}
      />
    </li>
  );
}
