import type { Phone } from '../../contract/phone.ts';
import { displayNumber } from './display-number.ts';
import { Modal } from './modal.tsx';

type Props = { phones: readonly Phone[]; onChoose: (number: string) => void; onClose: () => void };

/** Asks which phone opens the link. */
export function ChooseSender({ phones, onChoose, onClose }: Props) {
  return (
    <Modal title="Which phone sends this message?" onClose={onClose}>
      <ul className="choices">
        {phones.map((phone) => (
          <li key={phone.number}>
            <button type="button" onClick={() => onChoose(phone.number)}>
              <strong>{phone.name}</strong> <span className="quiet">{displayNumber(phone.number)}</span>
            </button>
          </li>
        ))}
      </ul>
    </Modal>
  );
}
