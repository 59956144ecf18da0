/** How people word rules for the classifier, by language: what a card says, over folded text. */
import type { Content, Intention } from './said.ts';

/** The forms of one language. Patterns meet text without case and accents. */
export interface Speech {
  /** At the beginning of a sentence: group 1 stays quiet, group 2 replies. */
  first: RegExp;
  /** The same at its end. */
  last: RegExp;
  /** The reply is to come in every case. */
  always: RegExp;
  /** Group 1 is what messages mention. */
  conditions: readonly RegExp[];
  /** Such a condition names what there is, not words that are said. */
  there: RegExp;
  /** Group 1 is what somebody is going to do. */
  announces: RegExp;
  /** With such a word a rule has an exception, which only a model can weigh. */
  exception: RegExp;
  everything: RegExp;
  only: RegExp;
  /** Between the things that a rule names. */
  or: RegExp;
  /** Words before a thing that say nothing of it. */
  filler: RegExp;
  /** No thing follows. */
  noThing: RegExp;
  kinds: readonly (readonly [RegExp, readonly string[]])[];
  contents: readonly (readonly [RegExp, Content])[];
  intentions: readonly (readonly [RegExp, Intention])[];
  /** Endings that a word may lose, and those that it may have. */
  loses: RegExp;
  endings: RegExp;
}

/** Where a word begins and ends, in any script. */
const word = (source: string): RegExp => new RegExp(String.raw`(?<!\p{L})(?:${source})(?!\p{L})`, 'u');
const KINDS = [['thanks', 'closing'], ['greeting'], ['goodbye', 'closing'], ['acknowledgement'], ['emoji']] as const;
const CONTENTS: readonly Content[] = ['question', 'number', 'date', 'money', 'link', 'emoji'];
const INTENTIONS: readonly Intention[] = ['call', 'return', 'think', 'wait'];
const NEVER = /(?!)/u;

interface Words {
  quiet: string;
  reply: string;
  please: string;
  always: string;
  conditions: readonly string[];
  there?: string;
  announces: string;
  exception: string;
  everything: string;
  only: string;
  or: RegExp;
  filler: string;
  noThing?: RegExp;
  /** In the order of {@link KINDS}, {@link CONTENTS} and {@link INTENTIONS}; intentions as the words begin. */
  kinds: readonly string[];
  contents: readonly string[];
  intentions: readonly string[];
  loses: RegExp;
  endings: RegExp;
  /** Ahead of and behind a verdict at the end of a sentence. */
  before?: string;
  behind?: string;
}

function speech(given: Words): Speech {
  const { quiet, reply, please, before = '', behind = '' } = given;
  return {
    first: new RegExp(String.raw`^(?:${please})?(?:(${quiet})|(${reply}))(?!\p{L})`, 'u'),
    last: new RegExp(String.raw`[,،:;]?\s*(?<!\p{L})(?:${please}|${before})*(?:(${quiet})|(${reply}))${behind}$`, 'u'),
    always: word(given.always),
    conditions: given.conditions.map((source) => new RegExp(String.raw`(?<!\p{L})${source}$`, 'u')),
    there: given.there ? word(given.there) : NEVER,
    announces: new RegExp(String.raw`(?<!\p{L})${given.announces}$`, 'u'),
    exception: word(given.exception),
    everything: new RegExp(String.raw`^[,،]?\s*(?:${given.everything})?$`, 'u'),
    only: word(given.only),
    or: given.or,
    filler: new RegExp(String.raw`^(?:(?:${given.filler})\s+)+`, 'u'),
    noThing: given.noThing ?? NEVER,
    kinds: given.kinds.map((source, at) => [word(source), KINDS[at]!]),
    contents: given.contents.map((source, at) => [new RegExp(`^(?:${source})$`, 'u'), CONTENTS[at]!]),
    intentions: given.intentions.map((source, at) => [new RegExp(String.raw`(?<!\p{L})(?:${source})`, 'u'), INTENTIONS[at]!]),
    loses: given.loses,
    endings: given.endings,
  };
}

const english = speech({
  please: String.raw`please\s+`,
  quiet: String.raw`(?:stay|remain|keep|be)\s+(?:quiet|silent)|(?:do\s+not|don'?t|never)\s+(?:reply|respond|answer|react)|ignore|no\s+(?:reply|answer|response)(?:\s+(?:is\s+)?needed)?`,
  reply: String.raw`(?:always\s+|do\s+)?(?:reply|respond|answer|react)`,
  before: String.raw`then\s+|you\s+`,
  behind: String.raw`(?:\s+(?:to\s+)?(?:it|them|that))?`,
  always: 'always',
  conditions: [
    String.raw`(?:if|when(?:ever)?|in\s+case|to|messages?|anyone|someone|for|on)\b.*?\b(?:mention(?:s|ing)?|says?|saying|contain(?:s|ing)?|include[sd]?|including|writes?|with|asks?(?:\s+(?:about|for))?|asking\s+(?:about|for)|is\s+about|are\s+about|about|talks?\s+about|complains?\s+about|there\s+(?:is|are))\b\s+(.+)`,
  ],
  there: String.raw`there\s+(?:is|are)`,
  announces: String.raw`(?:say|says|saying|write|writes|announces?|tells?)\s+(?:us\s+)?(?:that\s+)?(?:they|he|she|s\/he)(?:\s+(?:will|would|are\s+going\s+to|is\s+going\s+to)|'ll)\s+(.+)`,
  exception: String.raw`unless|except|apart\s+from|other\s+than|but\s+(?:not|answer|reply)|only\s+if|only\s+when`,
  everything: String.raw`(?:to\s+)?(?:everything|everyone|all(?:\s+messages)?|any(?:thing|\s+message)|every\s+message)`,
  only: String.raw`only|just|nothing\s+but`,
  or: /,|;|\bor\b|\band\b|\//u,
  filler: String.raw`the\s+words?|words?|an?|the|any|their|his|her|our|your|of|about|like`,
  noThing: /^(?:also|even|too)\b/u,
  kinds: [
    String.raw`thanks?|thank[- ]?yous?|gratitude`,
    'greetings?|hello|hi',
    'goodbyes?|farewells?|bye',
    'acknowledge?ments?|ok(?:ay)?|confirmations?',
    'emojis?|reactions?|stickers?',
  ],
  contents: [
    'questions?|question marks?',
    'numbers?|figures?|digits?',
    'dates?',
    'sums?(?: of money)?|amounts?(?: of money)?|money',
    'links?|urls?',
    'emojis?',
  ],
  intentions: [
    String.raw`(?:call|ring|phone|telephone)\b`,
    String.raw`(?:get\s+back|come\s+back|write|reply|respond|let\s+us\s+know|be\s+in\s+touch)\b`,
    String.raw`(?:think|consider|sleep\s+on)\b`,
    String.raw`wait\b`,
  ],
  loses: /(?:es|s|ing|ed)$/u,
  endings: /^(?:e?s|e?d|ing|e)?(?![\p{L}\p{N}])/u,
});

const spanish = speech({
  please: String.raw`por\s+favor,?\s+`,
  quiet: String.raw`(?:no|nunca|jamas)\s+(?:respond(?:as?|er|an)|contest(?:es?|ar|en)|reaccion(?:es?|ar))|ignor(?:a|e|en|ar)|(?:guard(?:a|e|ar)|mant(?:en|enga|ener))\s+(?:el\s+)?silencio|(?:quedate|quedese|permanece|mantente)\s+(?:en\s+silencio|callad[oa])`,
  reply: String.raw`(?:siempre\s+)?(?:respond(?:e|a|er|an)|contest(?:a|e|ar|en))(?:\s+siempre)?`,
  always: 'siempre',
  conditions: [
    String.raw`(?:si|cuando|en\s+caso\s+de\s+que|siempre\s+que|mensajes?|quien(?:es)?|al)(?!\p{L}).*?(?<!\p{L})(?:mencion(?:a|e|an|en)|dicen?|diga|digan|contienen?|contengan?|incluy(?:e|a|en|an)|escrib(?:e|a|en|an)|pregunt(?:a|e|an|en)(?:\s+(?:por|sobre))?|pid(?:e|a|en|an)|habl(?:a|e|an|en)\s+(?:de|sobre)|se\s+quej(?:a|e|an|en)\s+de|trat(?:a|e|an|en)\s+(?:de|sobre)|hay|haya|sobre|acerca\s+de)\s+(.+)`,
  ],
  there: 'hay|haya',
  announces: String.raw`(?:dicen?|diga|escrib(?:e|a)|avis(?:a|e)|anunci(?:a|e))(?:\s+solo)?\s+que\s+(?:nos\s+)?((?:va|van)\s+a\s+.+|\p{L}+r(?:a|an)(?!\p{L}).*)`,
  exception: String.raw`a\s+menos\s+que|salvo|excepto|a\s+no\s+ser|aparte\s+de|pero\s+(?:no|responde|contesta)|solo\s+(?:si|cuando)`,
  everything: String.raw`(?:a\s+)?(?:todo|todos(?:\s+los\s+mensajes)?|cualquier\s+(?:cosa|mensaje)|cada\s+mensaje)`,
  only: 'solo|solamente|unicamente',
  or: /,|;|\b[ou]\b|\b[ye]\b|\//u,
  filler: String.raw`las?\s+palabras?|palabras?|una?|el|las?|los|un[oa]s|algun[oa]?s?|sus?|nuestr[oa]s?|del?|sobre|como|por|que`,
  kinds: [
    String.raw`gracias|agradecimientos?`,
    'saludos?|hola',
    'despedidas?|adios',
    'confirmacion(?:es)?|acuses?|vale|ok',
    'emojis?|reaccion(?:es)?|pegatinas?|stickers?',
  ],
  contents: [
    String.raw`preguntas?|signos? de interrogacion`,
    'numeros?|cifras?',
    'fechas?',
    String.raw`dinero|importes?|sumas?(?: de dinero)?|cantidad(?:es)?(?: de dinero)?`,
    'enlaces?|links?|urls?',
    'emojis?',
  ],
  intentions: [
    String.raw`(?:\p{L}+\s+a\s+)?(?:llamar|telefonear)`,
    String.raw`(?:\p{L}+\s+a\s+)?(?:volver|escribir|responder|avisar)`,
    String.raw`(?:\p{L}+\s+a\s+)?(?:pensar|considerar)`,
    String.raw`(?:\p{L}+\s+a\s+)?esperar`,
  ],
  loses: /(?:es|s)$/u,
  endings: /^(?:e?s|e)?(?![\p{L}\p{N}])/u,
});

const portuguese = speech({
  please: String.raw`por\s+favor,?\s+`,
  quiet: String.raw`(?:nao|nunca|jamais)\s+respond(?:as?|er|am)|ignor(?:a|e|em|ar)|fi(?:que|ca|car)\s+(?:em\s+silencio|quiet[oa]|calad[oa])|mant(?:em|enha|er)\s+(?:o\s+)?silencio`,
  reply: String.raw`(?:sempre\s+)?respond(?:a|e|er|am)(?:\s+sempre)?`,
  always: 'sempre',
  conditions: [
    String.raw`(?:se|quando|caso|sempre\s+que|mensage(?:m|ns)|quem|ao)(?!\p{L}).*?(?<!\p{L})(?:mencion(?:a|e|ar|am|em)|diz|diga|disser|contem|conten?ham?|contiver|inclu(?:i|a|ir|em|am)|escrev(?:e|a|er)|pergunt(?:a|e|ar)(?:\s+(?:por|sobre|pel[oa]s?))?|ped(?:e|ir)|peca|fal(?:a|e|ar|am|em)\s+(?:de|d[oa]s?|sobre|em)|reclam(?:a|e|ar)\s+(?:de|d[oa]s?|sobre)|houver|ha|haja|sobre|acerca\s+de)\s+(.+)`,
  ],
  there: 'houver|ha|haja',
  announces: String.raw`(?:diz|diga|disser|escrev(?:e|a|er)|avis(?:a|e|ar)|anunci(?:a|e|ar))(?:\s+(?:so|apenas))?\s+que\s+(?:nos\s+)?((?:vai|vao)\s+.+|\p{L}+r(?:a|ao)(?!\p{L}).*)`,
  exception: String.raw`a\s+menos\s+que|a\s+nao\s+ser|exceto|salvo|alem\s+de|mas\s+(?:nao|responda)|(?:so|somente|apenas)\s+(?:se|quando)`,
  everything: String.raw`(?:a\s+)?(?:tudo|todos|todas\s+as\s+mensagens|qualquer\s+(?:coisa|mensagem)|cada\s+mensagem)`,
  only: 'so|somente|apenas|unicamente',
  or: /,|;|\bou\b|\be\b|\//u,
  filler: String.raw`as?\s+palavras?|palavras?|uma?s?|uns|os?|as?|algum(?:as?)?|alguns|seus?|suas?|noss[oa]s?|de|d[oa]s?|sobre|como|por|que`,
  kinds: [
    String.raw`obrigad[oa]s?|agradecimentos?`,
    String.raw`saudac(?:ao|oes)|cumprimentos?|ola`,
    'despedidas?|tchau|adeus',
    String.raw`confirmac(?:ao|oes)|ok`,
    String.raw`emojis?|reac(?:ao|oes)|figurinhas?|stickers?`,
  ],
  contents: [
    String.raw`perguntas?|pontos? de interrogacao`,
    'numeros?|algarismos?',
    'datas?',
    String.raw`dinheiro|valor(?:es)?|quantias?(?: de dinheiro)?|somas?(?: de dinheiro)?`,
    'links?|urls?',
    'emojis?',
  ],
  intentions: [
    String.raw`(?:vai\s+|vao\s+)?(?:ligar|telefonar)`,
    String.raw`(?:vai\s+|vao\s+)?(?:voltar|escrever|responder|retornar|avisar)`,
    String.raw`(?:vai\s+|vao\s+)?(?:pensar|considerar)`,
    String.raw`(?:vai\s+|vao\s+)?(?:esperar|aguardar)`,
  ],
  loses: /(?:es|s)$/u,
  endings: /^(?:e?s|e)?(?![\p{L}\p{N}])/u,
});

const SAYS_DE =
  'erwahn(?:t|en)|sag(?:t|en)|schreib(?:t|en)|enthalt(?:en)?|frag(?:t|en)|bitte(?:t|n)|sprich(?:t|en)|sprechen|rede(?:t|n)|verlang(?:t|en)|nenn(?:t|en)|will|mochte|beschwert|vorkomm(?:t|en)|erwahnt\\s+w(?:ird|erden)';
const german = speech({
  please: String.raw`bitte\s+`,
  quiet: String.raw`(?:antworte?n?|reagiere?n?)(?:\s+sie)?\s+(?:bitte\s+)?(?:nicht|nie|niemals)|(?:nicht|nie|niemals)\s+(?:antworten|reagieren|beantworten)|ignoriere?n?(?:\s+sie)?|schweige?n?(?:\s+sie)?|bleibe?n?(?:\s+sie)?\s+(?:still|ruhig|stumm)|keine\s+antwort`,
  reply: String.raw`(?:immer\s+|stets\s+)?(?:antworte?n?|reagiere?n?|beantworte?n?)(?:\s+sie)?(?:\s+(?:immer|stets))?`,
  always: 'immer|stets',
  conditions: [
    String.raw`(?:wenn|falls|sobald)\s+(?:jemand|kund(?:e|in|en|innen)|man|(?:ein(?:e[mnr]?)?|der|die|das)\s+(?:kund(?:e|in)|nachricht|person))\s+(?:sich\s+)?(?:nur\s+)?(?:nach\s+|uber\s+|von\s+|um\s+)?(.+?)\s+(?:${SAYS_DE})`,
    String.raw`(?:wenn|falls|sobald)\s+es\s+(?:nur\s+)?(?:um\s+)?(.+?)\s+(?:geht|gibt)`,
    String.raw`(?:wenn|falls|sobald)\s+(?:nur\s+)?(.+?)\s+(?:vorkomm(?:t|en)|erwahnt\s+w(?:ird|erden)|dabei\s+(?:ist|sind))`,
    String.raw`(?:nachrichten|mails?|anfragen|texte),?\s+(?:die|in\s+denen)\s+(?:nur\s+)?(.+?)\s+(?:${SAYS_DE})`,
    String.raw`(?:nachrichten|mails?|anfragen|fragen|texte)\s+(?:uber|zu[mr]?|nach|mit|wegen)\s+(.+)`,
  ],
  there: 'gibt|vorkomm(?:t|en)|dabei',
  announces: String.raw`(?:sagt|schreibt|meldet|ankundigt),?\s+dass\s+(?:er|sie|man|er\s+oder\s+sie)\s+(.+)`,
  exception: String.raw`es\s+sei\s+denn|au(?:ss|ß)er|ausgenommen|abgesehen\s+von|aber\s+(?:nicht|antworte)|nur\s+(?:wenn|falls)|nur\s+dann`,
  everything: String.raw`(?:auf\s+)?(?:alles|alle(?:\s+nachrichten)?|jede\s+nachricht)`,
  only: 'nur|blo(?:ss|ß)|lediglich',
  or: /,|;|\boder\b|\bund\b|\//u,
  filler: String.raw`das\s+wort|die\s+worter|worter?|eine[nmrs]?|ein|der|die|das|den|dem|des|ihre?n?|seine?n?|unsere?n?|nach|uber|von|auf|wie|zu[mr]?|um|mit|etwas`,
  kinds: [
    String.raw`dank(?:e|es\p{L}*|eschons?|sagungen?)?`,
    String.raw`begru(?:ss|ß)ungen?|gru(?:ss|ß)e?n?|hallo`,
    String.raw`verabschiedungen?|abschiede?|abschiedsgru(?:ss|ß)e?|tschuss`,
    'bestatigungen?|ok(?:ay)?',
    'emojis?|reaktionen|sticker',
  ],
  contents: ['fragen?|fragezeichen', 'zahlen?|ziffern?|nummern?', 'daten|datum', String.raw`geld|geldbetrage?|betrage?|summen?`, 'links?|urls?', 'emojis?'],
  intentions: [
    String.raw`.*(?:anruf|telefonier|zuruckruf)`,
    String.raw`.*(?:meld|zuruckschreib|antwort|bescheid|schreib)`,
    String.raw`.*(?:nachdenk|uberleg)`,
    String.raw`.*wart`,
  ],
  loses: /(?:en|e|n|s)$/u,
  endings: /^(?:e?[nsr]|e)?(?![\p{L}\p{N}])/u,
});

const SOMEBODY_AR = 'احد(?:هم|هما|\\s+العملاء)?|شخص(?:\\s+ما)?|العميل|الزبون|عميل|زبون';
const SAYS_AR = 'ذكرت?|[يت]ذكر(?:ون)?|وردت?|[يت]رد|احتوت?|[يت]حتوي|قالت?|[يت]قول|كتبت?|[يت]كتب|سالت?|[يت]سال|طلبت?|[يت]طلب|تحدثت?|[يت]تحدث|اشتكى|[يت]شتكي';
const arabic = speech({
  please: String.raw`(?:من\s+فضلك|رجاء)\s*[،,]?\s*`,
  quiet: String.raw`(?:لا|لن)\s+(?:ترد|تردوا|تجب|تجيبوا|تجاوب|تستجب)(?:\s+ابدا)?|تجاهل(?:وا)?|(?:ابق|كن|التزم|التزموا)\s+(?:صامتا|الصمت|هاديا)`,
  reply: String.raw`(?:دايما\s+)?(?:رد|ردوا|اجب|اجيبوا|جاوب|استجب)(?:\s+دايما)?`,
  always: 'دايما',
  conditions: [
    String.raw`(?:اذا|عندما|كلما|متى|حين|لو|(?:ال)?رسايل|من)(?!\p{L}).*?(?<!\p{L})(?:${SAYS_AR})\s+(?:(?:${SOMEBODY_AR})\s+)?(?:فقط\s+)?(?:(?:عن|على|من|في)\s+)?(.+)`,
    String.raw`(?:اذا|عندما|كلما)\s+(?:كان\s+)?(?:هناك|يوجد|وجد)\s+(.+)`,
    String.raw`(?:ال)?رسايل\s+(?:عن|حول|بخصوص|بشان)\s+(.+)`,
  ],
  there: 'هناك|يوجد|وجد',
  announces: String.raw`(?:قالت?|[يت]قول|كتبت?|[يت]كتب)(?:\s+(?:${SOMEBODY_AR}))?(?:\s+فقط)?\s+ان(?:ه|ها|هم)?\s+((?:س|سوف\s+)\p{L}+.*)`,
  exception: String.raw`الا\s+اذا|ما\s+لم|باستثناء|ما\s+عدا|فقط\s+اذا|لكن\s+(?:لا|رد)|سوى`,
  everything: String.raw`(?:على\s+)?(?:كل\s+(?:شيء|رسالة|الرسايل)|الجميع|جميع\s+الرسايل)`,
  only: 'فقط|مجرد',
  or: /[،,;؛]|\s(?:او|ام)\s|\//u,
  filler: String.raw`كلم(?:ة|ات|تي)|اي|لفظ`,
  kinds: [
    String.raw`(?:\p{L}+\s+)?(?:ال)?شكر`,
    String.raw`(?:ال)?تحي(?:ة|ات)|(?:ال)?سلام|(?:ال)?ترحيب`,
    '(?:ال)?وداع',
    String.raw`(?:ال)?تاكيد(?:ات)?|(?:ال)?موافقة|حسنا`,
    String.raw`(?:ال)?ايموجي|(?:ال)?رموز\s+(?:ال)?تعبيرية|(?:ال)?ملصقات|(?:ال)?تفاعلات`,
  ],
  contents: [
    '(?:ال)?سوال|(?:ال)?اسيلة',
    '(?:ال)?رقم|(?:ال)?ارقام|(?:ال)?اعداد|عدد',
    '(?:ال)?تاريخ|(?:ال)?تواريخ',
    String.raw`(?:ال)?مال|(?:ال)?مبلغ|(?:ال)?مبالغ|مبلغ\s+من\s+المال|(?:ال)?نقود`,
    '(?:ال)?رابط|(?:ال)?روابط',
    '(?:ال)?ايموجي',
  ],
  intentions: [
    String.raw`(?:س|سوف\s+)[يت]تصل`,
    String.raw`(?:س|سوف\s+)[يت](?:عود|رد|راسل|كتب)`,
    String.raw`(?:س|سوف\s+)[يت]فكر`,
    String.raw`(?:س|سوف\s+)[يت]نتظر`,
  ],
  loses: NEVER,
  endings: /^/u,
});

/** The languages in which cards decide by rule; a sentence is taken in the first that makes a rule of it. */
export const SPEECHES: readonly Speech[] = [english, spanish, portuguese, german, arabic];
