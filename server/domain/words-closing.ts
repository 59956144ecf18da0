/** What the workspace says as it closes a conversation whose playbook reached its goal, by language. */
const CLOSING: Record<string, string> = {
  en: 'That is settled, thank you. Write to us here whenever you need anything else.',
  es: 'Todo listo, gracias. Escríbanos aquí siempre que necesite algo más.',
  pt: 'Está tudo tratado, obrigado. Escreva-nos aqui sempre que precisar de mais alguma coisa.',
  de: 'Das ist erledigt, vielen Dank. Schreiben Sie uns hier jederzeit wieder.',
  fr: 'C’est réglé, merci. Écrivez-nous ici dès que vous avez besoin d’autre chose.',
  it: 'È tutto a posto, grazie. Ci scriva qui quando le serve altro.',
  nl: 'Dat is geregeld, bedankt. Schrijf ons hier gerust als er nog iets is.',
  pl: 'Wszystko załatwione, dziękujemy. W razie potrzeby proszę napisać tutaj.',
  ru: 'Всё готово, спасибо. Пишите нам сюда, если понадобится что-то ещё.',
  tr: 'Tamamdır, teşekkürler. Başka bir şeye ihtiyacınız olursa buraya yazabilirsiniz.',
  zh: '已为您办妥，谢谢。如有其他需要，随时在这里给我们留言。',
  ja: 'お手続きが完了しました。ありがとうございます。ほかにご用がありましたら、こちらにご連絡ください。',
  ko: '처리가 완료되었습니다. 감사합니다. 더 필요한 것이 있으면 언제든지 여기에 남겨 주세요.',
  hi: 'काम पूरा हो गया, धन्यवाद। कुछ और चाहिए तो हमें यहीं लिखें।',
  ar: 'تم الأمر، شكرًا لك. راسلنا هنا متى احتجت إلى أي شيء آخر.',
};

/** @param language BCP 47, or null where it is not known */
export const closingText = (language: string | null): string => CLOSING[language?.toLowerCase().split('-')[0] ?? 'en'] ?? CLOSING['en']!;
