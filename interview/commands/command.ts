import type { Scene } from '../scene.ts';
import type { Turn } from '../turn.ts';

/** What the bot does when told so. The scene is that of a learner who has confirmed, except for STOP, START and HELP. */
export type Command = (scene: Scene) => Turn;
