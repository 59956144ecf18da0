/** How people of one language ask for a person. Each entry is an alternation for a regular expression over folded text. */
export interface HumanLexicon {
  /** To talk, connect, transfer, put through. */
  talk: string;
  /** To want, need, ask for, "is there". */
  want: string;
  /** Someone who is certainly a person or a human team. */
  who: string;
  /** Someone, a person: enough beside `talk`, not beside `want`. */
  anyone: string;
  /** A bot, beside `talk` and after `not`. */
  bot: string;
  not: string;
  /** Talk about the conversation itself ("are you human?", "am I talking to"), which asks for nobody. */
  asIs: string;
  /** Whole messages that ask for a person by themselves, beside a bare `who`. */
  whole: string;
}

/** Languages written with blanks, but English, which has rules of its own. */
export const humanLexicons: Record<string, HumanLexicon> = {
  es: {
    talk: String.raw`tratar (?:esto|este|con)|me atiend\w+|atenderme|me responda|responderme|me ayude|ayudarme|hablar|hablo|hable|habla|hablemos|charlar|chatear|conversar|comunicar(?:me|nos|se)?|comuni[qc]\w+|pasar?me|pas[ae]me|ponme|pongame|poner(?:me)?|transferir(?:me)?|transfier\w+|derivar(?:me)?|deriv[ae]me|conectar(?:me)?|conect[ae]me|contactar|contacto con|atiend\w+|atender|escalar|llamar|llame|llamen`,
    want: String.raw`que me atienda|quisiera|dejame|dejeme|llama a|llamen a|trae|traiga|busca|prefiero|quiero|quisiera|querria|necesito|prefiero|deseo|exijo|busco|dame|deme|denme|hay|tienen|puedo tener|me gustaria|solicito|pido`,
    who: String.raw`companer[oa]s?|superior|persona humana|personal humano|alguien (?:real|humano|de verdad|de carne y hueso)|(?:ser )?humano(?:s)?|humana|persona(?:s)? (?:real|humana|de verdad|fisica|viva)(?:es)?|agente(?:s)?(?: humano| real)?|operador(?:a)?|representante|asesor(?:a)?|ejecutivo|encargado|encargada|supervisor(?:a)?|gerente|responsable|empleado|teleoperador(?:a)?|atencion (?:al cliente|humana|personal\w*)|servicio (?:al cliente|de atencion|humano|manual)|soporte (?:humano|tecnico|al cliente)|ayuda humana|ayuda real|ventas|equipo de ventas|comercial|especialista`,
    anyone: String.raw`persona|alguien|equipo|gente`,
    bot: String.raw`bot|robot|maquina|chatbot|ordenador|computadora|ia|contestadora`,
    not: String.raw`no|sin|tampoco|nunca|jamas|harto|harta|cansado`,
    asIs: String.raw`cuantos|eres|es usted|sos|estoy hablando|hablo con|eres tu|he hablado|hable con|hablado|quien es`,
    whole: String.raw`(?:yo )?(?:quiero|necesito|prefiero|dame|deme) (?:a )?una persona|soporte|necesito soporte|ayuda humana|humano ya|servicio al cliente|atencion al cliente|persona real|un humano|humano por favor|operador|agente|asesor`,
  },
  pt: {
    talk: String.raw`tratar com|me (?:ajude|ajudar|responda|responder|atenda|atender)|responder me|ajudar me|falar|falo|fale|falem|fala|conversar|chamar?|chama|chame|contatar|contactar|contato com|contacto com|transferir|transfir\w+|transfere|transfer\w+|passar?|passe|passa|encaminh\w+|conectar|conect\w+|ligar|liguem|ligue|atend\w+|colocar?|escalar`,
    want: String.raw`deixa|chama|chame|traga|arruma|arranja|quero|quero|queria|gostaria|preciso|prefiro|desejo|exijo|procuro|me da|me de|tem|ha|existe|solicito|pode me dar`,
    who: String.raw`colaborador(?:a)?|colaboradores|colega|superior|alguem (?:real|humano|de verdade|de carne e osso|ai que nao seja)|(?:ser )?humano(?:s)?|humana|pessoa(?:s)? (?:real|de verdade|humana|fisica|viva)|reais|agente(?:s)?(?: humano)?|operador(?:a)?|atendente(?:s)?|representante|assessor(?:a)?|consultor(?:a)?|supervisor(?:a)?|gerente|responsavel|funcionario|atendimento (?:humano|ao cliente|pessoal)|suporte (?:humano|tecnico|ao cliente)|servico (?:ao cliente|de atendimento|humano)|ajuda humana|vendas|equipe de vendas|comercial|especialista`,
    anyone: String.raw`pessoa|alguem|equipe|equipa|gente de verdade`,
    bot: String.raw`bot|robo|maquina|chatbot|computador|ia|inteligencia artificial`,
    not: String.raw`nao|sem|nem|nunca|cansado|cansada|chega de`,
    asIs: String.raw`quantos|voce e|vc e|es um|es uma|estou falando|(?<!como )falo com|tu es|falei|falado|quem e`,
    whole: String.raw`(?:quero|preciso de|prefiro|me da) uma pessoa|cade (?:os |o )?humanos?|suporte|preciso de suporte|ajuda humana|atendente|atendimento humano|pessoa real|um humano|humano por favor|operador|falar com atendente|sac`,
  },
  fr: {
    talk: String.raw`me (?:repondre|reponde|aider|aide)|men occuper|sen occup\w+|parler|parle|parlez|discuter|echanger|communiquer|contacter|contact avec|joindre|transferer|transferez|transfere|passer|passez|passe|mettre|mettez|mets|relation|rediriger|redirigez|connecter|connectez|appeler|appelez|rappeler|rappelez|escalader`,
    want: String.raw`laissez moi|laisse moi|appelez|trouvez|est ce qu\w*|il me faut|passez|veux|voudrais|voudrait|aimerais|besoin|prefere|souhaite|souhaiterais|exige|demande|cherche|donnez moi|donne moi|y a t il|ya til|y at il|yatil|il y a|avez vous|puis je avoir|je peux avoir`,
    who: String.raw`collegue|membre (?:de lequipe|du personnel|de votre equipe)|superieur|quelquun de (?:reel|vrai|humain)|vrai (?:conseiller|agent|employe|humain)|(?:etre )?humain(?:s)?|humaine|daide humaine|personne(?:s)? (?:reelle|humaine|vivante|physique)(?:s)?|vraie personne|vrai humain|agent(?:e)?(?:s)?|conseiller|conseillere|operateur|operatrice|representant(?:e)?|responsable|superviseur|manager|employe(?:e)?|collaborateur|service (?:client|clients|clientele|a la clientele|apres vente|commercial)(?: manuel)?|support (?:humain|client|technique)|assistance humaine|aide humaine|service humain|commercial|ventes|equipe commerciale|specialiste|technicien`,
    anyone: String.raw`lequipe|personne|quelquun|equipe|gens|lhumain`,
    bot: String.raw`bot|robot|machine|chatbot|ordinateur|ia|automate`,
    not: String.raw`ne|pas|non|sans|plus|marre|jamais`,
    asIs: String.raw`combien|comment repondre|etes vous|es tu|vous etes|tu es|est ce que je parle|je parle (?:a|avec)|suis je|jai parle|qui est`,
    whole: String.raw`(?:je )?(?:veux|voudrais|prefere) une personne|besoin dassistance|transferez moi|transfere moi|aide humaine|assistance|service (?:client|clients|a la clientele)|vraie personne|personne reelle|un humain|humain svp|conseiller|operateur|agent|soutien|jai besoin de soutien`,
  },
  de: {
    talk: String.raw`erreich\w*|darum kummern|mir (?:helfen|hilft|antworten|antwortet)|ans telefon|hol|holt mir|holen sie mir|sprechen|spreche|sprich|reden|rede|red|chatten|unterhalten|verbinden|verbinde|verbind|verbunden|weiterleiten|weitergeleitet|weiterleite|leiten|leite|durchstellen|stellen sie mich|stell mich|ubergeben|ubergib|kontaktieren|kontakt (?:mit|zu|zum|zur)|erreichen|anrufen|ruf|rufen|zuruckrufen|eskalieren|wenden|geben sie mir|gib mir|holen sie|hol`,
    want: String.raw`mochten|hol|holt|holen|lassen|lass|will|mochte|mocht|wunsche|brauche|brauch|benotige|hatte gern\w*|bevorzuge|verlange|suche|gibt es|gib mir|geben sie mir|haben sie|kann ich|lieber|bitte um`,
    who: String.raw`kolleg\w+|jemand(?:en|em)? (?:echtes?|echten|menschliches?|richtiges?|aus fleisch)|teammitglied\w*|vorgesetzten?|person (?:aus fleisch)|menschen?|menschlich\w*|mitarbeiter(?:in|innen|n)?|mitarbeitenden?|kundenberater(?:in)?|berater(?:in)?|kundenservice|kundendienst|kundensupport|kundenbetreuung|kundenbetreuer(?:in)?|support(?: ?team)?|agent(?:en)?|operator|vorgesetzt\w+|chef|leiter|teamleiter|manager|echte\w* (?:person|menschen?|mitarbeiter)|reale\w* (?:person|menschen?)|richtige\w* (?:person|menschen?)|personliche\w* (?:berater|ansprechpartner|gesprach)|ansprechpartner(?:in)?|sachbearbeiter(?:in)?|vertrieb|verkauf|verkaufsteam|vertriebsteam|spezialist(?:en)?|experten?|techniker`,
    anyone: String.raw`person|jemand(?:em|en)?|team|leute`,
    bot: String.raw`bot|roboter|maschine|chatbot|computer|ki|automaten?`,
    not: String.raw`nicht|kein|keine|keinen|keinem|keiner|ohne|nie|statt`,
    asIs: String.raw`wie viele|wieviele|bist du|sind sie|rede ich|spreche ich|sprech ich|hab ich|habe ich|bin ich|wer ist|ob sie|ob du`,
    whole: String.raw`echter mensch|echte menschen|(?:ich )?(?:will|mochte|brauche) (?:eine person|einen menschen)|verbinden|weiterleiten|ans telefon|menschen ans telefon|einen menschen|support|menschlich\w* (?:hilfe|dienste?|service|unterstutzung|kontakt|support|kundenservice|kundendienst|betreuung)|ich brauche unterstutzung|unterstutzung|kundenservice|kundendienst|mensch|mensch bitte|mitarbeiter|mitarbeiter bitte|echte person|berater|hotline`,
  },
  it: {
    talk: String.raw`mi (?:risponda|risponde|aiuti|aiuta)|rispondermi|aiutarmi|parlare|parlo|parla|parlarne|parli|chattare|discutere|comunicare|contattare|contatto con|passare|passami|passatemi|mi passi|mi passa|trasferir\w+|trasferisc\w+|mettermi|mettimi|metta|mettetemi|connetter\w+|collegar\w+|collegami|inoltrar\w+|chiamare|chiamami|chiamatemi|richiamare|richiamatemi|escalation`,
    want: String.raw`fatemi|fammi|trovatemi|trovami|aiuto|chiamate|chiama|esigo|passatemi|ho bisogno|voglio|vorrei|vorremmo|bisogno|preferisco|preferirei|desidero|esigo|cerco|serve|datemi|dammi|ce|ci sono|avete|posso avere|mi serve|pretendo`,
    who: String.raw`collega|colleghi|superiore|qualcuno (?:in carne|di reale|di vero|di umano)|vero umano|persona in carne|(?:essere )?umano|umani|umana|persona (?:reale|vera|umana|fisica|in carne)|vera persona|agente|operatore|operatrice|rappresentante|consulente|responsabile|supervisore|manager|direttore|dipendente|addetto|assistenza (?:umana|clienti|manuale)|servizio (?:clienti|umano|assistenza)(?: manuale)?|supporto (?:umano|clienti|tecnico)|aiuto umano|vendite|ufficio vendite|commerciale|specialista|tecnico`,
    anyone: String.raw`persona|qualcuno|team|gente`,
    bot: String.raw`bot|robot|macchina|chatbot|computer|ia|risponditore`,
    not: String.raw`non|senza|mai|basta|stufo|stanco`,
    asIs: String.raw`quanti|sei|lei e|siete|sto parlando|parlo con|ho parlato|chi e`,
    whole: String.raw`(?:voglio|datemi|dammi|preferisco) una persona|servizio clienti|assistenza clienti|persona reale|persona vera|un umano|operatore|umano|ho bisogno di sostegno|sostegno`,
  },
  nl: {
    talk: String.raw`praten|praat|spreken|spreek|chatten|overleggen|doorverbinden|doorverbonden|verbind|verbinden|verbonden|doorzetten|doorsturen|contact met|contact opnemen|bereiken|bellen|bel|terugbellen|overzetten|escaleren|geef me|geef mij`,
    want: String.raw`wil|wou|zou graag|graag|nodig|heb liever|liever|wens|eis|zoek|is er|zijn er|hebben jullie|heeft u|mag ik|kan ik|geef me`,
    who: String.raw`mens(?:en)?|menselijk\w*|medewerker(?:s)?|medewerkster|echt (?:mens|persoon)|echte (?:persoon|mensen|medewerker)|klantenservice|klantendienst|agent|operator|vertegenwoordiger|adviseur|supervisor|manager|leidinggevende|teamleider|support ?team|verkoop|verkoopteam|sales|specialist|expert`,
    anyone: String.raw`persoon|iemand|team|collega`,
    bot: String.raw`bot|robot|machine|chatbot|computer|ai`,
    not: String.raw`niet|geen|zonder|nooit|ipv`,
    asIs: String.raw`ben je|bent u|bent jij|ben jij|praat ik|spreek ik|heb ik|is dit|wie is`,
    whole: String.raw`klantenservice|medewerker|medewerker graag|mens graag|echt persoon|een mens`,
  },
  pl: {
    talk: String.raw`rozmawiac|porozmawiac|pogadac|mowic|polaczyc|polacz|polaczenie|przelacz|przelaczyc|przekieruj|przekierowac|skontaktowac|kontakt z|zadzwonic|zadzwon|oddzwon\w*`,
    want: String.raw`chce|chcialbym|chcialabym|potrzebuje|wole|prosze|poprosze|zadam|czy jest|jest tam|daj|dajcie|moge`,
    who: String.raw`czlowiek\w*|czlowiekiem|ludzmi|konsultant\w*|pracownik\w*|zyw\w+ (?:osob\w+|czlowiek\w*)|prawdziw\w+ (?:osob\w+|czlowiek\w*)|operator\w*|agent\w*|przedstawiciel\w*|doradc\w+|kierownik\w*|przelozon\w+|menedzer\w*|obslug\w+ klienta|biur\w+ obslugi|dzial\w* sprzedazy|specjalist\w+`,
    anyone: String.raw`osob\w+|kims|ktos|kogos|zespol\w*`,
    bot: String.raw`bot\w*|robot\w*|maszyn\w+|automat\w*|komputer\w*`,
    not: String.raw`nie|bez|nigdy|zamiast`,
    asIs: String.raw`czy jestes|jestes|rozmawiam|czy ty|czy pan|kim jest`,
    whole: String.raw`konsultant|czlowiek|obsluga klienta|pracownik|operator`,
  },
  tr: {
    talk: String.raw`konus\w*|gorus\w*|bagla\w*|aktar\w*|yonlendir\w*|iletisim\w*|ulas\w*|arayin|aray\w*|arasin\w*|yazis\w*|gecir\w*`,
    want: String.raw`istiyorum|isterim|isterdim|lazim|ihtiyac\w*|tercih\w*|var mi|rica|verin|verir misin\w*|gerek`,
    who: String.raw`insan\w*|canli (?:destek\w*|temsilci\w*|birin\w*|biri\w*)|gercek (?:kisi\w*|insan\w*|birin\w*|biri\w*)|temsilci\w*|musteri (?:hizmetleri\w*|temsilci\w*)|yetkili\w*|operator\w*|calisan\w*|yonetici\w*|mudur\w*|danisman\w*|uzman\w*|satis (?:ekib\w*|temsilci\w*|departman\w*)|destek ekib\w*`,
    anyone: String.raw`biri(?:si)?(?:yle|ne|le)?|birisiyle|kisi\w*|ekip\w*`,
    bot: String.raw`bot\w*|robot\w*|makine\w*|yapay zeka\w*|bilgisayar\w*`,
    not: String.raw`istemiyorum|degil|olmadan|yerine`,
    asIs: String.raw`misin|misiniz|musun|musunuz|konusuyorum`,
    whole: String.raw`temsilci|canli destek|musteri hizmetleri|insan|yetkili|operator`,
  },
  hi: {
    talk: String.raw`baat|baath|connect|transfer|jod\w*|sampark|call|milwa\w*|मिलवा\S*|बात|कनेक्ट|ट्रांसफर|जोड़\S*|संपर्क|सम्पर्क|कॉल`,
    want: String.raw`chahiye|chahta|chahti|chahte|karni|karna|karao|karwao|karwa|do|dijiye|चाहिए|चाहता|चाहती|चाहते|करनी|करना|कराओ|करवाओ|करवा|दीजिए|दो|दें`,
    who: String.raw`insaan|insan|aadmi|admi|manushya|asli (?:insaan|insan|aadmi|vyakti)|human|agent|representative|executive|customer care|customer service|adhikari|manager|operator|इंसान|इन्सान|आदमी|मनुष्य|व्यक्ति|असली|एजेंट|प्रतिनिधि|अधिकारी|मैनेजर|ऑपरेटर|कस्टमर केयर|ग्राहक सेवा|मानव`,
    anyone: String.raw`kisi|koi|vyakti|किसी|कोई`,
    bot: String.raw`bot|robot|machine|मशीन|रोबोट|बॉट`,
    not: String.raw`nahi|nahin|mat|नहीं|मत`,
    asIs: String.raw`kya aap|kya tum|tum ho|aap hain|क्या आप|क्या तुम`,
    whole: String.raw`customer care|इंसान|एजेंट|insaan|agent`,
  },
  ru: {
    talk: String.raw`поговорить|говорить|пообщаться|общаться|связаться|свяжите|связать|соедините|соединить|соедини|переключите|переключи|переключить|переведите|переведи|перевести|позовите|позови|позвать|дайте|дай|подключите|подключи|позвоните|перезвоните|связи|звонок|передайте`,
    want: String.raw`хочу|хотел\w*|нужен|нужна|нужно|нужны|прошу|требую|предпочитаю|дайте|дай|есть ли|есть|можно|ищу|позовите`,
    who: String.raw`человек\w*|людьми|людей|живым|живого|живой|оператор\w*|менеджер\w*|сотрудник\w*|специалист\w*|консультант\w*|представител\w*|агент\w*|руководител\w*|начальник\w*|администратор\w*|служб\w+ поддержки|поддержк\w+|техподдержк\w+|отдел\w* продаж|реальн\w+`,
    anyone: String.raw`кем нибудь|кем то|кто нибудь|кого нибудь|командой`,
    bot: String.raw`бот\w*|робот\w*|машин\w+|автоответчик\w*|компьютер\w*`,
    not: String.raw`не|без|хватит|вместо|надоел\w*`,
    asIs: String.raw`ты|вы человек|вы бот|вы робот|вы живой|я говорю|я общаюсь|кто ваш`,
    whole: String.raw`оператор|оператора|человек|живой человек|менеджер|поддержка|служба поддержки|специалист`,
  },
  ar: {
    talk: String.raw`يتصل|يرد|يكلمني|يساعدني|اتحدث|يتواصل|حولني|نقلي|التحدث|اتحدث|التكلم|اتكلم|تكلم|اكلم|احكي|احاكي|التواصل|اتواصل|تواصل|توصيلي|وصلني|وصلوني|حولني|حولوني|تحويلي|تحويل|حول|صلني|الاتصال|اتصل|اتصلوا|كلمني|محادثة|الحديث`,
    want: String.raw`خلي|دع|دعني|اتصلوا|ودي|ارجو|اريد|ارغب|احتاج|ابغي|ابي|ابغا|عايز|عاوز|عايزة|بدي|افضل|هل يوجد|هل هناك|ممكن|اطلب|اعطني|اعطوني|نريد|محتاج`,
    who: String.raw`(?:ال)?موظف(?:ين|ي)?|زميل|شخصا (?:حقيقيا|بشريا)|انسانا|موظفا|بشريا|مسؤولا|مشرفا|مديرا|(?:لل|بال|ال|ل|ب)?(?:انسان|بشر|بشري|بشرية|شخص (?:حقيقي|بشري)|موظف|موظفة|موظفين|وكيل|ممثل|مندوب|مشرف|مدير|المدير|مسؤول|مسئول|خدمة العملاء|خدمه العملاء|الدعم(?: الفني| البشري)?|مساعدة بشرية|فريق (?:المبيعات|الدعم)|المبيعات|مستشار|اخصائي|مختص)`,
    anyone: String.raw`احدا|شخصا|شخص|احد|حدا|حد|فريق|واحد`,
    bot: String.raw`روبوت|بوت|الة|آلة|الي|ذكاء اصطناعي|كمبيوتر`,
    not: String.raw`لا|ليس|بدون|مش|ما|غير|مو|مابي`,
    asIs: String.raw`كم|هل انت|هل انتم|انت انسان|انت روبوت|هل اتحدث|هل اتكلم|من هو`,
    whole: String.raw`خدمة العملاء|موظف|انسان|شخص حقيقي|الدعم الفني`,
  },
};

/** "Call me back" in languages other than English. */
export const callBack =
  /(?<!\p{L})(?:rufen sie mich|ruf mich|ruft mich|ruckruf|llamame|llameme|llamenme|me (?:llamen|llame|pueden llamar)|me (?:liguem|ligue|liga)|(?:liguem?|ligar) para mim|rappelez moi|rappelle moi|appelez moi|chiamatemi|richiamatemi|mi (?:chiami|richiami|chiamate)|bel (?:me|mij)|terugbellen|oddzwon\p{L}*|zadzwon\p{L}* do mnie|beni (?:arayin|arar misin\p{L}*)|перезвоните|позвоните мне|اتصلوا? بي|كلموني)(?!\p{L})|给我(?:回|打)(?:个)?电话|回电|(?:お電話|電話)(?:を)?(?:ください|下さい|お願い)|전화\s?(?:해|좀\s?주|주세)/u;

/** Scripts without blanks: the request itself, and what only looks like it. */
export const humanWide: { asks: RegExp; not: RegExp }[] = [
  {
    asks: /(?:能|可以|让|讓|麻烦|麻煩|可否)[^，。！？,.!?]{0,6}(?:人工(?!智能)|真人|客服|真实的人|專員|专员|经理|主管|同事|工作人员|工作人員)|(?:连线|連線|接通|接入)[^，。！？,.!?]{0,6}(?:客服|人工|真人|专员|專員)|(?:找|叫|换|換)个?(?:真)?人|(?:和|跟|与|與|同)[^，。！？,.!?]{0,7}(?:真人|真实的人|真實的人|活人|工作人员|工作人員|同事)|(?:转|轉|找|要|换|換|叫|接|请|需要|有没有|有|给我)[^，。！？,.!?]{0,6}(?:人工(?!智能)|真人|客服|人类|活人|经理|主管|负责人|專人|专人)|人工(?:客服|服务|服務|坐席|座席|协助|帮助|支持|接听)|(?:和|跟|与|與|同)[^，。！？,.!?]{0,4}(?:真人|人工|人|人类|客服|经理|主管|销售|專員|专员|负责人)(?:人员|员)?(?:说|說|聊|谈|談|讲|講|交流|沟通|溝通|对话|對話|通话|联系|聯繫)|人力(?:协助|支持|服务|帮助)|转人工|轉人工|(?:联系|聯繫|聯絡)[^，。！？,.!?]{0,4}(?:客服|人工|销售|真人|你们的人)|不(?:想|要|愿意)[^，。！？,.!?]{0,4}(?:和|跟|与)[^，。！？,.!?]{0,3}(?:机器人|機器人|机器|AI|ai)|^(?:人工|真人|客服|人工客服|真人客服|真人服务)[。！!]?$/u,
    not: /(?:你|您)(?:到底)?是(?:不是)?(?:真)?(?:人|机器|機器)|是真人(?:吗|嗎|么)|我(?:在|是在)(?:和|跟)|(?:不用|不要|别|無需|无需)(?:再)?(?:转|轉)/u,
  },
  {
    asks: /(?:人間|人|オペレーター|担当者|担当の方|スタッフ|有人|係員|係の人|責任者|上司|店員|社員|営業(?:担当)?|専門家)(?:の方)?(?:と|に|へ|を)[^。！？]{0,8}(?:話し|話したい|お話|喋|代わ|代って|替わ|かわ|つない|繋い|繋げ|つなげ|出して|相談|連絡|対応|呼ん|お願い|転送)|有人(?:対応|チャット|サポート|オペレーター)|(?:オペレーター|担当者|人間|スタッフ)(?:を)?お願い|(?:ボット|ロボット|機械|AI|ai)(?:じゃなく|ではなく|と(?:は)?話したくない|は嫌|はいや)|^(?:オペレーター|担当者|人間|有人)[。！]?$/u,
    not: /あなたは(?:人間|ロボット|機械|AI|ボット)|人間です(?:か|よね)|(?:つなが|繋が|話さ)ないで/u,
  },
  {
    asks: /(?:사람|상담원|상담사|직원|담당자|매니저|관리자|책임자|인간|실제\s*사람|영업팀|전문가)(?:이랑|랑|과|와|하고|에게|한테|으로|로|을|를|님)?[^.!?]{0,10}(?:통화|대화|얘기|이야기|연결|말하|상담|바꿔|불러|필요|연락|부탁)|^(?:상담원|상담사|직원|사람)[.!]?$|(?:챗봇|봇|로봇|기계)[^.!?]{0,6}(?:말고|싫|말하기\s*싫)/u,
    not: /(?:당신|너|넌)[은는]?\s*(?:사람|로봇|봇)|사람(?:인가요|이에요|입니까|이야)/u,
  },
  {
    asks: /(?:คุย|พูด|ติดต่อ|ต่อสาย|โอนสาย|ขอสาย)[^.!?]{0,10}(?:เจ้าหน้าที่|คน|พนักงาน|มนุษย์|แอดมิน|ผู้จัดการ)/u,
    not: /คุณเป็น(?:คน|บอท|หุ่นยนต์)/u,
  },
];
