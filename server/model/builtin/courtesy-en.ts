import type { CourtesyKind } from './lexicon-courtesy.ts';

/** "have you received it", with or without its question mark. */
export const INVERTED =
  /^(?:(?:ok|so|and|but|well) )?(?:(?:have|has|had|did|does|is|are|was|were|will|would|can|could|should|may) (?:you|u|i|it|they|we|he|she|the|my|this|that|there|your)|do (?:you|u|i|they|we))\b/;

const OPENER = String.raw`(?:(?:no|nope|nah|ok|okay|well|so|and|but|thanks|actually|i think|i guess|i believe|i think that|oh|yes|yeah|yep|alright|sorry|sure) )*`;
const REST = String.raw`(?: (?:for|now|today|at|the|this|moment|time|right|right now|me|you|from|here|then|thanks|thank|thx|please|currently|with|us))*`;
const MORE = String.raw`(?: (?:any|anything|anymore|more|other|further|additional|your|else|help|assistance|support|questions?|requests?|services?|you to do|to do|to be done))+`;

/** Ways to say that nothing is left, and praise, that are sentences of their own rather than phrases. */
const FREELY: [CourtesyKind, RegExp][] = [
  [
    'done',
    new RegExp(
      `^${OPENER}(?:i|we|i really|i actually)? ?(?:dont|do not|wont|will not) (?:need|require|think i need|believe i need|think i require|think ill need)${MORE}(?: from you| from here)?${REST}$`,
    ),
  ],
  [
    'done',
    new RegExp(
      `^${OPENER}(?:i|we)? ?(?:dont|do not) (?:have|want|think there is|think there are)(?: any| anything)?(?: (?:more|else|other|further|additional))+(?: (?:help|assistance|questions?|requests?|concerns?|queries|needs?|things?|to ask|to do|information|from you))*${REST}$`,
    ),
  ],
  ['done', new RegExp(`^${OPENER}i (?:dont|do not)$`)],
  ['done', new RegExp(`^${OPENER}(?:im|i am|were|we are) (?:all )?(?:finished|done|set|sorted)(?: (?:here|now|up|for now|today|with this|with everything))*$`)],
  ['done', new RegExp(`^${OPENER}(?:i|we)? ?(?:dont|do not) have (?:any )?(?:questions?|requests?|concerns?)${REST}$`)],
  [
    'done',
    new RegExp(
      `^${OPENER}(?:there is|theres|there isnt|there is not|there are|there arent|there was|there wont be)(?: (?:nothing|not|no|none|any|anything))*(?: (?:more|else|other|further|additional))+(?: (?:help|assistance|questions?|requests?|concerns?|needs?|things?|to ask|to do|i need|that i need|you can do|you can help with))*${REST}$`,
    ),
  ],
  ['done', new RegExp(`^${OPENER}(?:no|nothing|none)(?:${MORE})? ?(?:is|are|was)? ?(?:needed|required|necessary|left|outstanding)${REST}$`)],
  [
    'done',
    new RegExp(
      `^${OPENER}(?:that|thats|its|this|it|those|these|which|that all|this all)(?: pretty much| just about| really| all| will| would| should)* (?:about|pretty much|covers?|does|completes?|concludes?|finish(?:es)?|sums? up|wraps? up|answers?|settles?|takes? care of|is about|was about|be about|are|were|be)(?: (?:it|everything|all|that|up|things|(?:my|all my|the|all the) (?:questions?|needs?|requests?|issues?|problems?)))+${REST}$`,
    ),
  ],
  [
    'done',
    new RegExp(
      `^${OPENER}(?:i|we|ive|weve)(?: have| had| got| already| now)*(?: got| have| found)? (?:all|everything|what)(?: that)?(?: i| we)? (?:need|needed|want|wanted|require|required|asked for|was looking for|came for)(?: to (?:know|do|have))?${REST}$`,
    ),
  ],
  [
    'wish',
    /^(?:(?:and|so|ok|okay|well|then|please|you|u|hope you|i hope you|thanks|thank you) )*(?:have|enjoy) (?:yourself )?(?:a|an|the|your|the rest of your|the rest of the|such a)(?: (?:very|really|super|truly|so))*(?: (?:nice|good|great|wonderful|lovely|pleasant|blessed|fantastic|amazing|beautiful|relaxing|safe|sunny|happy|productive|awesome|fabulous|splendid|quiet|calm|merry|fun|restful|best))* (?:day|night|evening|afternoon|morning|weekend|week|one|time|trip|flight|holidays?|vacation|stay|meal|shift|summer|winter|rest of your \w+|day ahead|week ahead|day today)(?: (?:too|everyone|all|as well|yourself|ahead|there|today|then|now|and \w+))*$/,
  ],
  [
    'wish',
    /^(?:(?:im|i am|we are|really|so|also|very|much) )*looking forward to (?:it|that|this|seeing|meeting|the|my|our|your|trying|using|being|\w+ing)(?: \w+){0,4}$/,
  ],
  [
    'bye',
    /^(?:(?:ok|okay|well|alright|so|anyway|and|then|thanks|right|i think|i guess) )*(?:(?:i|im|ill|i will|i am|ive|i have)(?: (?:really|just|now|sorry|am|be|got to|gotta|have to|had to|must|should|need to|better|will|going to|gonna|about to))* (?:go|going|leave|leaving|run|running|off|out|head|heading|heading off|sign off|signing off|log off|logging off|done here)|(?:i )?(?:gotta|got to|have to|must) (?:go|run|leave|dash|jet|bounce)|(?:see|catch|talk to|speak to) (?:you|u|ya)(?: (?:later|soon|then|around|again|tomorrow|tonight|next time|next week|next month|monday|in a bit))*|(?:till|til|until) (?:next time|then|later|we meet again|tomorrow)|(?:later|laters|later gator|see you later alligator|in a while crocodile|toodles|toodle oo|ta ta|tata|so long|farewell|adios|ciao|au revoir|peace|peace out|take it easy|take care now|over and out|im out|bye for now|night night|nighty night|catch you on the flip side|hasta la vista|cheerio|godspeed))(?: (?:now|then|for now|everyone|all|you|my friend|friend|bot|pal|mate|today|soon))*$/,
  ],
  [
    'praise',
    /^(?:(?:and|also|wow|really|honestly|ok|okay) )*(?:you|u|you all|you guys)(?: have been| were| are| did| have done| have| really are| r)(?: (?:it|that|this|so|very|really|truly|such|a|an|the|super|extremely|most|more|than|been|done|all|job|my|me))* (?:well|kind|great|good|nice|helpful|amazing|awesome|wonderful|excellent|best|sweet|patient|polite|fantastic|efficient|quick|useful|help|friendly|genius|star|brilliant|enough)(?: (?:job|help|work|service|to me|with this|with that|today|so far|at this|person|assistant|bot|agent|for me|and \w+))*$/,
  ],
  [
    'praise',
    /^(?:(?:and|also|wow|really|honestly) )*(?:i am|im|we are|were)(?: (?:so|very|really|quite|truly|extremely|more than))* (?:happy|pleased|satisfied|glad|impressed|thankful|grateful)(?: (?:with|about|for|by|to|have|your|the|this|that|it|you|everything|service|help|work|answer|support|response|assistance|all|outcome|result|hear|know))*$/,
  ],
  [
    'praise',
    /^(?:it|this|that|its)(?: was| has been| been|s been)(?: (?:so|very|really|a|such|quite))* (?:fun|pleasure|pleasant|lovely|nice|great|delight|delightful)(?: (?:to|talking|chatting|speaking|talk|chat|with|you|experience|conversation|chat|talk))*$/,
  ],
];

/** The kind of a clause that says one thing in its own words, or null. Clauses with a question in them are never given here. */
export function freelySaid(clause: string): CourtesyKind | null {
  if (INVERTED.test(clause)) return null;
  return FREELY.find(([, pattern]) => pattern.test(clause))?.[0] ?? null;
}

/** "I'll reach out when I have it", "you are the kindest agent I ever spoke to": leave-taking and praise in free words. */
const PARTING = [
  /^(?:(?:ok|okay|great|alright|well|and|so|then|sure|perfect) )*(?:ill|i will|i shall|well|we will|im going to|i am going to) (?:definitely |certainly |surely |just |then |now |also )*(?:reach out|get back|enjoy|come back|be back|be in touch|get in touch|check (?:it|that|them|back|with|in|out)|look (?:into|it up|it over)|have a look|think|consider|keep|remember|contact|gather|wait|try (?:it|that|this|again|and)|give (?:it|that) a (?:try|go|shot)|follow|ensure|make sure|read|review|discuss|talk|speak|let you know|do (?:that|it|so)|handle|manage|figure|take care|see (?:you|what|if|how)|return|write|call|message|pass|go with it|recommend|tell|share (?:it|that|this) with)/,
  /^(?:(?:ok|okay|and|also|wow|really|honestly|but) )*(?:you|u) (?:are|r|were|have been|really|truly|ve been|did|made|have done|helped|have helped)\b/,
  /^(?:(?:and|also|well|wow) )*(?:youre|youve|ur) /,
  /^(?:it|this|that|its|thats)(?: was| is| has been| been|s been)?(?: really| very| so| truly| such| quite| pretty| super| extremely| all)*(?: a| an)?(?: great| good| nice| real| huge| big| lovely| absolute)*(?: help| helps| helped| helpful| pleasure| great| good| nice| wonderful| awesome| amazing| useful| kind| lovely| perfect| fantastic| excellent| easy| easier| quick| fast| relief| joy| delight)\b/,
  /^(?:i|we) (?:(?:really|truly|also|so|do|very|did|sincerely) )*(?:appreciate|enjoyed|loved|liked|(?:love|like) (?:it|that|this|you|your|how|the)|am glad|am happy|am grateful|am thankful|am pleased|hope (?:it|everything|you|this|that|all)|wish (?:you|u|all)|feel better)\b/,
  /^(?:im|were|i am|we are) (?:(?:really|truly|so|very|just|all|now|totally) )*(?:glad|happy|grateful|thankful|pleased|impressed|satisfied|relieved|excited|good|set|done|fine|looking forward)\b(?! to (?!hear|know|have|see|say|meet|talk|go))/,
  /^i (?:cant|cannot|couldnt|could not) (?:wait|thank you enough|have done (?:it|this|that) without you|ask for more|be happier)\b/,
  /^(?:have|enjoy|hope you|wishing you|wish you|all the|take|looking forward)\b/,
];

/** What makes even a parting sentence a request. */
const STILL_ASKS =
  /\b(?:please|pls|plz|can|could|would|what|how|where|why|which|cancel|refund|send|another|also|now|instead|but|however|wrong|not|doesnt|didnt|cant|wont|mistake|error|forgot|missed|missing|late|charged|twice|supposed|promised|said|told|problem|issue|broken|never|still|only|different|other)\b|\b(?:let me know|need you|want you)\b/;

/** True of a clause that only takes leave, in words of its own. */
export function isParting(tokens: string[]): boolean {
  const clause = tokens.join(' ');
  return (
    tokens.length <= 20 && (!STILL_ASKS.test(clause) || /^i (?:cant|cannot|couldnt|could not) /.test(clause)) && PARTING.some((pattern) => pattern.test(clause))
  );
}

/** Words by which people ask for something, in English: any of them makes a clause more than courtesy. */
const REQUEST_WORDS = new Set(
  (
    'please pls plz can could would should may might how what when where why who which whose whether if need needs want wants require looking find book ' +
    'cancel refund send show tell give play search reserve schedule order buy pay transfer change add remove delete update check check2 set make get call ' +
    'stop start continue wait explain connect open close reset fix another also instead however except still not cant cannot wont doesnt didnt isnt wasnt dont never problem issue wrong error broken ' +
    'favor favour question questions request'
  ).split(' '),
);
export const isRequestWord = (token: string) => REQUEST_WORDS.has(token);
