/** Certificates for servers on this machine. */
import { execFileSync } from 'node:child_process';

/** Writes a key to `file` and its certificate, which nobody else vouches for, beside it as `file.crt`; for `localhost` and 127.0.0.1. */
export function selfSigned(file: string): void {
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-days',
      '2',
      '-subj',
      '/CN=localhost',
      '-addext',
      'subjectAltName=DNS:localhost,IP:127.0.0.1',
      '-keyout',
      file,
      '-out',
      `${file}.crt`,
    ],
    { stdio: 'ignore' },
  );
}
