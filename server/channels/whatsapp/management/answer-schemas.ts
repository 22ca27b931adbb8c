import { z } from 'zod';

/**
 * The shapes of Meta's answers about the account, only as far as we use them. Tolerant: unknown keys pass, and what
 * Meta leaves out or spells in a new way is null, so that one surprise does not hide everything else.
 */
const text = z
  .string()
  .nullish()
  .catch(null)
  .transform((it) => it ?? null);
const id = z.union([z.string(), z.number().transform(String)]);
const seconds = z
  .number()
  .nullish()
  .catch(null)
  .transform((it) => it ?? null);

export const doneSchema = z.object({ success: z.literal(true) });

const healthSchema = z
  .object({
    can_send_message: text,
    entities: z
      .array(
        z.object({
          entity_type: text,
          can_send_message: text,
          errors: z
            .array(z.object({ error_code: z.unknown(), error_description: text, possible_solution: text }))
            .optional()
            .catch(undefined),
          additional_info: z.array(z.string()).optional().catch(undefined),
        }),
      )
      .optional()
      .catch(undefined),
  })
  .nullish()
  .catch(null);

export const numberSchema = z
  .object({
    id,
    display_phone_number: text,
    verified_name: text,
    status: text,
    platform_type: text,
    quality_rating: text,
    whatsapp_business_manager_messaging_limit: text,
    health_status: healthSchema,
  })
  .transform((it) => ({
    id: it.id,
    displayNumber: it.display_phone_number,
    verifiedName: it.verified_name,
    status: it.status,
    platform: it.platform_type,
    quality: it.quality_rating,
    tier: it.whatsapp_business_manager_messaging_limit,
    health: it.health_status?.can_send_message ?? null,
    healthNotes: (it.health_status?.entities ?? [])
      .filter((entity) => entity.can_send_message !== 'AVAILABLE')
      .flatMap((entity) => [
        ...(entity.errors ?? []).map((error) =>
          [error.error_description, error.possible_solution].filter(Boolean).join(' '),
        ),
        ...(entity.additional_info ?? []),
      ]),
  }));
/** The sending number as Meta sees it. */
export type NumberFacts = z.infer<typeof numberSchema>;

export const accountSchema = z
  .object({ id, primary_funding_id: id.nullish().catch(null) })
  .transform((it) => ({
    id: it.id,
    /** Null: no payment method. */
    fundingId: it.primary_funding_id ?? null,
  }));
/** The messaging account that the number and the templates belong to. */
export type AccountFacts = z.infer<typeof accountSchema>;

export const numberIdsSchema = pageOf(z.object({ id }));

export const subscribedAppsSchema = z
  .object({
    data: z.array(z.object({ whatsapp_business_api_data: z.object({ id }), override_callback_uri: text })),
  })
  .transform(({ data }) =>
    data.map((it) => ({
      appId: it.whatsapp_business_api_data.id,
      overrideCallbackUrl: it.override_callback_uri,
    })),
  );
/** An app that hears of the account. */
export type SubscribedApp = z.infer<typeof subscribedAppsSchema>[number];

export const appSubscriptionsSchema = z
  .object({
    data: z.array(
      z.object({
        object: z.string(),
        callback_url: text,
        active: z.boolean().nullish().catch(null),
        fields: z
          .array(z.union([z.string(), z.object({ name: z.string() }).transform((it) => it.name)]))
          .optional(),
      }),
    ),
  })
  .transform(({ data }) => {
    const found = data.find((it) => it.object === 'whatsapp_business_account');
    return found === undefined
      ? null
      : { callbackUrl: found.callback_url, active: found.active !== false, fields: found.fields ?? [] };
  });
/** Where the app's notifications go, and which; null when nobody has set it up. */
export type AppSubscription = z.infer<typeof appSubscriptionsSchema>;

export const tokenSchema = z
  .object({
    data: z.object({
      app_id: id.nullish().catch(null),
      is_valid: z.boolean(),
      expires_at: seconds,
      scopes: z.array(z.string()).optional().catch(undefined),
      granular_scopes: z
        .array(z.object({ scope: z.string(), target_ids: z.array(id).optional().catch(undefined) }))
        .optional()
        .catch(undefined),
    }),
  })
  .transform(({ data }) => ({
    appId: data.app_id ?? null,
    isValid: data.is_valid,
    /** Epoch milliseconds; null: never. */
    expiresAt: data.expires_at === null || data.expires_at === 0 ? null : data.expires_at * 1000,
    scopes: data.scopes ?? [],
    /** Only where Meta narrows a scope to certain accounts. */
    targetsOf: (scope: string): readonly string[] | null =>
      data.granular_scopes?.find((it) => it.scope === scope)?.target_ids ?? null,
  }));
/** What an access token is good for. */
export type TokenFacts = z.infer<typeof tokenSchema>;

const componentSchema = z.object({
  type: z.string(),
  text,
  buttons: z
    .array(z.object({ type: text, text }))
    .optional()
    .catch(undefined),
});

const templateSchema = z
  .object({
    id,
    name: z.string(),
    language: z.string(),
    status: text,
    category: text,
    correct_category: text,
    message_send_ttl_seconds: seconds,
    quality_score: z.object({ score: text }).nullish().catch(null),
    rejected_reason: text,
    components: z.array(componentSchema).optional().catch(undefined),
  })
  .transform((it) => ({
    id: it.id,
    name: it.name,
    // The notifications write it with a hyphen; nothing says that the list never will.
    languageCode: it.language.replace('-', '_'),
    status: it.status ?? 'UNKNOWN',
    category: it.category ?? 'UNKNOWN',
    /** Where Meta is about to move it; null when nowhere. */
    comingCategory:
      it.correct_category === null || it.correct_category === it.category ? null : it.correct_category,
    timeToLiveSeconds: it.message_send_ttl_seconds,
    quality: it.quality_score?.score ?? 'UNKNOWN',
    rejectedReason: it.rejected_reason === 'NONE' || it.rejected_reason === '' ? null : it.rejected_reason,
    components: it.components ?? [],
  }));
/** A template as Meta has it. */
export type TemplateAtMeta = z.infer<typeof templateSchema>;

export const templatesSchema = pageOf(templateSchema);

export const createdTemplateSchema = z
  .object({ id, status: text, category: text })
  .transform((it) => ({ id: it.id, status: it.status ?? 'PENDING', category: it.category ?? 'UNKNOWN' }));
export type CreatedTemplate = z.infer<typeof createdTemplateSchema>;

const profileSchema = z.object({
  about: text,
  address: text,
  description: text,
  email: text,
  vertical: text,
  websites: z
    .array(z.string())
    .nullish()
    .catch(null)
    .transform((it) => it ?? []),
});
/** What learners see when they tap the name of the business. */
export type Profile = z.infer<typeof profileSchema>;

export const profilesSchema = z
  .object({ data: z.array(profileSchema).min(1) })
  .transform(({ data }) => data[0] as Profile);

/** One page of a list; `after` leads to the next and is null on the last. */
function pageOf<T extends z.ZodType>(item: T) {
  return z
    .object({
      data: z.array(item),
      paging: z
        .object({ cursors: z.object({ after: text }).optional(), next: text })
        .optional()
        .catch(undefined),
    })
    .transform(({ data, paging }) => ({
      items: data as z.infer<T>[],
      after: paging?.next ? (paging.cursors?.after ?? null) : null,
    }));
}
