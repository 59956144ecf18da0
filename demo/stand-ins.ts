/** Brings up the providers' stand-ins and points the deployment and the demo's accounts to them. */
import { webhookUrl } from '../server/channels/channel.ts';
import { accountOfWebhook } from '../server/db/accounts.ts';
import type { AppDeps } from '../server/app.ts';
import type { Providers as WhereProvidersAre } from '../server/work.ts';
import { startProviders } from './providers.ts';
import type { Providers } from './providers.ts';
import { seed } from './seed/index.ts';
import type { SeedOptions } from './seed/index.ts';
import { accountId, pointToStandIns } from './seed/write.ts';

interface Staged {
  providers: Providers;
  seed: Omit<SeedOptions, 'now'>;
  /** For the worker: where messages are handed over. */
  where: WhereProvidersAre;
}

/** Starts the stand-ins and fills the database where it is empty. */
export async function stage({ config, db, publicUrl }: AppDeps): Promise<Staged> {
  const meta = new Map<string, { url: string; appSecret: string }>();
  const providers = await startProviders({ callbacks: { metaWebhook: (senderId) => meta.get(senderId) } });
  const { baseUrls } = providers;
  const standIns = { smtp: baseUrls.smtp, custom: baseUrls.custom };
  const options = { secret: config.secret, encryptionKeys: config.encryptionKeys, standIns };
  await seed(db, { ...options, now: new Date() });
  await pointToStandIns(db.sql, standIns);

  const id = await accountId(db.sql, 'demo', 'whatsapp');
  const whatsapp = id ? await accountOfWebhook(db.sql, config.encryptionKeys, id) : null;
  if (whatsapp) {
    meta.set(String(whatsapp.settings['phoneNumberId']), { url: webhookUrl(publicUrl, whatsapp.id), appSecret: String(whatsapp.credentials['appSecret']) });
  }

  return { providers, seed: options, where: { apiBases: { twilio: baseUrls.twilio, meta: baseUrls.meta } } };
}
