/** What customers read of routes: when people are there again, what is asked of them, and that it has arrived. */
export interface FormWords {
  /** After it stands a time. */
  back: string;
  phone: string;
  time: string;
  /** How a question is passed over. */
  optional: string;
  again: string;
  done: string;
}

const WORDS: Record<string, FormWords> = {
  en: {
    back: 'People are back:',
    phone: 'On which phone number can we reach you?',
    time: 'When does it suit you best?',
    optional: '(or write “-” to leave it out)',
    again: 'We could not read that. Once more, please:',
    done: 'Thank you. A person will get back to you.',
  },
  es: {
    back: 'Volvemos a estar:',
    phone: '¿En qué número de teléfono podemos llamarle?',
    time: '¿Cuándo le viene mejor?',
    optional: '(o escriba «-» para omitirlo)',
    again: 'No hemos podido leerlo. Una vez más, por favor:',
    done: 'Gracias. Una persona se pondrá en contacto con usted.',
  },
  pt: {
    back: 'Voltamos a estar disponíveis:',
    phone: 'Em que número de telefone podemos falar consigo?',
    time: 'Quando lhe dá mais jeito?',
    optional: '(ou escreva “-” para deixar em branco)',
    again: 'Não conseguimos ler isso. Mais uma vez, por favor:',
    done: 'Obrigado. Uma pessoa vai entrar em contacto consigo.',
  },
  de: {
    back: 'Wir sind wieder da:',
    phone: 'Unter welcher Telefonnummer erreichen wir Sie?',
    time: 'Wann passt es Ihnen am besten?',
    optional: '(oder „-“, um es auszulassen)',
    again: 'Das konnten wir nicht lesen. Bitte noch einmal:',
    done: 'Danke. Ein Mensch meldet sich bei Ihnen.',
  },
  fr: {
    back: 'Nous sommes de retour :',
    phone: 'À quel numéro de téléphone pouvons-nous vous joindre ?',
    time: 'Quand cela vous convient-il le mieux ?',
    optional: '(ou écrivez « - » pour passer)',
    again: 'Nous n’avons pas pu lire cela. Encore une fois, s’il vous plaît :',
    done: 'Merci. Une personne vous recontactera.',
  },
  it: {
    back: 'Torniamo disponibili:',
    phone: 'A quale numero di telefono possiamo raggiungerla?',
    time: 'Quando le va meglio?',
    optional: '(o scriva «-» per saltare)',
    again: 'Non siamo riusciti a leggerlo. Ancora una volta, per favore:',
    done: 'Grazie. Una persona la ricontatterà.',
  },
  nl: {
    back: 'We zijn er weer:',
    phone: 'Op welk telefoonnummer kunnen we u bereiken?',
    time: 'Wanneer komt het u het beste uit?',
    optional: '(of schrijf “-” om het over te slaan)',
    again: 'Dat konden we niet lezen. Nog één keer alstublieft:',
    done: 'Dank u. Een medewerker neemt contact met u op.',
  },
  pl: {
    back: 'Znów jesteśmy dostępni:',
    phone: 'Pod jakim numerem telefonu możemy się z Państwem skontaktować?',
    time: 'Kiedy najlepiej Państwu pasuje?',
    optional: '(lub „-”, aby pominąć)',
    again: 'Nie udało się tego odczytać. Prosimy jeszcze raz:',
    done: 'Dziękujemy. Nasz pracownik skontaktuje się z Państwem.',
  },
  ru: {
    back: 'Мы снова на связи:',
    phone: 'По какому номеру телефона с вами связаться?',
    time: 'Когда вам удобнее?',
    optional: '(или напишите «-», чтобы пропустить)',
    again: 'Не удалось это прочитать. Ещё раз, пожалуйста:',
    done: 'Спасибо. Сотрудник свяжется с вами.',
  },
  tr: {
    back: 'Yeniden hizmetinizdeyiz:',
    phone: 'Size hangi telefon numarasından ulaşabiliriz?',
    time: 'Size en uygun zaman ne?',
    optional: '(veya geçmek için “-” yazın)',
    again: 'Bunu okuyamadık. Lütfen bir kez daha:',
    done: 'Teşekkürler. Bir çalışanımız size dönecek.',
  },
  zh: {
    back: '人工客服恢复时间：',
    phone: '我们可以拨打哪个电话号码联系您？',
    time: '您什么时间方便？',
    optional: '（或输入“-”跳过）',
    again: '我们没能识别，请再写一次：',
    done: '谢谢，客服人员会与您联系。',
  },
  ja: {
    back: '担当者の次の対応時間：',
    phone: 'ご連絡先の電話番号をお教えください。',
    time: 'ご都合のよい日時はいつですか。',
    optional: '（省く場合は「-」とお書きください）',
    again: '読み取れませんでした。もう一度お願いします。',
    done: 'ありがとうございます。担当者からご連絡します。',
  },
  ko: {
    back: '상담 재개 시간:',
    phone: '어느 전화번호로 연락드리면 될까요?',
    time: '언제가 가장 편하신가요?',
    optional: '(건너뛰려면 “-”를 입력하세요)',
    again: '읽을 수 없었습니다. 한 번 더 부탁드립니다:',
    done: '감사합니다. 담당자가 연락드리겠습니다.',
  },
  hi: {
    back: 'हम फिर उपलब्ध होंगे:',
    phone: 'हम आपसे किस फ़ोन नंबर पर संपर्क करें?',
    time: 'आपके लिए कौन-सा समय सबसे अच्छा है?',
    optional: '(या छोड़ने के लिए “-” लिखें)',
    again: 'हम इसे पढ़ नहीं पाए। कृपया एक बार फिर:',
    done: 'धन्यवाद। हमारे एक सहयोगी आपसे संपर्क करेंगे।',
  },
  ar: {
    back: 'نعود إليكم:',
    phone: 'على أي رقم هاتف يمكننا التواصل معك؟',
    time: 'ما الوقت الأنسب لك؟',
    optional: '(أو اكتب «-» لتجاوزه)',
    again: 'لم نتمكن من قراءة ذلك. مرة أخرى من فضلك:',
    done: 'شكرًا لك. سيتواصل معك أحد أفراد الفريق.',
  },
};

/** @param language BCP 47, or null where it is not known */
export const formWords = (language: string | null): FormWords => WORDS[language?.toLowerCase().split('-')[0] ?? 'en'] ?? WORDS.en!;
