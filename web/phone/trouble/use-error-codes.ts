import { useEffect, useState } from 'react';
import type { ErrorCodeChoice } from '../../../contract/switches.ts';
import type { Notice } from '../use-notices.ts';
import { fetchErrorCodes } from './trouble-api.ts';

/** Every code a recipient can fail with, fetched when first needed; none until then. */
export function useErrorCodes(
  tell: (kind: Notice['kind'], text: string) => void,
): readonly ErrorCodeChoice[] {
  const [codes, setCodes] = useState<readonly ErrorCodeChoice[] | null>(null);
  useEffect(() => {
    if (codes !== null) return;
    let isWanted = true;
    void fetchErrorCodes().then((found) => {
      if (!isWanted) return;
      if (found.kind === 'done') setCodes(found.value);
      else tell('trouble', `The error codes did not come. ${found.why}`);
    });
    return () => {
      isWanted = false;
    };
  }, [codes, tell]);
  return codes ?? NONE;
}

const NONE: readonly ErrorCodeChoice[] = [];
