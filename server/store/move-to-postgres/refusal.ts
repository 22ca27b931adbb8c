/** Thrown inside the move, and an answer outside: why nothing was moved, and what to do about it. */
export class MoveRefused extends Error {
  override readonly name = 'MoveRefused';
}
