import type { ReactNode } from 'react';

/** Decoration only: whoever shows an icon gives its button or its place a name. */
export function SendIcon() {
  return icon(<path d="M4 12 3 4l18 8-18 8 1-8Zm0 0h8" />);
}

export function CloseIcon() {
  return icon(<path d="m6 6 12 12M18 6 6 18" />);
}

export function ReplyIcon() {
  return icon(<path d="m10 6-6 6 6 6m-6-6h9a7 7 0 0 1 7 7" />);
}

export function DownIcon() {
  return icon(<path d="M12 5v14m-6-6 6 6 6-6" />);
}

export function DoneIcon() {
  return icon(<path d="m5 13 4.5 4.5L19 7" />);
}

export function OpenIcon() {
  return icon(<path d="M10 5H5v14h14v-5M14 4h6v6m0-6-9 9" />);
}

export function ClockIcon() {
  return icon(
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M12 7v5l3.5 2" />
    </>,
  );
}

export function OneTickIcon() {
  return icon(<path d="m5 13 4.5 4.5L19 7" />);
}

export function TwoTicksIcon() {
  return icon(<path d="m1 13 4.5 4.5L15 7m-5 9 1.5 1.5L22 7" />);
}

export function WarningIcon() {
  return icon(
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M12 7v6m0 3.5v.1" />
    </>,
  );
}

export function TroubleIcon() {
  return icon(<path d="M13 2 4.5 13.5H11L10 22l9-12h-6.5L13 2Z" />);
}

/** The bot's face: a speech bubble with the sign of code in it. */
export function BotIcon() {
  return icon(
    <path d="M6 3.5h12A3.5 3.5 0 0 1 21.5 7v7a3.5 3.5 0 0 1-3.5 3.5h-6L7 21v-3.5H6A3.5 3.5 0 0 1 2.5 14V7A3.5 3.5 0 0 1 6 3.5ZM9 8l-2.5 2.5L9 13m6-5 2.5 2.5L15 13m-2-6-2 7" />,
  );
}

function icon(drawing: ReactNode) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {drawing}
    </svg>
  );
}
