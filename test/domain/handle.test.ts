import { describe, expect, it } from 'vitest';
import { handleOn } from '../../server/domain/handle.ts';

describe('a handle that somebody typed', () => {
  it.each([
    ['email', ' Maria.Reis@Example.org ', 'maria.reis@example.org'],
    ['sms', '+44 7700 900-123', '+447700900123'],
    ['whatsapp', '+351 (912) 555.016', '+351912555016'],
    ['voice', '0044 20 7946 0311', '+442079460311'],
    ['sms', '72 727', '72727'],
    ['sms', '\u202a+447700900123\u202c', '+447700900123'],
    ['custom', ' Ledger-7 ', 'Ledger-7'],
  ] as const)('on %s, %j is %j', (channel, typed, handle) => expect(handleOn(channel, typed)).toBe(handle));

  it.each([
    ['email', 'maria'],
    ['email', 'maria@'],
    ['email', 'a@b.example, c@d.example'],
    ['email', '<a@b.example>'],
    ['sms', 'maria'],
    ['sms', '+'],
    ['whatsapp', '12'],
    ['sms', '+44 7700 900 123 456 789 0'],
    ['custom', '  '],
  ] as const)('on %s, %j is none', (channel, typed) => expect(handleOn(channel, typed)).toBeNull());
});
