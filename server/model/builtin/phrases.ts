/** What the built-in model says by itself, in one language. */
interface Phrases {
  greeting: string;
  thanks: string;
  goodbye: string;
  /** After a bare "ok" that had to be answered. */
  noted: string;
  /** The agent does not know. */
  unknown: string;
  /** Something was answered, something else it does not know. */
  partly: string;
  /** Before a quotation; `{title}` is the article's. */
  lead: string;
}

const phrases: Record<string, Phrases> = {
  en: {
    greeting: 'Hello! How can I help you?',
    thanks: 'You’re welcome! I’m here if you need anything else.',
    goodbye: 'Goodbye, and have a good day!',
    noted: 'All right. Is there anything I can help you with?',
    unknown: 'I’m sorry, I don’t know that. A person from our team can help you with it; just say so.',
    partly: 'I don’t know about the rest of it. A person from our team can help you with that; just say so.',
    lead: 'From “{title}”:',
  },
  es: {
    greeting: '¡Hola! ¿En qué puedo ayudarte?',
    thanks: '¡De nada! Aquí estoy si necesitas algo más.',
    goodbye: '¡Hasta luego, que tengas un buen día!',
    noted: 'De acuerdo. ¿Hay algo en lo que pueda ayudarte?',
    unknown: 'Lo siento, eso no lo sé. Una persona de nuestro equipo puede ayudarte; solo dímelo.',
    partly: 'Del resto no tengo información. Una persona de nuestro equipo puede ayudarte; solo dímelo.',
    lead: 'De «{title}»:',
  },
  pt: {
    greeting: 'Olá! Como posso ajudar?',
    thanks: 'De nada! Estou aqui se precisar de mais alguma coisa.',
    goodbye: 'Até logo e tenha um bom dia!',
    noted: 'Certo. Posso ajudar em alguma coisa?',
    unknown: 'Desculpe, isso eu não sei. Uma pessoa da nossa equipa pode ajudar; é só dizer.',
    partly: 'Sobre o resto eu não sei. Uma pessoa da nossa equipa pode ajudar; é só dizer.',
    lead: 'De “{title}”:',
  },
  fr: {
    greeting: 'Bonjour ! Comment puis-je vous aider ?',
    thanks: 'Avec plaisir ! Je suis là si vous avez besoin d’autre chose.',
    goodbye: 'Au revoir et bonne journée !',
    noted: 'Très bien. Puis-je vous aider pour quelque chose ?',
    unknown: 'Désolé, je ne connais pas la réponse. Une personne de notre équipe peut vous aider ; dites-le-moi simplement.',
    partly: 'Pour le reste, je ne sais pas. Une personne de notre équipe peut vous aider ; dites-le-moi simplement.',
    lead: 'D’après « {title} » :',
  },
  de: {
    greeting: 'Hallo! Wie kann ich Ihnen helfen?',
    thanks: 'Gern geschehen! Ich bin da, wenn Sie noch etwas brauchen.',
    goodbye: 'Auf Wiedersehen und einen schönen Tag!',
    noted: 'In Ordnung. Kann ich Ihnen bei etwas helfen?',
    unknown: 'Das weiß ich leider nicht. Jemand aus unserem Team kann Ihnen weiterhelfen; sagen Sie einfach Bescheid.',
    partly: 'Zum Rest weiß ich leider nichts. Jemand aus unserem Team kann Ihnen weiterhelfen; sagen Sie einfach Bescheid.',
    lead: 'Aus „{title}“:',
  },
  it: {
    greeting: 'Ciao! Come posso aiutarti?',
    thanks: 'Prego! Sono qui se ti serve altro.',
    goodbye: 'Arrivederci e buona giornata!',
    noted: 'Va bene. Posso aiutarti in qualcosa?',
    unknown: 'Mi dispiace, questo non lo so. Una persona del nostro team può aiutarti: basta dirlo.',
    partly: 'Sul resto non ho informazioni. Una persona del nostro team può aiutarti: basta dirlo.',
    lead: 'Da «{title}»:',
  },
  nl: {
    greeting: 'Hallo! Waarmee kan ik je helpen?',
    thanks: 'Graag gedaan! Ik ben er als je nog iets nodig hebt.',
    goodbye: 'Tot ziens en een fijne dag!',
    noted: 'Prima. Kan ik je ergens mee helpen?',
    unknown: 'Sorry, dat weet ik niet. Iemand van ons team kan je helpen; zeg het gerust.',
    partly: 'Over de rest weet ik niets. Iemand van ons team kan je helpen; zeg het gerust.',
    lead: 'Uit “{title}”:',
  },
  ar: {
    greeting: 'مرحبًا! كيف يمكنني مساعدتك؟',
    thanks: 'على الرحب والسعة! أنا هنا إذا احتجت إلى أي شيء آخر.',
    goodbye: 'مع السلامة، وأتمنى لك يومًا سعيدًا!',
    noted: 'حسنًا. هل هناك ما يمكنني مساعدتك به؟',
    unknown: 'عذرًا، لا أعرف الإجابة. يمكن لشخص من فريقنا مساعدتك، فقط أخبرني بذلك.',
    partly: 'أما الباقي فلا أعرفه. يمكن لشخص من فريقنا مساعدتك، فقط أخبرني بذلك.',
    lead: 'من «{title}»:',
  },
  hi: {
    greeting: 'नमस्ते! मैं आपकी क्या मदद कर सकता हूँ?',
    thanks: 'आपका स्वागत है! कुछ और चाहिए तो मैं यहाँ हूँ।',
    goodbye: 'नमस्ते, आपका दिन शुभ हो!',
    noted: 'ठीक है। क्या मैं किसी चीज़ में मदद कर सकता हूँ?',
    unknown: 'माफ़ कीजिए, यह मुझे नहीं पता। हमारी टीम का कोई व्यक्ति आपकी मदद कर सकता है, बस बता दीजिए।',
    partly: 'बाकी के बारे में मुझे नहीं पता। हमारी टीम का कोई व्यक्ति आपकी मदद कर सकता है, बस बता दीजिए।',
    lead: '“{title}” से:',
  },
  zh: {
    greeting: '您好！请问有什么可以帮您？',
    thanks: '不客气！如有其他需要，随时告诉我。',
    goodbye: '再见，祝您愉快！',
    noted: '好的。还有什么可以帮您的吗？',
    unknown: '抱歉，这个我不清楚。我们的团队成员可以帮您，告诉我一声即可。',
    partly: '其余的我不清楚。我们的团队成员可以帮您，告诉我一声即可。',
    lead: '摘自《{title}》：',
  },
  ja: {
    greeting: 'こんにちは。どのようなご用件でしょうか。',
    thanks: 'どういたしまして。ほかにも何かあればお知らせください。',
    goodbye: 'それでは失礼いたします。よい一日をお過ごしください。',
    noted: '承知しました。何かお手伝いできることはありますか。',
    unknown: '申し訳ありませんが、わかりかねます。担当者がお手伝いできますので、お申し付けください。',
    partly: 'そのほかの点はわかりかねます。担当者がお手伝いできますので、お申し付けください。',
    lead: '「{title}」より：',
  },
  ko: {
    greeting: '안녕하세요! 무엇을 도와드릴까요?',
    thanks: '천만에요! 더 필요한 것이 있으면 말씀해 주세요.',
    goodbye: '안녕히 가세요. 좋은 하루 되세요!',
    noted: '알겠습니다. 도와드릴 일이 있을까요?',
    unknown: '죄송하지만 그 내용은 알지 못합니다. 저희 팀의 상담원이 도와드릴 수 있으니 말씀해 주세요.',
    partly: '나머지는 알지 못합니다. 저희 팀의 상담원이 도와드릴 수 있으니 말씀해 주세요.',
    lead: '‘{title}’에서:',
  },
  ru: {
    greeting: 'Здравствуйте! Чем могу помочь?',
    thanks: 'Пожалуйста! Если понадобится что-то ещё, я здесь.',
    goodbye: 'До свидания, хорошего дня!',
    noted: 'Хорошо. Могу ли я чем-то помочь?',
    unknown: 'К сожалению, я этого не знаю. Вам может помочь наш сотрудник — просто скажите.',
    partly: 'Об остальном я не знаю. Вам может помочь наш сотрудник — просто скажите.',
    lead: 'Из «{title}»:',
  },
  tr: {
    greeting: 'Merhaba! Size nasıl yardımcı olabilirim?',
    thanks: 'Rica ederim! Başka bir şeye ihtiyacınız olursa buradayım.',
    goodbye: 'Hoşça kalın, iyi günler!',
    noted: 'Tamam. Yardımcı olabileceğim bir şey var mı?',
    unknown: 'Üzgünüm, bunu bilmiyorum. Ekibimizden bir kişi size yardımcı olabilir; söylemeniz yeterli.',
    partly: 'Gerisini bilmiyorum. Ekibimizden bir kişi size yardımcı olabilir; söylemeniz yeterli.',
    lead: '“{title}” yazısından:',
  },
  pl: {
    greeting: 'Dzień dobry! W czym mogę pomóc?',
    thanks: 'Nie ma za co! Jestem tutaj, gdyby coś jeszcze było potrzebne.',
    goodbye: 'Do widzenia i miłego dnia!',
    noted: 'Dobrze. Czy mogę w czymś pomóc?',
    unknown: 'Przepraszam, tego nie wiem. Może pomóc osoba z naszego zespołu; wystarczy powiedzieć.',
    partly: 'O reszcie nic nie wiem. Może pomóc osoba z naszego zespołu; wystarczy powiedzieć.',
    lead: 'Z „{title}”:',
  },
};

/** The phrases of a language (BCP 47), or English where it is not among ours. */
export function phrasesOf(language: string | null): Phrases {
  const base = language?.split('-')[0]?.toLowerCase() ?? 'en';
  return phrases[base] ?? (phrases['en'] as Phrases);
}

/** "I do not know, a person can help", in the customer's language. */
export const fallbackText = (language: string | null): string => phrasesOf(language).unknown;
