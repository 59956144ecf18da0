/** The accounts of channels, as far as the settings ask: a list that can be changed, and a test of each; and a rule that is refused. */
import { Hono } from 'hono';
import { Refusal, type World } from './wtr-api-world.ts';

export function settingsRoutes(): Hono<{ Variables: { world: World } }> {
  const app = new Hono<{ Variables: { world: World } }>();
  const path = '/v1/channel-accounts';
  const accounts = (world: World) => (world.lists['channel-accounts'] ??= []);
  const known = (account: Record<string, unknown>, given: Record<string, unknown> = {}) => ({
    ...account,
    hasCredentials: [...new Set([...((account['hasCredentials'] as string[]) ?? []), ...Object.keys(given)])].filter((name) => given[name] !== ''),
    secretCounts: {
      ...(account['secretCounts'] as object),
      ...Object.fromEntries(Object.entries(given).flatMap(([name, value]) => (Array.isArray(value) ? [[name, value.length]] : []))),
    },
  });
  const refuseField = (field: string) => ({
    type: 'about:blank',
    title: 'invalid',
    status: 422,
    code: 'invalid',
    detail: field,
    errors: [{ path: field, message: 'is not right' }],
  });

  app.post(path, async (c) => {
    const { credentials, ...body } = await c.req.json();
    if (body.settings?.accountSid === 'wrong') return c.json(refuseField('settings.accountSid'), 422);
    const id = crypto.randomUUID();
    const made = {
      ...known(body, credentials),
      id,
      version: 1,
      createdAt: new Date().toISOString(),
      active: true,
      webhookUrl: `https://inbox.example/v1/channels/${id}/inbound`,
      lastReceivedAt: null,
      lastError: null,
      lastErrorAt: null,
      lastErrorFrom: null,
      lastErrorPayload: null,
      unknownPayloads: [],
    };
    accounts(c.get('world')).push(made);
    return c.json(made, 201);
  });
  app.patch(`${path}/:id`, async (c) => {
    const list = accounts(c.get('world'));
    const at = list.findIndex(({ id }) => id === c.req.param('id'));
    const before = list[at];
    if (!before) throw new Refusal(404, 'not_found');
    const wanted = c.req.header('if-match');
    if (wanted && wanted !== `"${String(before['version'])}"`) throw new Refusal(409, 'stale_version', before);
    const { credentials, ...body } = await c.req.json();
    const after = { ...known({ ...before, ...body }, credentials), id: before.id, version: Number(before['version']) + 1 };
    list[at] = after;
    return c.json(after);
  });
  app.delete(`${path}/:id`, (c) => {
    const world = c.get('world');
    world.lists['channel-accounts'] = accounts(world).filter(({ id }) => id !== c.req.param('id'));
    return c.body(null, 204);
  });
  app.patch('/v1/routing-rules/:id', async (c) => {
    const { conditions } = await c.req.json();
    if (conditions?.channels?.includes('voice')) return c.json(refuseField('conditions.channels.0'), 422);
    throw new Refusal(404, 'not_found');
  });
  app.post(`${path}/:id/test`, (c) =>
    c.json({
      ok: false,
      ms: 420,
      steps: [
        { name: 'receive', ok: true, detail: '' },
        { name: 'send', ok: false, detail: 'credentials.authToken' },
        { name: 'provider', ok: false, detail: 'It answered 401: 20003 Authenticate' },
      ],
    }),
  );
  return app;
}
