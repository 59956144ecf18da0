import { describe, expect, it } from 'vitest';
import { mentions, withoutMentions } from '../../server/domain/mention.ts';

describe('a mention', () => {
  it.each([
    ['@Nova', 'Nova'],
    ['hey @nova!', 'Nova'],
    ['(@NOVA) thanks', 'Nova'],
    ['thanks @Nova.', 'Nova'],
    ['thanks @Nova, really', 'Nova'],
    ['@Nova\nplease', 'Nova'],
    ['@Old Iris are you there', 'Old Iris'],
    ['@old_iris?', 'Old Iris'],
    ['@oldiris?', 'Old Iris'],
    ['bitte @Zoë', 'Zoë'],
    ['bitte @zoe\u0308', 'Zoë'],
    ['@Ｎｏｖａ', 'Nova'],
    ['مرحبا @نوفا، شكرا', 'نوفا'],
    ['谢谢 @小新！', '小新'],
    ['@Nova👋', 'Nova'],
    ['“@Nova”', 'Nova'],
    ['@@Nova', 'Nova'],
    ['mail@nova.example but also @Nova', 'Nova'],
    ['thanks @anne-marie', 'Anne-Marie'],
    ['thanks @R2 (beta)*', 'R2 (beta)*'],
  ])('%j addresses %s', (text, name) => expect(mentions(text, name)).toBe(true));

  it.each([
    ['Nova', 'Nova'],
    ['mail@nova.example', 'Nova'],
    ['@novak', 'Nova'],
    ['@nova.example', 'Nova'],
    ['@nova-scotia', 'Nova'],
    ['@nova_two', 'Nova'],
    ['@nova2', 'Nova'],
    ['@old', 'Old Iris'],
    ['@iris', 'Old Iris'],
    ['@ Nova', 'Nova'],
    ['', 'Nova'],
    ['x@Nova', 'Nova'],
    ['@', 'Nova'],
    ['thanks', ''],
  ])('%j does not address %s', (text, name) => expect(mentions(text, name)).toBe(false));

  it.each([
    ['@Nova thanks!', 'Nova', 'thanks!'],
    ['thanks @old_iris', 'Old Iris', 'thanks'],
    ['mail@nova.example', 'Nova', 'mail@nova.example'],
  ])('%j says to %s: %j', (text, name, said) => expect(withoutMentions(text, name)).toBe(said));

  it('takes time in proportion to a text, also where the name comes again and again', () => {
    const from = performance.now();
    expect(mentions('a@nova'.repeat(10_000), 'Nova')).toBe(false);
    expect(performance.now() - from).toBeLessThan(1_000);
  });
});
