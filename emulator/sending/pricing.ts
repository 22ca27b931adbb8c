/** Delivered service messages per number and calendar month that cost nothing, since October 2026. */
const FREE_SERVICE_MESSAGES = 1000;

export type Pricing = {
  readonly billable: boolean;
  readonly pricing_model: 'PMP';
  readonly type: 'regular' | 'free_customer_service';
  readonly category: string;
};

/** Counts service messages, and says what each message costs. Templates are always charged. */
export function createPricing(now: () => number) {
  const serviceMessages = new Map<string, number>();

  return (category: string): Pricing => {
    if (category !== 'service') return { billable: true, pricing_model: 'PMP', type: 'regular', category };
    const month = new Date(now()).toISOString().slice(0, 7);
    const count = (serviceMessages.get(month) ?? 0) + 1;
    serviceMessages.set(month, count);
    const free = count <= FREE_SERVICE_MESSAGES;
    return {
      billable: !free,
      pricing_model: 'PMP',
      type: free ? 'free_customer_service' : 'regular',
      category,
    };
  };
}
