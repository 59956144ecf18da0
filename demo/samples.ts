/** What the panel offers to play, by channel; the first one stands there when a channel is chosen. */
export interface Sample {
  label: string;
  from: string;
  name?: string;
  subject?: string;
  text: string;
}

export const samples: Readonly<Record<string, readonly Sample[]>> = {
  sms: [
    { label: 'A question', from: '+447700900182', name: 'Samuel Adeyemi', text: 'How long does delivery take? I need the basket before Saturday.' },
    { label: 'A refund', from: '+447700900377', name: 'Rosalind Nkemelu', text: 'I returned the grinder last week. When do I get my refund?' },
    { label: 'Thanks', from: '+447700900377', name: 'Rosalind Nkemelu', text: 'ok thanks 👍' },
    { label: 'Somebody new', from: '+31655509911', text: 'Do you repair machines of other makers?' },
  ],
  email: [
    {
      label: 'A question',
      from: 'hanne@vestergaard.example',
      name: 'Hanne Vestergaard',
      subject: 'Wren in sand',
      text: 'Hello,\n\nand can I return it if the colour does not fit our kitchen?\n\nHanne',
    },
    {
      label: 'A quote',
      from: 'facilities@harbourworks.example',
      name: 'Imani Clarke',
      subject: 'Quote for our offices',
      text: 'Hello,\n\nwe have five floors with 90 people. Could you quote for machines, with installation?\n\nImani Clarke',
    },
    {
      label: 'In German',
      from: 'w.schoettelkotter@cafekranz.example',
      name: 'Dr. Wilhelmina Schöttelkotter-von Reichenbach',
      subject: 'Wartungsvertrag',
      text: 'Guten Tag,\n\nwie lange dauert die Lieferung der Ersatzteile?\n\nMit freundlichen Grüßen',
    },
  ],
  whatsapp: [
    { label: 'A question', from: '+31655501842', name: 'Dmitri Halloran', text: 'Are you open on Saturday? I would come by to collect it.' },
    { label: 'Wants a person', from: '+34655501733', name: 'Héctor Villanueva', text: 'Quiero hablar con una persona, por favor.' },
    { label: 'Choose a route', from: '+34655501733', name: 'Héctor Villanueva', text: '1' },
    { label: 'In Arabic', from: '+966555500172', name: 'نادية كريم', text: 'كم مدة التوصيل إلى الرياض؟' },
  ],
  instagram: [
    { label: 'A question', from: '5550020992', name: 'Lucía Fuentes', text: '¿Puedo devolver el molinillo si no me gusta?' },
    { label: 'An emoji', from: '5550031408', name: 'sam.pulls.shots', text: '🔥🔥' },
    { label: 'Somebody new', from: '5550090417', text: 'is the sage wren in stock?' },
  ],
  voice: [
    {
      label: 'A call',
      from: '+33155501290',
      name: 'Céline Aubert',
      text: 'I am calling about the first look at my machine. Could somebody tell me what it costs?',
    },
    { label: 'Somebody new', from: '+442079460877', name: 'Yemi Cole', text: 'My grinder makes a terrible noise since this morning, please call me back.' },
  ],
  custom: [{ label: 'A partner', from: 'partner-2207', name: 'Giulia Romano', text: 'How long is the warranty on a grinder that we resell?' }],
  chat: [
    { label: 'Marta', from: 'marta', name: 'Marta Oliveira', text: 'Any news from the technician?' },
    { label: 'Somebody new', from: 'customer-77', name: 'Noel Ashby', text: 'Which grinder suits my machine?' },
  ],
};
