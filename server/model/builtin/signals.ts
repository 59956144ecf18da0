import { MAX_CHARS, fold } from './text.ts';

/** Words of alarm by language family; folded, whole words or stems. */
const URGENT = new RegExp(
  [
    String.raw`\b(?:emergency|urgent(?:ly)?|asap|a s a p|right away|right now|immediately|at once|life threatening|danger(?:ous)?|fire|smoke|burning|gas leak|flood(?:ed|ing)?|electrocut\w+|injur\w+|ambulance|hospital|stuck|stranded|locked out|911|112|999)\b`,
    String.raw`\b(?:hacked|hijacked|fraud(?:ulent)?|scam(?:med)?|stolen|stole|identity theft|unauthori[sz]ed|data breach|leaked|production (?:is )?down|site is down|server is down|system is down|everything is down|outage|cannot work|cant work)\b`,
    String.raw`\b(?:urgente|urgentemente|emergencia|de inmediato|inmediatamente|cuanto antes|lo antes posible|ahora mismo|peligro|incendio|robado|robaron|fraude|hackead\w+|estafa)\b`,
    String.raw`\b(?:urgencia|imediatamente|agora mesmo|o mais rapido possivel|perigo|roubad\w+|roubaram|golpe|hackead\w+|clonad\w+|clonaram|emergencia)\b`,
    String.raw`\b(?:urgence|urgent(?:e|s)?|immediatement|tout de suite|au plus vite|des que possible|danger|incendie|vol(?:e|ee|es)|arnaque|pirate(?:e)?|fraude)\b`,
    String.raw`\b(?:notfall|dringend\w*|eilt|eilig|sofort(?:ig\w*)?|umgehend|schnellstmoglich|gefahr|brennt|feuer|gestohlen|betrug|betrogen|gehackt)\b`,
    String.raw`\b(?:urgente|emergenza|subito|immediatamente|al piu presto|pericolo|incendio|rubat\w+|truffa|frode|hackerat\w+)\b`,
    String.raw`\b(?:spoed(?:eisend)?|dringend|noodgeval|onmiddellijk|meteen|zo snel mogelijk|gevaar|brand|gestolen|fraude|oplichting|gehackt)\b`,
    String.raw`\b(?:pilne|pilnie|natychmiast|nagly|acil(?:en)?|hemen|derhal|calindi|dolandiril\w+|skradzion\w+|oszust\w+)\b`,
    'срочно|немедленно|экстренн|авари|пожар|украл|мошенни|взлома|طارئ|عاجل|فورا|حالا|خطر|حريق|سرق|احتيال|اختراق|تهكير|तुरंत|आपात|जल्दी से जल्दी|चोरी|धोखा|紧急|緊急|马上|立刻|立即|着火|被盗|盗刷|诈骗|被骗|至急|大至急|すぐに|火事|盗まれ|詐欺|不正利用|긴급|급해|당장|즉시|도난|사기|해킹',
  ].join('|'),
  'u',
);
const HIGH = new RegExp(
  [
    String.raw`\b(?:deadline|important|soon as possible|as soon as|hurry|quickly|need (?:this|it) (?:by|before)|leav(?:e|ing) (?:today|tomorrow|in an? (?:hour|few))|flight (?:is|leaves|tomorrow)|can(?:t|not) (?:log|sign|access|pay|open|use)|not working|doesnt work|isnt working|broken|crash(?:es|ed|ing)?|overdue|late|missing|lost|blocked|locked|charged twice|double charged|wrong (?:amount|item|order|address)|never (?:arrived|came|received))\b`,
    String.raw`\b(?:importante|rapido|no funciona|no puedo (?:entrar|acceder|pagar)|bloquead\w+|perdid\w+|cobrado dos veces|cobraron dos veces|no (?:ha )?llego|no ha llegado|nao funciona|nao consigo|nao chegou|perdi|ne (?:marche|fonctionne) pas|bloque(?:e)?|perdu(?:e)?|jamais (?:arrive|recu)|wichtig|funktioniert nicht|geht nicht|kaputt|gesperrt|verloren|nicht angekommen|non funziona|bloccat\w+|pers[oa]|mai arrivat\w+|belangrijk|werkt niet|kapot|geblokkeerd|kwijt|niet aangekomen|nie dziala|zablokowan\w+|calismiyor|gelmedi|kayboldu)\b`,
    'не работает|заблокир|не приш|потерял|لا يعمل|لم يصل|محظور|ضاع|काम नहीं|नहीं आया|खो गया|不能用|没收到|丢了|坏了|動かない|届かない|届いていない|なくし|안 돼|안돼요|안 왔|분실|잃어',
  ].join('|'),
  'u',
);
const LOW = new RegExp(
  [
    String.raw`\b(?:no (?:rush|hurry)|whenever you (?:can|have time|get a chance)|not urgent|when you have (?:a moment|time)|just (?:curious|wondering)|out of curiosity|sin prisa|no es urgente|cuando puedan?|sem pressa|nao e urgente|quando puder|pas urgent|quand vous (?:pouvez|avez le temps)|rien ne presse|nicht dringend|eilt nicht|keine eile|wenn sie zeit haben|nessuna fretta|non e urgente|con calma|geen haast|niet dringend|als je tijd hebt|bez pospiechu|acil degil|acelesi yok)\b`,
    'не срочно|не спеш|ليس عاجلا|لا عجلة|कोई जल्दी नहीं|不急|急ぎません|急がない|급하지 않',
  ].join('|'),
  'u',
);

const STRONG_ANGER = new RegExp(
  [
    String.raw`\b(?:furious|outrag\w+|disgust\w+|unacceptable|ridiculous|pathetic|useless|worst|terrible|horrible|awful|incompetent|joke|scam(?:mers)?|thieves|liars?|rip ?off|lawyer|sue|legal action|report you|never again|wtf|bullshit|fuck\w*|shit\w*|damn|crap|idiots?|stupid|hate|sick of|fed up|had enough|waste of (?:time|money)|shame on you|(?:not|isnt|arent|arenot) helping)\b`,
    String.raw`\b(?:inaceptable|indignante|verguenza|pesimo|pesima|horrible|inutil(?:es)?|estafa(?:dores)?|ladrones|mierda|hartos?|harta|denuncia\w*|abogado|inadmisible|ridiculo|estupid\w+)\b`,
    String.raw`\b(?:inaceitavel|absurdo|vergonha|pessimo|pessima|horrivel|inutil|ladroes|merda|procon|processar|advogado|ridiculo|palhacada|porcaria)\b`,
    String.raw`\b(?:inacceptable|scandaleux|honte(?:ux)?|nul(?:le)?|horrible|inadmissible|voleurs|merde|arnaque(?:urs)?|avocat|marre|ridicule|catastroph\w+|lamentable|incompetent\w*)\b`,
    String.raw`\b(?:unverschamt\w*|unmoglich|inakzeptabel|frechheit|katastrophe|schrecklich|furchtbar|scheiss\w*|verarsch\w*|betruger|anwalt|lacherlich|nutzlos\w*|schlimmste\w*|genug davon|wutend|sauer|schnauze voll)\b`,
    String.raw`\b(?:inaccettabile|vergogn\w+|pessim[oa]|orribile|inutil[ei]|ladri|merda|truffatori|avvocato|ridicol[oa]|stufo|stufa|scandaloso|schifo)\b`,
    String.raw`\b(?:onacceptabel|belachelijk|schandalig|waardeloos|verschrikkelijk|slechtste|klote|kut|oplichters|advocaat|zat|woedend|schande)\b`,
    String.raw`\b(?:skandal\w*|beznadziejn\w*|zlodzieje|kurwa|rezalet|berbat|sacmalik|dolandiricilar|kepazelik)\b`,
    'ужас|кошмар|безобраз|возмут|отврат|хамств|мошенник|суд[ау]?(?!ь)|бесполезн|идиот|достал|غير مقبول|سيء جدا|أسوأ|اسوا|فضيحة|نصابين|محتالين|غاضب|زفت|बेकार|घटिया|शर्म|धोखेबाज|गुस्सा|太差|垃圾|骗子|投诉|气死|愤怒|无语|坑人|最悪|ひどい|ふざけ|詐欺|怒|許せ|최악|쓰레기|사기꾼|화가|짜증',
  ].join('|'),
  'gu',
);
const MILD_ANGER = new RegExp(
  [
    String.raw`\b(?:annoy\w+|frustrat\w+|disappoint\w+|upset|angry|unhappy|dissatisf\w+|not satisfied|still (?:waiting|not|havent|no)|again and again|for the (?:second|third|fourth|fifth|\w+th) time|(?:third|fourth|fifth|\w+th) time|how many times|already (?:told|said|asked|explained|sent)|keep (?:asking|telling|saying|getting)|no one (?:answers|replies|helps|responds)|nobody (?:answers|replies|helps)|come on|seriously|complain\w*|complaint|wrong again|doesnt help|didnt help|not what i asked|you dont understand|waiting for (?:days|weeks|hours|ages|months)|(?:two|three|four|five|\d+) (?:days|weeks|months) and|poor service|bad service)\b`,
    String.raw`\b(?:molest[oa]|frustrad[oa]|decepcionad[oa]|enfadad[oa]|enojad[oa]|queja|reclamo|sigo esperando|todavia no|otra vez|ya (?:lo )?(?:dije|expliqu\w+)|nadie (?:responde|contesta|ayuda)|insatisfech[oa]|chateado|irritad[oa]|reclamac\w+|ainda (?:nao|estou esperando)|de novo|ninguem (?:responde|ajuda))\b`,
    String.raw`\b(?:decu(?:e)?|mecontent\w*|fache(?:e)?|enerve(?:e)?|frustre(?:e)?|plainte|reclamation|toujours (?:pas|rien|en attente)|encore une fois|personne ne (?:repond|maide)|deja (?:dit|explique)|enttauscht|verargert|genervt|frustriert|beschwer\w+|immer noch (?:nicht|keine|nichts)|schon wieder|niemand (?:antwortet|hilft)|bereits (?:gesagt|erklart|geschrieben))\b`,
    String.raw`\b(?:delus[oa]|arrabbiat[oa]|frustrat[oa]|infastidit[oa]|reclamo|lamentela|ancora (?:niente|nulla|aspett\w+)|di nuovo|nessuno (?:risponde|aiuta)|gia (?:detto|spiegato)|teleurgesteld|boos|gefrustreerd|klacht|nog steeds (?:niet|geen|niets)|alweer|niemand (?:antwoordt|helpt)|al (?:gezegd|uitgelegd)|zawiedzion\w+|zly|zla|skarg\w+|reklamacj\w+|wciaz nie|sinirli|sikayet\w*|hala (?:gelmedi|yok|bekliyorum)|hayal kirikligi)\b`,
    'недоволен|недовольн|разочар|жалоб|до сих пор|опять|сколько можно|никто не отвеч|злюсь|مستاء|محبط|شكوى|منزعج|ما زلت انتظر|لا احد يرد|मत करो|निराश|शिकायत|परेशान|अभी तक नहीं|失望|生气|不满|一直没|还没|怎么还|没人回|不満|がっかり|困って|まだ(?:来|届|返)|何度も|苦情|실망|불만|아직도|답답|화나',
  ].join('|'),
  'gu',
);

export interface Mood {
  urgency: 'urgent' | 'high' | 'normal' | 'low';
  /** 0 calm to 1 furious. */
  frustration: number;
}

/** Urgency and frustration from words of alarm and anger, shouting and punctuation. */
export function readMood(texts: string[]): Mood {
  const text = texts.join('\n').slice(0, MAX_CHARS);
  const folded = fold(text);
  const angry = count(folded, STRONG_ANGER);
  const annoyed = count(folded, MILD_ANGER);
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const capitals = text.match(/\p{Lu}/gu)?.length ?? 0;
  const shouting = letters > 12 && capitals / letters > 0.6;
  const marks = /[!?！？]{3,}/.test(text);
  const faces = /[😠😡🤬👿😤🖕👎💢]/u.test(text);
  const frustration = Math.min(1, angry * 0.45 + annoyed * 0.3 + (shouting ? 0.25 : 0) + (marks ? 0.15 : 0) + (faces ? 0.4 : 0));
  return { urgency: urgencyOf(folded, shouting), frustration: Math.round(frustration * 100) / 100 };
}

function urgencyOf(folded: string, shouting: boolean): Mood['urgency'] {
  if (LOW.test(folded)) return 'low';
  if (URGENT.test(folded)) return 'urgent';
  return HIGH.test(folded) || shouting ? 'high' : 'normal';
}

/** The word of alarm in a text that is urgent, as it stands there without case and accents; null where there is none. */
export function alarmIn(texts: string[]): string | null {
  const folded = fold(texts.join('\n').slice(0, MAX_CHARS));
  return LOW.test(folded) ? null : (URGENT.exec(folded)?.[0] ?? null);
}

const count = (text: string, pattern: RegExp) => Math.min(3, text.match(pattern)?.length ?? 0);
