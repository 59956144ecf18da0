const KIND = String.raw`(?:(?:real|live|actual|human|physical|proper|genuine|breathing|living|competent|different|other|another|more|senior|trained|qualified|certified|dedicated|friendly|nice|damn|fucking|bloody|freaking|goddamn|disagreeable|customer|service|support|care|sales|account|claims?|billing|help|helpdesk|tech|technical|tax|financial|travel|insurance|mortgage|loan|bank|banking|rasa|company|in person|online|chat|phone|call|center|centre) ){0,4}`;
/** Certainly a person or a human team. */
const STRONG = String.raw`(?:human(?:s|oid)?(?: beings?)?(?: agent| support| help| assistance| operator| service| rep)?|persons?|people|agents?|representatives?|reps?|operators?|advis[eo]rs?|associates?|attendants?|staff(?: members?)?|employees?|team ?members?|members? of (?:your |the )?(?:staff|team|support)|managers?|supervisors?|superiors?|boss|specialists?|experts?|consultants?|co ?workers?|technicians?|accountants?|professionals?|customer (?:service|care|support|success)(?: team| department| rep\w*| agent)?|support(?: team| staff| department| desk)|sales(?: ?(?:team|guys?|people|person|man|woman|rep\w*|department|dept|call|staff))?|teller|clerk|banker|(?:loan |bank )?officers?|human resources?)`;
const SOMEONE = String.raw`(?:someone|somebody|some one|anyone|anybody|any one|(?:your|the) (?:team|guys|people|company|sales|office|colleagues?|department)|(?:a|another) (?:colleague|department))`;
const DET = String.raw`(?:(?:an?|the|your|some|any|one of(?: your| the)?|another|to|with|ur|this|that|actual|real) ){0,3}`;
const WHO = `(?:${DET}${KIND}${STRONG}|${DET}${SOMEONE})`;
const PERSON = `${DET}${KIND}${STRONG}`;
const BOT = String.raw`(?:(?:an?|the|this|that|some|your|stupid|dumb|useless|damn|more|another|talking) ){0,3}(?:bots?|chat ?bots?|robots?|machines?|computers?|ai|a i|automated \w+|automation|algorithm|recording|program)`;

const TALK = String.raw`(?:talk|talking|speak|speaking|spk|took|chat|chatting|converse|communicate|discuss (?:this|it)|deal|dealing|consult|connect|connected|correspond|interact|meet|conversation|chat session|call|word)`;
const TO = String.raw`(?: (?:directly|live|now|please|again|further|instead|by phone|on the phone|over the phone|online|face to face|in person|right now|right away|immediately|privately))?(?: (?:to|with|w|2))? `;

const ASKS: RegExp[] = [
  // talk to a human, speak with someone
  new RegExp(String.raw`\b${TALK}${TO}${WHO}\b(?! (?:i|we|who) (?:know|love|met|like|knew))`),
  // contact, reach, get hold of, get in touch with
  new RegExp(
    String.raw`\b(?:contact|reach|get (?:a )?hold of|get (?:back )?in (?:touch|contact)(?: with)?|(?:be |put (?:me )?)?in (?:touch|contact)(?: with)?|get through to|reach out to) (?:to )?(?:${PERSON}|(?:the|your) (?:team|company|office|guys|people)|someone|somebody)\b`,
  ),
  // connect me to, transfer me to, put me through to, give me, get me
  new RegExp(
    String.raw`\b(?:connect|connected|transfer|transferred|transfered|forward|forwarded|put|hand|handed|pass|passed|switch|switched|redirect|redirected|rout(?:e|ed)|escalate|escalated|refer|referred|patch|send|direct|directed|link|move|moved|assign|turn|bring)(?: (?:me|us|this|it|that|call|my \w+|the \w+|chat|over|on|through|thru|straight|directly|back|up|in|please|now)){0,4} (?:to|with|2|in touch with) ${WHO}\b`,
  ),
  new RegExp(String.raw`\b(?:transfer|connect) me\b(?! (?:to my|the|my|some|a|an|this|that|all|\d+|money|funds|cash|from)\b)`),
  new RegExp(String.raw`\b(?:give|get|find|bring|send|show|pass|fetch|gimme|grab)(?: (?:me|us|in))?(?: (?:to|with|over to|through to|on to))? ${PERSON}\b`),
  new RegExp(String.raw`\b(?:put|get|have|ask) ${PERSON} (?:on|to (?:call|help|contact|talk|speak|reply|answer|take over|look)|call|contact|take over)\b`),
  /\b(?:get|give|find|bring|send)(?: me| us)? (?:someone|somebody) (?:human|real|else|competent|who)\b|\b(?:off|away from|out of) (?:this|the) (?:bot|robot|machine|chatbot)\b|\bwhere (?:is|are) (?:the |a |your )?(?:humans?|operators?|agents?)\b|\b(?:someone|somebody|anyone)\b.{0,20}\b(?:that|who)(?: is|s) (?:a )?(?:real|human)\b/,
  // I want a human, I need an agent
  new RegExp(
    String.raw`\b(?:want|need|needs|prefer|like|would like|demand|require|wanna|wish|have|looking for|look for|ask(?:ing)? for|request|requesting|insist on|rather have|rather)(?: (?:to have|to get|to see|to use|help from|assistance from|support from|access to|an answer from|to be (?:helped|served|assisted|attended) by))? (?:an? |the |some |your |actual |to )?(?:(?:real|live|actual|human|different|damn|fucking|physical|manual) )*(?:human(?: being)?(?: agent| support| help| assistance)?|(?:real|live|actual|physical) (?:person|people|someone|somebody|agent|rep\w*|employee)|person|agent|advis[eo]r|representative|operator|supervisor|manager|customer (?:service|care|support)(?: rep\w*| agent)?)\b(?! (?:approv|name|id|number|fee|policy))`,
  ),
  new RegExp(
    String.raw`\b(?:help|support|assistance|service|answer|reply|response) (?:from|by) (?:an? |the |some )?(?:(?:real|live|actual) )*(?:human|person|agent|people|someone real)\b`,
  ),
  // is there a real person, do you have human support
  new RegExp(
    String.raw`\b(?:is|are) there (?:an? |any |some )?(?:(?:real|live|actual|human) )*(?:human|humans|agents?|operators?|representatives?|supervisors?|managers?|(?:real|live|actual) (?:person|people|someone)|customer service)\b`,
  ),
  new RegExp(
    String.raw`\b(?:do|dont) you have (?:an? |any |some )?(?:(?:real|live|actual) )*(?:human|humans|agents?|operators?|live (?:chat|support|agent)|real (?:person|people|support)|(?:customer|phone) support|representatives?|customer service)\b`,
  ),
  new RegExp(
    String.raw`\b(?:is|are|isnt|if) (?:there )?(?:someone|somebody|anyone|anybody|a person|any person|people|another person|any supervisor|somebody else|someone else|anyone else)(?: (?:else|real|human|there|higher up|above you|in charge))*(?: (?:that|who|whom))?(?: (?:i|we) (?:can|could|may|might|should))? (?:(?:to|can|could|i) )?(?:talk|speak|chat|reach|contact|call)\b`,
  ),
  new RegExp(
    String.raw`\b(?:someone|somebody|anyone|anybody|person|people|human|supervisor)(?: else| real| higher up)?(?: (?:that|who|whom))? (?:i|we) (?:can|could|may|might|should) (?:talk|speak|chat|reach|contact|call)\b`,
  ),
  new RegExp(
    String.raw`\bwho(?:m)? (?:can|could|do|should|must|may|would|shall) (?:i|we)(?: (?:need to|have to|best))? (?:talk|speak|chat|call|contact|reach)(?: to| with)?\b`,
  ),
  // a person who helps: "let a person help me", "can your staff look at it"
  new RegExp(
    String.raw`\b(?:let|have|get|allow|can|could|may|might|will|would|should) (?:an? |the |your |some |one of your |any )?(?:(?:real|live|actual|human|other|different) )*(?:humans?|persons?|people|staff|agents?|representatives?|reps?|colleagues?|team|somebody|someone|managers?|supervisors?|operators?|specialists?)(?: members?| else| real)? (?:please |kindly |just |maybe |also )?(?:to )?(?:help|assist|handle|look|take|reply|respond|answer|deal|fix|sort|serve|support|attend|step in|join|do|read|review|check|have a look|call|phone|ring|contact|message|write)\b`,
  ),
  // "I'd like to appeal it with a human", "to be served by a human", "human help only"
  new RegExp(
    String.raw`\b(?:want|need|like|prefer|rather|can|could|may|wish|demand|please|pls|plz|let|get|give|must|only|insist)\b(?: \w+){0,8} (?:with|by|from|through|via|to|for|of) (?:an? |the |some |your |another |one of your |actual |any )*(?:(?:real|live|actual|genuine|different) )*(?:humans?(?: beings?)?|(?:real|live|actual) (?:person|people|agent|rep\w*)|representatives?|reps?|operators?|supervisors?|staff)\b`,
  ),
  /\b(?:speak|talk|chat|connect(?:ed)?|transfer(?:red)?)(?: me)? (?:to|with) one\b|\b(?:transfer|forward|escalate|hand(?: over)?|pass(?: on)?|move) (?:the|this|my) (?:chat|conversation|case|call|ticket|issue|matter)\b|\blet me (?:talk|speak|chat) (?:to|with) (?:them|him|her|your \w+)\b|\b(?:hand|pass|put|transfer|send|forward) me (?:over|through)\b/,
  /\b(?:any|some|no) (?:humans?|real (?:people|persons?|humans?)|live (?:agents?|people))(?: \w+){0,2} (?:around|there|here|available|online|on|working|alive|left)\b|\b(?:humans?|people|real persons?) only\b|\bonly (?:an? )?(?:humans?|real person)\b|\bno more (?:bots?|robots?|chat ?bots?|ai|machines?)\b|\b(?:want|need) (?:an? |the )?human(?: being)?s? \w+\b/,
  /\b(?:want|like|need|wish|prefer|ask(?:ed|ing)?) to be (?:transferred|connected|escalated|handed over|put through)\b|\b(?:any|some)(?:one|body) (?:human|real)\b|\b(?:skip|bypass|ditch) (?:the|this|your) (?:bot|robot|ai|machine|chatbot)\b/,
  /\b(?:talk|speak|chat) (?:to|with) (?:\w+ (?:from|in|at) (?:the |your )?(?:support|sales|billing|service|team|accounts)|management)\b|\b(?:person|human|staff|(?:someone|somebody) else)(?: there| here| available)? (?:who|that) (?:can|could|will|does)\b|\bis there (?:any |an |some )?(?:actual|real|human|live) (?:staff|people|humans)\b|^(?:please |pls |you can )?(?:transfer|connect)(?: me)?(?: please| pls| now)*$|^reps?(?: please| pls| now)*$|^humans? services?(?: please)?$/,
  // escalate
  /\bescalat(?:e|ing|ion)\b/,
  // a call from a person
  new RegExp(
    String.raw`\b(?:can|could|would|will|please|have|need|want|may|let|ask|get|like|wish)(?: please)? (?:someone|somebody|anyone|anybody|you|one of you|you guys|your \w+|an? (?:agent|rep\w*|person|human|manager|specialist|advis[eo]r)) (?:to )?(?:please )?(?:call|phone|ring|contact|telephone) (?:me|us)\b(?! (?:an?|the) )`,
  ),
  /\b(?:(?:can|could|would|will|please|have|should|let|may)(?: please)? (?:sales|(?:your|the) (?:sales )?(?:team|guys|people|office|department))(?: please| reps?| team| people| to)*|(?:someone|somebody)(?: should| must| needs to| has to| please)?) (?:contact|call|phone|ring|reach out to|get back to|reach) (?:me|us)\b(?! (?:an?|the) )/,
  /\b(?:request|schedule|book|arrange|want|need|like|get|have)(?:ing)? (?:an? |the |to have an? |to (?:request|schedule|book|arrange|get) an? )?(?:call ?back|(?:phone |sales )?call (?:back|(?:with|from) (?:an? |the |your |one of your )?(?:sales|support|agent|rep\w*|person|human|someone|somebody|team|manager|specialist|advis[eo]r|expert|customer)))\b/,
  /\b(?:schedule|book|arrange|request|set up) (?:an? |the )?(?:sales|intro(?:ductory)?|discovery) (?:call|meeting|demo)\b/,
  /^(?:please |pls |can you |could you |you can |just |so |kindly )*(?:call|phone|ring) (?:me|us)(?: back)?(?: (?:please|at|on|asap|now|when|tomorrow|later|about|today|this|before|after|immediately|urgently)\b.*)?$/,
  // someone from customer care
  new RegExp(
    String.raw`\b(?:someone|somebody|anyone|person|people) (?:from|in|at|of) (?:your |the )?(?:customer|support|sales|service|billing|help|care|team|accounts?|company|staff|management|tech)`,
  ),
  /\bmanual (?:customer )?(?:service|support|assistance|help)\b/,
  /\b(?:human|live|real|in person|personal) (?:support|help|assistance|chat|agent|service|operator|interaction|contact|touch)\b(?! (?:you|i|we|is|was|are|were|hours?|have|from))/,
  /\b(?:let|allow) me (?:talk|speak|chat) (?:to|with)\b(?! (?:you|my|him|her|them)\b)/,
];

/** "I don't want to talk to a bot" */
const AWAY_FROM_BOT = [
  new RegExp(
    String.raw`\b(?:dont|do not|not|no longer|never|hate|hates|stop|tired of|sick of|fed up with|instead of|rather than|cant|cannot|wont|refuse to|no more|enough of|done with|without)\b.{0,30}\b(?:talk|talking|speak|speaking|chat|chatting|deal|dealing|type|typing|write|writing|wasting \w+ time)(?: (?:to|with))? ${BOT}\b`,
  ),
  new RegExp(String.raw`\b(?:i )?(?:dont|do not|not) (?:want|need|like|wanna) (?:to use |help from |an answer from )?${BOT}\b(?! (?:to|for|account|that))`),
  new RegExp(String.raw`\b(?:no|not|without|enough) (?:an? |more |of |with |this |these |the )*(?:bots?|chat ?bots?|robots?|machines?)\b(?: please)?$`),
];

/** Whole clauses that ask by themselves. */
const WHOLE = new RegExp(
  String.raw`^(?:(?:please|pls|plz|hi|hello|hey|ok|okay|no|nope|yes|just|now|a|an|the|i said|i repeat|get|to|real|live|human|actual|some|wrong|operator|nevermind) )*(?:human(?: being)?(?: agent| support| help| operator| service| assistance)?|(?:real|live|actual) (?:person|people|human|agent|someone|chat|support|operator|rep\w*)|(?:service |support |call |chat |help ?desk )?agents?|representative|operator|supervisor|manager|customer (?:service|care|support)(?: rep\w*| agent| team)?|live (?:chat|support|help)|(?:someone|somebody) (?:real|human)|human ?please|speak ?to ?(?:agent|human)|sales(?: team| rep\w*)?|call ?back|tech support)(?: (?:please|pls|plz|now|asap|needed|required|thanks|thank you|immediately|only|instead))*$`,
);

/** "Can someone from your team talk to me": though one talks "to me". */
const CALLED_FOR =
  /\b(?:can|could|let|have|want|need|get)\b.{0,12}\b(?:someone|somebody|an? (?:human(?: being)?|person|agent|rep\w*)|human)\b.{0,20}\b(?:talk|speak|chat|call|message)(?: to| with)? me\b/;

/** About the conversation or its parties as they are: nobody is asked for. */
const AS_IS =
  /\b(?:(?:am|was|were|are) (?:i|we|you)(?: \w+)? (?:talking|speaking|chatting|dealing|connected|a|an|human|the|your|really|actually|just)|are you|r u|you are|youre|is this (?:a|an)|^(?:so )?do i (?:talk|speak|chat)|you (?:sound|seem|look|act|feel)|^what (?:is|are|does)|do you (?:identify|know|work|feel)|whether you|if you(?:re| are)|who (?:is|are) (?:your|you|the)|who controls|(?:that|who) controls|\bor (?:an? |just an? )?(?:computer|bot|machine|robot|recording|program|ai)$|\bhuman (?:typing|behind|reading|answering)\b|last time|hung up|(?:can|does|will|could) (?:your|the|this|a|my) (?:bot|product|tool|software|platform|chatbot|assistant)|^do you have an? (?:manager|supervisor|boss)$|how (?:are you|do i know)|(?:nice|great|good|lovely|glad|enjoyed|pleasure|awesome|fun|happy|thanks|thank you for)(?: \w+){0,3} (?:to )?(?:talk|talking|speak|speaking|chat|chatting|meet|meeting)\b|(?:talk|speak|chat) to (?:you|me|him|her|them|mom|dad|u)\b|has my|my (?:manager|supervisor|boss|agent|rep\w*|advisor|team|accountant|landlord))\b/;
const NEGATED =
  /\b(?:not|dont|do not|doesnt|never|rather not|prefer not|no need|wont|without|avoid|didnt|hate to|instead of|unless|before|no)\b(?: \w+){0,6}? (?:to |be |being |a |an |another |the |get |have |any |my )*(?:transfer\w*|connect\w*|escalat\w*|forward\w*|speak\w*|talk\w*|contact\w*|involv\w*|agent|human|representative|manager|supervisor|person|call|reach|redirect\w*)\b/;
/** Humans whom nobody asks for: likenesses, and what the customer is. */
const LIKENESS =
  /\b(?:like|as|than|am|im|were|not) (?:an? |the |any )?(?:real |actual |normal )?(?:humans?|persons?)\b(?! (?:agent|support|help|rep))|\bhuman (?:resources|rights|nature|error|body|hair)\b|\bbuild\b|\bcreate (?:a|an)\b/;
const OWN_PLAN =
  /\b(?:ill|i will|im going to|i am going to)\b(?! (?:\w+ )?(?:need|have to|want|like|prefer))(?: \w+){0,7}? (?:contact|call|speak|talk|reach)\b|\b(?:ill|i will|im going to|i am going to|i might|i may|i plan to|ive|i have(?! to)|i already|i just|i was|i had|i then|they|he|she|we|told|after|when i|did i|until i|once i|if i|should i|do i (?:need|have)|does one|would i|will i) (?:definitely |probably |just |also |then |now |maybe |rather |already |be |to |try |try to |trying to |have |need |go ahead and |be sure to |look into |had to |i )*(?:contact\w*|call\w*|talk\w*|speak\w*|spoke\w*|reach\w*|chat\w*|get in touch|meet|consult|see|connect\w*|go to|visit|ask|request\w*|calling|escalat\w*)\b/;
const OWN_NEED =
  /\b(?:ill|i will|im going to|i am going to|i would|id|i have|i do|going to|gonna) (?:really |also |still |definitely )?(?:need|have|like|love|prefer|want|rather|appreciate)\b|\bplease\b|\bcan you\b|\b(?:can|could|may) i\b|\bcould you\b/;
/** Persons whom one looks for elsewhere, and messages passed on to third parties. */
const ELSEWHERE =
  /\bagents? (?:phone|number|contact|name|email|address|office)\b|\bsend this to\b|\bbusy\b|\b(?:sounds|seems|looks) like (?:someone|somebody)\b|\b(?:listen|watch|perform\w*|band|concert|song)\b|\b(?:text|tell|message|email|remind) (?:him|her|them|my|\w+) (?:and|to|that|ill|i|saying|asking)\b|\b(?:send|compose|write|make)(?: \w+){0,3} (?:a |an )?(?:text|message|note|payment|money|email)\b|\b(?:near(?:by|est)?|closest|in my (?:area|city|town))\b|\btherapists?\b|\bpsych\w+\b|\bdoctor\b|\bdentist\b|\breal estate agent\b|\btravel agent\b|\bperson(?:s)? (?:i(?! (?:can|could|may|might))|we(?! (?:can|could))|you|receiving|who|whom|to(?! (?:assist|help|talk|speak|answer|handle|deal|call|contact|look|take|support|reply|respond))|of|in(?! charge)|is|and|room|ticket)\b|\bin person\b(?!ally)|\bpersonal\b|\bagent (?:i|you|of|fee|said|told|was)\b|\b(?:in|using|like|with) (?:an? |the )?(?:\w+ )?(?:accent|voice|language|english|spanish|french|german|chinese)\b/;
const PERSON_AT_ALL = /\b(?:talk|speak|connect|transfer|human|someone|advis[eo]r|specialist|representative)\b/;

/** @param clause folded words of one clause, single blanks between them */
export function asksForHumanInEnglish(clause: string): boolean {
  if (WHOLE.test(clause)) return true;
  if (AWAY_FROM_BOT.some((pattern) => pattern.test(clause)) && !/\b(?:i am|im)\b/.test(clause)) return true;
  if (CALLED_FOR.test(clause)) return true;
  if (!ASKS.some((pattern) => pattern.test(clause))) return false;
  if (AS_IS.test(clause))
    return (
      /\b(?:want|need|prefer|let me|rather|transfer me|connect me) \b/.test(clause) &&
      !/\bto know\b|\btell me\b/.test(clause) &&
      !NEGATED.test(clause) &&
      !/\bmy (?:manager|supervisor|boss)\b/.test(clause)
    );
  if (
    NEGATED.test(clause) ||
    (LIKENESS.test(clause) && !/\b(?:talk|speak|transfer|connect)\b/.test(clause.replace(/talks? like|speaks? like|sounds? like/, '')))
  )
    return false;
  if (ELSEWHERE.test(clause) && !(/\bin person\b/.test(clause) && PERSON_AT_ALL.test(clause))) return false;
  if (OWN_PLAN.test(clause) && !OWN_NEED.test(clause) && !/^(?:and |so |then )?who/.test(clause)) return false;
  return true;
}
