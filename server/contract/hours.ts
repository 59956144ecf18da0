import { z } from 'zod';

const TIME_OF_DAY = /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/;
const TimeOfDay = z.string().regex(TIME_OF_DAY, 'must be a time such as 09:00');
const isTimeZone = (zone: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};
/** When people are there. */
export const BusinessHours = z.strictObject({
  timeZone: z.string().max(100).refine(isTimeZone, 'must be a time zone such as Europe/Berlin'),
  /** 1 is Monday. One that ends before it begins ends the day after. */
  week: z
    .array(
      z
        .strictObject({ day: z.number().int().min(1).max(7), from: TimeOfDay, to: TimeOfDay })
        .refine(({ from, to }) => from !== to, { message: 'must differ from when it begins', path: ['to'] }),
    )
    .max(50),
  /** Days on which nothing begins. */
  holidays: z.array(z.iso.date()).max(400).default([]),
});
export type BusinessHours = z.infer<typeof BusinessHours>;
