export type Pacing = ReturnType<typeof createPacing>;

/**
 * Meta paces new templates: it accepts their sends as `held_for_quality_assessment`, and lets them go or drops them
 * once it has seen what people make of the first.
 */
export function createPacing() {
  const held = new Map<string, ((dropped: boolean) => void)[]>();

  return {
    hold(templateName: string): void {
      if (!held.has(templateName)) held.set(templateName, []);
    },
    isHeld: (templateName: string) => held.has(templateName),
    /** Goes on when the hold ends. */
    wait(templateName: string, goOn: (dropped: boolean) => void): void {
      held.get(templateName)?.push(goOn);
    },
    end(templateName: string, how: 'send' | 'drop'): void {
      const waiting = held.get(templateName) ?? [];
      held.delete(templateName);
      for (const goOn of waiting) goOn(how === 'drop');
    },
  };
}
