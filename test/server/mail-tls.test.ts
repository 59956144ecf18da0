import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import type { SMTPServerOptions } from 'smtp-server';
import { expect, it } from 'vitest';
import { imapPassword, startDovecot } from '../support/dovecot.ts';
import { startPost } from '../support/mail-exchange.ts';
import { programOf } from '../support/programs.ts';

it('mail goes out by STARTTLS and by TLS, and is read by TLS, where the certificate is trusted', async () => {
  const dovecot = await startDovecot();
  const certificate = { key: readFileSync(dovecot.certificate.replace(/\.crt$/, '')), cert: readFileSync(dovecot.certificate) };
  const secrets: unknown[] = [];
  const login: SMTPServerOptions = {
    authOptional: false,
    onAuth({ password }, _session, done) {
      secrets.push(password);
      done(null, { user: 'support' });
    },
  };
  const posts = [await startPost({ ...certificate, ...login, disabledCommands: [] }), await startPost({ ...certificate, ...login, secure: true })];
  await dovecot.deliver('kim', 'From: a@b.example\r\nSubject: One\r\n\r\nHello');
  const servers = {
    smtp: posts.map(({ port }, index) => ({ host: 'localhost', port, security: index === 0 ? 'starttls' : 'tls', user: 'support', pass: 'the-password' })),
    imap: { host: 'localhost', port: dovecot.tlsPort, secure: true, user: 'kim', password: imapPassword },
  };
  const { stdout } = await promisify(execFile)(process.execPath, [await programOf('mail-tls')], {
    env: { ...process.env, NODE_EXTRA_CA_CERTS: dovecot.certificate, MAIL_SERVERS: JSON.stringify(servers) },
  });
  await Promise.all([...posts.map((post) => post.close()), dovecot.close()]);
  expect(JSON.parse(stdout)).toEqual({
    sent: [
      { ok: true, externalId: 'an-id' },
      { ok: true, externalId: 'an-id' },
    ],
    read: [expect.stringContaining('Subject: One')],
  });
  expect(posts.map(({ got }) => got.map(({ to }) => to))).toEqual([[['kim@customer.example']], [['kim@customer.example']]]);
  expect(secrets).toEqual(['the-password', 'the-password']);
}, 60_000);
