import type { FastifyHelmetOptions } from '@fastify/helmet';

/**
 * Everything comes from ourselves; nothing is inline. What only makes sense behind HTTPS is sent only there: on a
 * plain `http://localhost` it would make browsers ask for an address that does not answer.
 */
export function securityHeaders({ publicUrl }: { publicUrl: string }): FastifyHelmetOptions {
  const https = new URL(publicUrl).protocol === 'https:';
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        scriptSrcAttr: ["'none'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        ...(https ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    strictTransportSecurity: https ? { maxAge: ONE_YEAR_SECONDS, includeSubDomains: false } : false,
    // Addresses hold tokens: no other site may learn them.
    referrerPolicy: { policy: 'no-referrer' },
    frameguard: { action: 'deny' },
    // Browsers ignore these two outside of HTTPS, with a warning in every visitor's console.
    crossOriginOpenerPolicy: https ? { policy: 'same-origin' } : false,
    originAgentCluster: https,
  };
}

const ONE_YEAR_SECONDS = 365 * 24 * 60 * 60;
