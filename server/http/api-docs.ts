import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import type { HttpServer } from './server.ts';

/** `/api/openapi.json` for programs, `/api/docs` for people, both made from the schemas of the routes. */
export async function describeApi(
  app: HttpServer,
  { publicUrl, tryOut }: { publicUrl: string; tryOut: boolean },
): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Interview Bot',
        version: '1',
        description:
          'One technical interview question a day on WhatsApp, with feedback that can be explained.',
      },
      servers: [{ url: publicUrl }],
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  });
  await app.register(swaggerUi, {
    routePrefix: '/api/docs',
    uiConfig: {
      url: '/api/openapi.json',
      // The default asks a service on the internet to check the document.
      validatorUrl: null,
      ...(tryOut ? {} : { supportedSubmitMethods: [] }),
    },
    transformStaticCSP: (policy) =>
      policy.replace("style-src 'self'", `style-src 'self' ${STYLE_OF_ITS_OWN}`),
  });
  app.get('/api/openapi.json', { schema: { hide: true } }, () => app.swagger());
}

/** Swagger UI adds one style element to its page; this is its hash, in the version that we pin. */
const STYLE_OF_ITS_OWN = "'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='";
