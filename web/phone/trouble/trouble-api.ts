import type { Phone } from '../../../contract/phone.ts';
import type {
  EmulatorSwitches,
  ErrorCodeChoice,
  NumberChange,
  QueueFault,
  ShownIdentity,
  SwitchChange,
  TemplateChange,
  TemplateState,
} from '../../../contract/switches.ts';
import { call, type Outcome } from '../emulator-api.ts';
import type { OddMessage } from './odd-messages.ts';

export function fetchSwitches(): Promise<Outcome<EmulatorSwitches>> {
  return call('GET', 'switches');
}

export function changeSwitches(change: SwitchChange): Promise<Outcome<EmulatorSwitches>> {
  return call('POST', 'switches', change);
}

export function resetSwitches(): Promise<Outcome<EmulatorSwitches>> {
  return call('POST', 'switches/reset', {});
}

export function queueFault(fault: QueueFault): Promise<Outcome<{ queued: number }>> {
  return call('POST', 'faults', fault);
}

export function fetchErrorCodes(): Promise<Outcome<ErrorCodeChoice[]>> {
  return call('GET', 'error-codes');
}

export function fetchTemplates(): Promise<Outcome<TemplateState[]>> {
  return call('GET', 'templates');
}

export function changeTemplate(name: string, change: TemplateChange): Promise<Outcome<TemplateState[]>> {
  return call('POST', `templates/${encodeURIComponent(name)}`, change);
}

export function setFailsWith(number: string, code: number | null): Promise<Outcome<Phone>> {
  return call('POST', `phones/${number}/fails-with`, { code });
}

export function setBlocked(number: string, blocked: boolean): Promise<Outcome<Phone>> {
  return call('POST', `phones/${number}/block`, { blocked });
}

export function setMarketing(number: string, wanted: boolean): Promise<Outcome<Phone>> {
  return call('POST', `phones/${number}/marketing`, { wanted });
}

export function setIdentity(number: string, identity: ShownIdentity): Promise<Outcome<Phone>> {
  return call('POST', `phones/${number}/identity`, { identity });
}

export function changeNumber(number: string, change: NumberChange): Promise<Outcome<Phone>> {
  return call('POST', `phones/${number}/change-number`, change);
}

/** Null takes the reaction back. */
export function react(
  number: string,
  wamid: string,
  emoji: string | null,
): Promise<Outcome<{ wamid: string }>> {
  return call('POST', `phones/${number}/react`, { wamid, emoji });
}

export function sendVoice(number: string, seconds: number): Promise<Outcome<{ wamid: string }>> {
  return call('POST', `phones/${number}/voice`, { seconds });
}

export function sendOdd(number: string, message: OddMessage): Promise<Outcome<{ wamid: string }>> {
  return call('POST', `phones/${number}/send`, message);
}
