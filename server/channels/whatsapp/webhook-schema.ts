import { z } from 'zod';

/**
 * The shapes of Meta's notifications, only as far as we use them.
 * Loose on purpose: unknown keys pass, `type` and `status` stay open, nothing is required that Meta calls optional.
 * Lists hold `unknown` because each item is read on its own: one surprise must not spoil a batch.
 */
export const notificationSchema = z.object({
  object: z.string(),
  entry: z.array(z.unknown()).optional(),
});

export const entrySchema = z.object({
  time: z.number().nonnegative().optional().catch(undefined),
  changes: z.array(z.unknown()),
});

export const changeSchema = z.object({ field: z.string(), value: z.record(z.string(), z.unknown()) });

export const metadataSchema = z.object({ phone_number_id: z.string() });

const text = z.string().nullish();

/** Seconds, as a string in messages and statuses and as a number elsewhere; milliseconds have been seen. */
const instant = z.union([z.string().regex(/^\d{1,16}$/), z.number().nonnegative()]).transform(epochMs);

/** Above this it is milliseconds: as seconds it would be the year 5138. */
const LARGEST_SECONDS = 1e11;

export function epochMs(timestamp: string | number): number {
  const value = Number(timestamp);
  return value > LARGEST_SECONDS ? value : value * 1000;
}

export const contactSchema = z.object({ wa_id: text, user_id: text, parent_user_id: text });
export type Contact = z.infer<typeof contactSchema>;

const mediaSchema = z.object({ id: text, url: text, mime_type: text, sha256: text });

const reply = z.object({ id: z.string(), title: text });

export const messageSchema = z.object({
  id: z.string().min(1),
  type: z.string(),
  timestamp: instant,
  from: text,
  from_user_id: text,
  from_parent_user_id: text,
  group_id: text,
  context: z.object({ id: text }).nullish(),
  errors: z.array(z.unknown()).nullish(),
  text: z.object({ body: z.string() }).optional(),
  audio: mediaSchema.optional(),
  voice: mediaSchema.optional(),
  button: z.object({ payload: text, text }).optional(),
  interactive: z
    .object({
      type: z.string(),
      button_reply: reply.optional(),
      list_reply: reply.optional(),
      nfm_reply: z.object({ response_json: z.string(), name: text, body: text }).optional(),
    })
    .optional(),
  reaction: z.object({ message_id: z.string(), emoji: text }).optional(),
  system: z
    .object({
      type: text,
      wa_id: text,
      user_id: text,
      parent_user_id: text,
      previous_user_id: text,
      previous_parent_user_id: text,
    })
    .optional(),
  unsupported: z.object({ type: text }).optional(),
});
export type WireMessage = z.infer<typeof messageSchema>;

export const statusSchema = z.object({
  id: z.string().min(1),
  status: z.string(),
  timestamp: instant,
  recipient_id: text,
  recipient_user_id: text,
  recipient_parent_user_id: text,
  recipient_type: text,
  biz_opaque_callback_data: text,
  pricing: z.object({ type: text, category: text }).nullish(),
  errors: z.array(z.unknown()).nullish(),
});
export type WireStatus = z.infer<typeof statusSchema>;

export const preferenceSchema = z.object({
  wa_id: text,
  user_id: text,
  category: text,
  value: z.string(),
  timestamp: instant,
});

export const templateStatusSchema = z.object({
  event: z.string(),
  message_template_name: z.string(),
  message_template_language: z.string(),
  message_template_category: text,
  reason: text,
  rejection_info: z.object({ reason: text, recommendation: text }).nullish(),
  other_info: z.object({ title: text, description: text }).nullish(),
});

export const templateCategorySchema = z.object({
  message_template_name: z.string(),
  message_template_language: z.string(),
  previous_category: text,
  new_category: text,
  correct_category: text,
});

export const templateQualitySchema = z.object({
  message_template_name: z.string(),
  message_template_language: z.string(),
  previous_quality_score: text,
  new_quality_score: z.string(),
});

/** Only ever turned into a sentence for the operator, so whatever cannot be read is simply not said. */
const word = z
  .union([z.string(), z.number().transform(String)])
  .optional()
  .catch(undefined);

export const accountValueSchema = z.object({
  event: word,
  decision: word,
  alert_info: z
    .object({ alert_severity: word, alert_type: word, alert_description: word })
    .optional()
    .catch(undefined),
  ban_info: z.object({ waba_ban_state: word }).optional().catch(undefined),
  restriction_info: z
    .array(z.object({ restriction_type: word }))
    .optional()
    .catch(undefined),
  violation_info: z.object({ violation_type: word }).optional().catch(undefined),
  max_daily_conversations_per_business: word,
  current_limit: word,
  display_phone_number: word,
  requested_verified_name: word,
  rejection_reason: word,
});
export type AccountValue = z.infer<typeof accountValueSchema>;
