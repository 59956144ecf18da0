/** Words of what an agent planned with a draft. */
export const actions = {
  title: 'Done before it is sent',
  state: { running: 'Under way …', done: 'Done', failed: 'Failed', unknown: 'Not known whether it was done' },
  unable: 'Not sent',
  hint: 'Untick what should not be done to send without it.',
};
