/**
 * Measures several things one after another, again and again (A, B, A, B …), so that whatever else the machine does
 * hits all of them alike.
 */
export async function inTurn<Name extends string, Result>(
  rounds: number,
  measurements: Readonly<Record<Name, (round: number) => Promise<Result>>>,
): Promise<Readonly<Record<Name, readonly Result[]>>> {
  const names = Object.keys(measurements) as Name[];
  const results = Object.fromEntries(names.map((name) => [name, [] as Result[]])) as Record<Name, Result[]>;
  for (let round = 0; round < rounds; round++) {
    for (const name of names) results[name].push(await measurements[name](round));
  }
  return results;
}
