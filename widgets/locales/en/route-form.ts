/** What the customer's chat says of what a route asks for. */
export const routeForm = {
  label: 'What we need for this',
  send: 'Send',
  optional: 'optional',
  missing: 'Fill this in',
  phone: 'This does not look like a phone number. Change it, or send it as it is',
  failed: 'This did not reach us. Try again',
};
