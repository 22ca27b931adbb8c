import { useCallback, useEffect, useState } from 'react';
import type { TemplateChange, TemplateState } from '../../../contract/switches.ts';
import type { Notice } from '../use-notices.ts';
import { changeTemplate, fetchTemplates } from './trouble-api.ts';

/** Reviews end and templates are submitted without an event that says so. */
const LOOK_EVERY_MS = 3000;

/** The templates while they are looked at; null until they first come. */
export function useTemplateList(tell: (kind: Notice['kind'], text: string) => void): {
  templates: readonly TemplateState[] | null;
  change: (name: string, change: TemplateChange) => Promise<void>;
} {
  const [templates, setTemplates] = useState<readonly TemplateState[] | null>(null);

  useEffect(() => {
    let isLooking = true;
    const look = async () => {
      if (document.hidden) return;
      const found = await fetchTemplates();
      // A look that fails is not worth a notice: the page says already when the emulator is gone.
      if (isLooking && found.kind === 'done') setTemplates(found.value);
    };
    void look();
    const timer = window.setInterval(() => void look(), LOOK_EVERY_MS);
    return () => {
      isLooking = false;
      window.clearInterval(timer);
    };
  }, []);

  const change = useCallback(
    async (name: string, wanted: TemplateChange) => {
      const changed = await changeTemplate(name, wanted);
      if (changed.kind === 'done') setTemplates(changed.value);
      else tell('trouble', `The template ${name} was not changed. ${changed.why}`);
    },
    [tell],
  );

  return { templates, change };
}
