import { useId, useState } from 'react';

/** Says that a message did not arrive, and on a tap why. */
export function Failure({ reason }: { reason: string | null }) {
  const [isOpen, setIsOpen] = useState(false);
  const reasonId = useId();
  return (
    <div className="failure">
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={reasonId}
        onClick={() => setIsOpen(!isOpen)}
      >
        Not delivered
      </button>
      <p id={reasonId} hidden={!isOpen}>
        {reason ?? 'No reason was given.'}
      </p>
    </div>
  );
}
