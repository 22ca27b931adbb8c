/**
 * A folded message as it is, then with one aside after another taken from its ends: `sorry i dont know`, `i dont know`.
 * `asides` are folded too, the longest first, so that "thank you very much" goes as one.
 */
export function* withoutAsides(folded: string, asides: readonly string[]): Generator<string> {
  let rest = folded;
  for (;;) {
    yield rest;
    const aside = asides.find((it) => rest.startsWith(`${it} `) || rest.endsWith(` ${it}`));
    if (aside === undefined) return;
    rest = rest.startsWith(`${aside} `) ? rest.slice(aside.length + 1) : rest.slice(0, -aside.length - 1);
  }
}
