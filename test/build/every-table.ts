import { newId, type Writer } from '../../server/store/store.ts';
import type { Tables } from '../../server/store/tables.ts';

const AT = Date.parse('2026-11-23T12:00:00.123Z');
/** What a careless copy spoils: accents in two spellings, emoji, quotes, braces, backslashes, line ends, nothing. */
const DIFFICULT = [
  'Ação e coração',
  'Ac\u0327a\u0303o',
  '👩🏽‍💻 "{NULL}" \\N \\\\ \'x\'',
  'one\ttwo\r\nthree\u2028',
  '',
  'NULL',
];
/** As exact as a whole number of ours gets. */
const HUGE = Number.MAX_SAFE_INTEGER;

/** Rows for every table, the compiler insists, with whatever is hard to copy. */
export async function fillEveryTable(tx: Writer): Promise<void> {
  const { sealer } = tx;
  const [ana, bea, asked, answer] = [newId(), newId(), newId(), newId()];
  const learner = {
    state: 'active',
    language: 'pt',
    area: 'ruby',
    zone: 'America/Sao_Paulo',
    ask_minute: 540,
    last_courtesy_on: '2026-11-22',
    withheld_until: null,
    slowed_until: null,
    created_at: AT,
  } as const;
  const rows: { readonly [Name in keyof Tables]: readonly Tables[Name][] } = {
    sealing_proof: [],
    learners: [
      {
        ...learner,
        id: ana,
        name_sealed: sealer.seal('Ana Conceição', 'learners.name', ana),
        next_ask_at: AT,
        last_inbound_at: -1,
        stopped_at: HUGE,
        confirmed_at: 0,
        unreachable_since: null,
      },
      {
        ...learner,
        id: bea,
        name_sealed: sealer.seal('Béa', 'learners.name', bea),
        next_ask_at: null,
        last_inbound_at: null,
        stopped_at: null,
        confirmed_at: null,
        unreachable_since: AT,
      },
    ],
    addresses: [
      {
        id: newId(),
        learner_id: ana,
        kind: 'phone',
        value_sealed: 'v1.test.AAAA',
        value_hash: 'hash-ana',
        created_at: AT,
      },
    ],
    registrations: [
      {
        id: newId(),
        learner_id: ana,
        state: 'confirmed',
        name_sealed: 'v1.test.AAAA',
        language: 'es',
        area: 'python',
        zone: 'UTC',
        ask_minute: 0,
        code_hash: null,
        ticket_hash: 'ticket',
        created_at: AT,
      },
    ],
    consents: [
      {
        id: newId(),
        learner_id: newId(),
        number_hash: 'of somebody erased',
        event: 'given',
        wording_version: null,
        language: 'en',
        channel: 'page',
        at: AT,
      },
    ],
    asked_questions: [1 / 3, 0, 1, 1e-7, 5e-324, 0.1 + 0.2, null].map((coverage, slot) => ({
      id: slot === 0 ? asked : newId(),
      learner_id: ana,
      local_date: '2026-11-23',
      slot,
      slug: 'rb-blocks',
      version: 1,
      language: 'pt' as const,
      state: 'asked' as const,
      shown_at: null,
      coverage,
      reason: DIFFICULT[slot] ?? 'unseen',
      recalls_slug: null,
      recalls_concept: null,
      asked_at: AT,
    })),
    answers: [
      {
        id: answer,
        learner_id: ana,
        asked_id: asked,
        state: 'gathering',
        started_at: AT,
        quiet_until: AT + 1,
      },
    ],
    inbox: ['a', 'B', 'ä', 'Z', '_', '👍', '\uFFFD'].map((sign, index) => ({
      id: `${sign}-${newId()}`,
      channel_id: `wamid.${sign}`,
      lane: ana,
      sender_sealed: 'v1.test.AAAA',
      heard_sealed: 'v1.test.AAAA',
      about_channel_id: null,
      sent_at: AT,
      received_at: AT,
      state: 'heard' as const,
      failures: index,
      answer_id: index === 0 ? answer : null,
      as_stranger: 1 as const,
      line: null,
      trace: newId(),
    })),
    assessments: [
      {
        id: newId(),
        answer_id: answer,
        grader: 'openai',
        model: 'gpt-6-luna',
        prompt_version: null,
        question_version: 2,
        assessment_sealed: 'v1.test.AAAA',
        score: 100,
        coverage: 0.7,
        suspicious: 0,
        input_tokens: 2 ** 31 - 1,
        cached_tokens: null,
        output_tokens: -(2 ** 31),
        cost_micro_usd: HUGE,
        created_at: AT,
      },
    ],
    gaps: [
      {
        learner_id: ana,
        slug: 'rb-blocks',
        concept_id: 'yield',
        area: 'ruby',
        stability: 0.1 + 0.2,
        difficulty: 1 / 3,
        reviewed_at: AT,
        due_at: null,
        met_in: asked,
        before_stability: 1e-7,
        before_difficulty: 10,
        before_reviewed_at: 0,
        before_due_at: HUGE,
      },
    ],
    question_ratings: [{ slug: 'rb-blocks', rating: 1200 / 7, answers: 2 ** 31 - 1 }],
    messages: [
      {
        id: newId(),
        learner_id: ana,
        kind: 'question',
        asked_id: asked,
        outgoing_sealed: 'v1.test.AAAA',
        state: 'planned',
        reason: DIFFICULT.join(' '),
        held_for: 'daily-limit',
        form: 'whole',
        template: 'daily_question:pt_BR',
        channel_id: null,
        attempts: 1,
        doubts: 0,
        expires_at: null,
        planned_at: AT,
        sending_at: null,
        settled_at: null,
        failure_code: 131049,
        price_type: 'regular',
        price_category: null,
        trace: newId(),
      },
    ],
    deliveries: [
      {
        id: newId(),
        channel_id: 'wamid.x',
        delivery: 'read',
        news: JSON.stringify({ errors: [{ title: DIFFICULT[2], nothing: '\0' }] }),
        at: AT,
        applied: 1,
        recipient_sealed: null,
        received_at: AT,
      },
    ],
    templates: ['pt_BR', 'pt_PT', 'en'].map((code) => ({
      name: 'welcome',
      language_code: code,
      state: null,
      category: 'UTILITY',
      reason: null,
      changed_at: AT,
      category_at: 0,
    })),
    undeliverable_days: [
      { learner_id: ana, local_date: '2026-11-22' },
      { learner_id: ana, local_date: '2026-11-21' },
    ],
    initiated_contacts: [{ learner_id: newId(), last_at: 0, waiting_since: AT }],
    stoppages: [
      {
        scope: 'template:welcome:pt_BR',
        code: null,
        sentence: DIFFICULT[1] ?? '',
        seen_in: 'status',
        opened_at: AT,
        probe_at: AT,
        probes: 3,
        probe_message_id: null,
      },
    ],
    troubles: DIFFICULT.map((sentence, index) => ({
      cause: `cause ${index}`,
      about: '',
      sentence,
      detail: null,
      raised_at: AT,
      ends_at: null,
    })),
    account_facts: [{ fact: 'daily_limit', value: '250', at: AT }],
    billed_messages: [{ month: '2026-11', type: 'regular', category: 'utility', count: HUGE }],
    strangers: [{ address_hash: 'somebody', greeted_at: AT, helped_at: null, silenced_at: null }],
    set_aside: [{ id: newId(), why: 'unreadable', item_sealed: 'v1.test.AAAA', at: AT }],
    jobs: (['ready', 'running', 'dead'] as const).map((state) => ({
      id: newId(),
      name: 'send-message',
      key: 'one and the same',
      payload: JSON.stringify({ text: DIFFICULT }),
      priority: 5,
      state,
      run_at: AT,
      attempts: 2,
      error: state === 'dead' ? 'Error: it did not work' : null,
      trace: newId(),
      created_at: AT,
    })),
  };
  // Learners before whatever refers to them: the order in which they stand above.
  for (const [name, itsRows] of Object.entries(rows)) {
    if (itsRows.length > 0) {
      await tx.q
        .insertInto(name as keyof Tables)
        .values(itsRows)
        .execute();
    }
  }
}
