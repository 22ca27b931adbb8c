import { styleText } from 'node:util';

type Colour = 'green' | 'yellow' | 'red' | 'gray' | 'bold';

/** Colours only where somebody looks at a terminal that wants them. */
export function inColour(colour: Colour, text: string): string {
  return styleText(colour, text, { stream: process.stdout });
}
