import type { FirstStep } from './first-steps.ts';

/** One line above the chat that says what to do next, until the holder of the phone knows their way. */
export function FirstStepHint({ step }: { step: FirstStep | null }) {
  const hint = step === null ? null : hintOf(step);
  if (hint === null) return null;
  return (
    <p className="first-step">
      <strong>{hint.lead}</strong> {hint.text}
    </p>
  );
}

function hintOf(step: FirstStep): { lead: string; text: string } | null {
  switch (step.kind) {
    case 'register':
      return null;
    case 'start':
      return { lead: 'Step 2 of 3', text: `Tap ${step.button ?? 'Start'} under the welcome.` };
    case 'answer':
      return { lead: 'Step 3 of 3', text: 'Answer the question in your own words.' };
    case 'tomorrow':
      return { lead: 'Next', text: '“Jump to tomorrow 09:00” brings the next question.' };
    default: {
      const impossible: never = step;
      throw new Error(`Unknown step ${JSON.stringify(impossible)}`);
    }
  }
}
