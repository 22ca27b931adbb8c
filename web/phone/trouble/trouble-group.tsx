import { type ReactNode, useState } from 'react';

type Props = {
  title: string;
  /** How many things in it are amiss. */
  troubles: number;
  isOpenAtFirst?: boolean;
  children: ReactNode;
};

/** A part of the panel that folds away; what is in it lives only while it is open. */
export function TroubleGroup({ title, troubles, isOpenAtFirst = false, children }: Props) {
  const [isOpen, setIsOpen] = useState(isOpenAtFirst);
  return (
    <details
      className="trouble-group"
      open={isOpen}
      onToggle={(event) => setIsOpen(event.currentTarget.open)}
    >
      <summary>
        <h3>{title}</h3>
        {troubles > 0 && <span className="trouble-count">{troubles} on</span>}
      </summary>
      {isOpen && <div className="trouble-group-content">{children}</div>}
    </details>
  );
}
