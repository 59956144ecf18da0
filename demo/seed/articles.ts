interface ArticleText {
  key: string;
  title: string;
  text: string;
  language?: string;
  audience?: 'everyone' | 'identified';
}

/** What Morrow's agents answer from. */
export const articles: readonly ArticleText[] = [
  {
    key: 'delivery',
    title: 'Delivery time',
    text: 'Delivery takes two working days: your order arrives within two working days after it leaves our depot. Orders placed before 15:00 leave the same day. Machines with two groups come on a pallet and take five working days. You get a message with the tracking link when the parcel leaves.',
  },
  {
    key: 'delivery-cost',
    title: 'Shipping costs and countries',
    text: 'Shipping is free for orders above €80. Below that it costs €6.90. We ship to all countries of the European Union, the United Kingdom, Norway and Switzerland. Parcels to the Canary Islands, Madeira and the Azores need up to eight working days.',
  },
  {
    key: 'hours',
    title: 'Opening hours',
    text: 'Our shops in Utrecht, Porto and Leeds are open Monday to Friday from 9:00 to 18:00. On Saturday they are open from 10:00 to 16:00. On Sunday and on public holidays they are closed. By chat and email our team answers Monday to Friday from 9:00 to 18:00.',
  },
  {
    key: 'returns',
    title: 'Returns and refunds',
    text: 'You can return anything within 30 days of delivery, also when you have used it. Ask us for a return label, pack the machine in its box and bring it to any parcel shop. The return is free. We refund the full price to your means of payment within five working days after the parcel has reached us.',
  },
  {
    key: 'warranty',
    title: 'Warranty',
    text: 'Grinders have a warranty of five years, burrs included. Espresso machines have a warranty of three years, and five years with a service plan. The warranty covers faults of material and workmanship, not scale and not damage by falls. Register the serial number within 60 days of the purchase.',
  },
  {
    key: 'wren',
    title: 'Wren: sizes and weights',
    text: 'With the small hopper the Wren is 36 cm high and fits under a shelf of 40 cm. With the large hopper it is 43.5 cm high. It is 16 cm wide, 24 cm deep and weighs 6.2 kg. Leave 4 cm above it to lift the lid. The small hopper holds 250 g of beans, the large one 500 g. It comes in black, sand and sage.',
  },
  {
    key: 'heron-leak',
    title: 'Heron Duo: leaks and seals',
    text: 'Water under a group of the Heron Duo nearly always comes from a worn group seal. Switch the machine off at the wall and close the tap first. The seal kit HD-114 has both seals and the screen. Changing a seal takes ten minutes with the tool in the kit; a technician does it under the service plan.',
  },
  {
    key: 'descaling',
    title: 'Descaling: how to descale a machine, and how often',
    text: 'Descale your machine every three months, or when the display shows Scale. Use our descaler or citric acid, never vinegar. Fill the tank with one litre of solution, choose Descale in the menu and let it run for 25 minutes, then rinse twice with fresh water. With a water filter, every six months is enough.',
  },
  {
    key: 'tracking',
    title: 'Where is my order',
    text: 'You find the state of your order under My orders, with its number and your email address. The tracking link in our message shows where the parcel is. If the link has not moved for two working days, tell us the order number and we ask the courier.',
  },
  {
    key: 'address',
    title: 'Change the delivery address',
    text: 'You can change the delivery address until the parcel leaves our depot, under My orders. After that the courier can send it to a parcel shop near you; the tracking link offers this. We cannot redirect a pallet.',
  },
  {
    key: 'payment',
    title: 'Payment and invoices',
    text: 'You can pay by card, PayPal, iDEAL, Multibanco or bank transfer. Companies can pay by invoice within 14 days after their second order. Your invoice comes by email on the day of dispatch; you find all invoices under My orders. To change the name or the VAT number on an invoice, write to us within 30 days.',
  },
  {
    key: 'volume',
    title: 'Prices from ten machines',
    text: 'From ten machines in one order the price of the Wren Office is €1,140 each, from twelve €1,080 each, installation included. A quote holds for six weeks. Delivery is by the week that the quote names.',
  },
  {
    key: 'tank',
    title: 'Machines without a water line',
    text: 'The Wren Office comes in a version with a 4 litre tank, which needs no water line and no plumber. It makes about 30 cups before the tank has to be filled. The version for a water line needs a tap with a 3/4 inch thread within 1.5 m.',
  },
  {
    key: 'plan',
    title: 'Service plan',
    text: 'The service plan costs €19 a month for each machine. It covers two visits a year, descaling, all seals and a machine on loan during repairs. A technician comes within two working days. You can end the plan at the end of any month.',
  },
  {
    key: 'burrs',
    title: 'Cleaning the grinder and changing burrs',
    text: 'Brush the burrs once a week and take them out once a month. Turn the collar until it stops, lift the upper burr by its ring and brush both with the dry brush. Change the burrs after 600 kg of coffee. Never wash burrs with water.',
  },
  {
    key: 'collect',
    title: 'Reserve and collect',
    text: 'You can collect your order in our shops in Utrecht, Porto and Leeds. We hold it for 48 hours. Bring the order number and a card with your name. A machine can be carried by one person; a Heron Duo needs two.',
  },
  {
    key: 'cancel',
    title: 'Cancel an order',
    text: 'You can cancel an order free of charge until it leaves our depot, under My orders or by writing to us. After that, refuse the parcel or return it within 30 days. The money is back within five working days.',
  },
  {
    key: 'choose',
    title: 'Which grinder suits my machine',
    text: 'For espresso with one or two cups at a time the Wren is the right grinder. For filter coffee choose the Wren with the coarse burr set. For cafés with more than 5 kg of coffee a day choose the Kestrel. All of them grind by weight.',
  },
  {
    key: 'water',
    title: 'Water and filters',
    text: 'Use water with a hardness between 50 and 100 mg per litre. The filter MF-2 fits every tank of ours and lasts two months. Water from a softener with salt harms the boiler.',
  },
  {
    key: 'privacy',
    title: 'How long we keep conversations',
    text: 'We keep conversations for two years, then we delete them. Write to privacy@morrow.example to get or delete what we hold about you. Calls are transcribed only if you agree at the beginning.',
  },
  {
    key: 'delivery-pt',
    language: 'pt',
    title: 'Prazo de entrega',
    text: 'A entrega demora dois dias úteis: a sua encomenda chega em dois dias úteis depois de sair do nosso armazém. Encomendas feitas até às 15:00 saem no mesmo dia. Máquinas de dois grupos vêm em palete e demoram cinco dias úteis.',
  },
  {
    key: 'hours-pt',
    language: 'pt',
    title: 'Horário de abertura',
    text: 'As nossas lojas em Utrecht, Porto e Leeds abrem de segunda a sexta, das 9:00 às 18:00. Ao sábado abrem das 10:00 às 16:00. Ao domingo e nos feriados estão fechadas.',
  },
  {
    key: 'returns-pt',
    language: 'pt',
    title: 'Devoluções e reembolsos',
    text: 'Pode devolver qualquer produto até 30 dias depois da entrega, mesmo usado. A devolução é gratuita. Devolvemos o valor total em cinco dias úteis depois de recebermos a encomenda.',
  },
  {
    key: 'delivery-es',
    language: 'es',
    title: 'Plazo de entrega',
    text: 'El envío tarda dos días laborables: su pedido llega en dos días laborables desde que sale de nuestro almacén. Los pedidos hechos antes de las 15:00 salen el mismo día. Las máquinas de dos grupos van en palé y tardan cinco días laborables.',
  },
  {
    key: 'hours-es',
    language: 'es',
    title: 'Horario de apertura',
    text: 'Nuestras tiendas en Utrecht, Oporto y Leeds abren de lunes a viernes de 9:00 a 18:00. Los sábados abren de 10:00 a 16:00. Los domingos y festivos están cerradas.',
  },
  {
    key: 'returns-es',
    language: 'es',
    title: 'Devoluciones y reembolsos',
    text: 'Puede devolver cualquier producto en los 30 días siguientes a la entrega, también usado. La devolución es gratuita. Reembolsamos el importe completo en cinco días laborables desde que recibimos el paquete.',
  },
  {
    key: 'delivery-de',
    language: 'de',
    title: 'Lieferzeit',
    text: 'Die Lieferung dauert zwei Werktage: Ihre Bestellung kommt innerhalb von zwei Werktagen an, nachdem sie unser Lager verlassen hat. Was bis 15:00 Uhr bestellt wird, geht am selben Tag hinaus. Maschinen mit zwei Gruppen kommen auf einer Palette und brauchen fünf Werktage.',
  },
  {
    key: 'hours-de',
    language: 'de',
    title: 'Öffnungszeiten',
    text: 'Unsere Läden in Utrecht, Porto und Leeds sind Montag bis Freitag von 9:00 bis 18:00 Uhr geöffnet. Am Samstag sind sie von 10:00 bis 16:00 Uhr geöffnet. Am Sonntag und an Feiertagen sind sie geschlossen.',
  },
  {
    key: 'returns-de',
    language: 'de',
    title: 'Rückgabe und Erstattung',
    text: 'Sie können alles innerhalb von 30 Tagen nach der Lieferung zurückgeben, auch wenn Sie es benutzt haben. Die Rücksendung ist kostenlos. Wir erstatten den vollen Preis innerhalb von fünf Werktagen, nachdem das Paket bei uns ist.',
  },
  {
    key: 'delivery-ar',
    language: 'ar',
    title: 'مدة التوصيل',
    text: 'مدة التوصيل يوما عمل: يصل طلبك خلال يومي عمل بعد خروجه من مستودعنا. الطلبات قبل الساعة 15:00 تخرج في اليوم نفسه. الآلات ذات المجموعتين تصل على منصة خلال خمسة أيام عمل.',
  },
  {
    key: 'hours-ar',
    language: 'ar',
    title: 'ساعات العمل',
    text: 'متاجرنا في أوترخت وبورتو وليدز مفتوحة من الاثنين إلى الجمعة من 9:00 إلى 18:00. يوم السبت مفتوحة من 10:00 إلى 16:00. يوم الأحد والعطل الرسمية مغلقة.',
  },
  {
    key: 'returns-ar',
    language: 'ar',
    title: 'الإرجاع واسترداد المبلغ',
    text: 'يمكنك إرجاع أي منتج خلال 30 يومًا من التسليم حتى بعد استعماله. الإرجاع مجاني. نعيد المبلغ كاملًا خلال خمسة أيام عمل بعد وصول الطرد إلينا.',
  },
];
