/**
 * English messages that thank, take leave or decline in words of their own ("Found it. Thanks!", "No, there isn't. That was the
 * only one."). What is left of such a message beside its courtesies is looked at for anything that asks; where nothing does, it closes.
 */

/** What asks wherever it stands: questions, wishes, needs, conditions and things gone wrong. */
const ASKS = new RegExp(
  String.raw`\b(?:` +
    String.raw`what|when|where|which|who|whom|whose|why|how|if|whether|unless|until|please|pls|plz|kindly|lets|let me|let us|go ahead|` +
    String.raw`(?:can|could|would|will|do|did|does|are|have|may|might|should|shall) (?:you|u|it|they|there|that be|we|someone)|can i|could|may i|` +
    String.raw`id (?:like|love|also|prefer|need|want)|would (?:like|love|also|prefer|need|want)|need|needs|want|wants|wanted|wanna|wish to|require|requires|gotta|have to|has to|` +
    String.raw`looking (?:for|to|into)|interested|wondering|wonder|curious|trying to|planning|plan to|hoping|supposed|expect(?:ed|ing)?|` +
    String.raw`but|however|also|another|instead|other|different|similar|more|again|yet|still|except|then|next|first|actually|` +
    String.raw`wrong|problem|issue|error|mistake|broken|stuck|fail(?:s|ed)?|missing|missed|lost|late|delayed|charged|twice|stolen|forgot|refund|cancel|complaint|` +
    String.raw`never|cant|cannot|doesnt|didnt|isnt|wasnt|arent|hasnt|havent|wouldnt|couldnt|` +
    String.raw`my (?:name|number|email|e ?mail|address|phone|order|id|user|zip|account|card|date)|` +
    String.raw`ill (?:take|have|get|go with|buy|pick|choose) (?!it from|a look|care|note|that into|you)|confirm|proceed|switch|upgrade|exchange|replace|process|submit|verify|explain|describe|recommend|suggest|remind|notify|inform|` +
    String.raw`(?:do|book|buy|reserve|schedule|make|get|send|give|show|tell|find|search|play|pay|transfer|order|add|remove|change|update|check) (?:it|that|this|them|those|these|me|us|one|two|some|an?|the|for|out|up|my|at|on|in|to)|` +
    String.raw`need (?:to|a|an|some)|(?:for|on|at|in|by|from|to|around) (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow|tonight|today|noon|midnight|next)` +
    String.raw`)\b`,
);

/** Asking words that here ask for nothing; taken out before {@link ASKS} looks. */
const HARMLESS = new RegExp(
  String.raw`\b(?:` +
    String.raw`(?:no|not|nothing|none|any|anything|isnt|arent|without|dont|wont|much|even|far|all the) (?:any |an? |the |really |many )?(?:more|other|others|another|else|further|issues?|problems?|errors?|needs?|different|wrong)|(?:anything|nothing|something|everyone|anyone) else|` +
    String.raw`(?:all|everything|what|only)(?: \w+){0,3} (?:i|we)(?: really| actually| just)? (?:need|needed|want|wanted)|(?:need|want|require) (?:nothing|no)|not looking for|no (?:you|u) (?:cant|cannot|may not|couldnt|could not)|how (?:it|things|that|everything|they) (?:is|are|was|were|stands?|went|turned out)|` +
    String.raw`my \w+(?: \w+)? (?:is|are|has been|have been|have all been)(?: \w+)? (?:fine|ok|okay|good|great|set|done|answered|resolved|sorted|solved|perfect|complete)|just wanted to (?:know|check|say|ask|make sure|see|confirm|thank)|` +
    String.raw`for (?:your|the|all|helping|fixing|solving|sorting|looking|checking|taking|handling)(?: \w+){0,4} (?:problems?|issues?|trouble|mistake|questions?|requests?|errors?|delay|into (?:it|this|that))|(?:would like|id like|want|wanted) to (?:say|express|thank)|` +
    String.raw`(?:ill|i will|i can) \w+(?: \w+){0,3} (?:myself|on my own|elsewhere)|(?:did|done|do) (?:what|all|everything|the best) (?:you|u) (?:could|can)|you cant$|glad (?:that )?you could|but (?:i (?:get it|understand)|(?:thats|its|it is) (?:ok|okay|fine|alright)|thanks|thank you|thx)|` +
    String.raw`more than (?:enough|happy|helpful)|(?:was|that was|it was) my (?:only|last) \w+|no need(?: for (?:that|it|this|more))?|` +
    String.raw`(?:all|everything|what|exactly what|just what) (?:i|we|that i|that we) (?:need|needed|want|wanted|require|required|asked)|i(?: really)? needed (?:that|this|it)|wh(?:at|o) i was (?:after|looking for)|` +
    String.raw`cant (?:wait|thank|complain|ask)|couldnt (?:be|have|ask)|not (?:bad|far|too bad|too far|expensive|at all|needed|necessary|required|long|today|now|yet|really|right now)|` +
    String.raw`(?:do|dont|wont|will not|wouldnt|would not|did not|didnt|do not|there isnt|there arent|it isnt|i havent|i havent got) (?:need|want|require|be needing|have|think so|think|bother)|(?:there|that|it) (?:isnt|wasnt|wouldnt|arent)|i (?:do not|dont|did not|didnt|wouldnt|would not|wont)|` +
    String.raw`(?:talk|speak|chat|see|meet|write|catch) (?:to |with )?(?:you|u|ya)(?: all| guys)? (?:again|later|soon|then|next \w+)|will (?:shop|come|be|use|call|write|order|visit) (?:here |back |with you |you )?again|again soon|thanks again|thank you again|back again|` +
    String.raw`(?:if|when) (?:i|we|anything|something) (?:need|have|run|come|get|decide|am|do|hear|see)(?: to)?(?: \w+){0,4}|(?:should|if) (?:anything|something) \w+|let you know|i know (?:where|what|who|how|when) (?:that|it|he|she) (?:is|was)|` +
    String.raw`out for (?:the|it|that) (?:mail|email|e ?mail|link|text|message|parcel|package|letter|call)|(?:keep|have) an eye (?:on|out)|do (?:it|that) (?:later|myself|some other time|another (?:time|day)|tomorrow|then|tonight|now)|` +
    String.raw`(?:some other|another|next) time|another day|then|right now|for now|for today|for tonight|today|tonight` +
    String.raw`)\b`,
  'g',
);

/** How a sentence begins that tells something, and does not name what is wanted. */
const TELLS = new RegExp(
  String.raw`^(?:(?:ok|okay|oh|ah|well|and|so|yes|yeah|yep|no|nope|nah|naah|nup|ta|now|great|good|nice|perfect|fine|alright|lovely|excellent|fantastic|phew|wow|haha|lol|hmm|in that case|all right|thanks|thank you|sure|very|really|thats okay|thats ok|thats fine) )*` +
    String.raw`(?:i|im|ive|ill|id rather (?:not|leave|keep|stay|wait)|we|were|weve|well|he|hell|hes|she|shes|it|its|itll|that|thats|thatll|this|you|youve|youre|they|theyre|there|theres|everything|everythings|nothing|none|nobody|just wanted|maybe|perhaps|best|interesting|finally|cheap|bummer|fab|aw|just|from (?:the bottom|all)|for (?:all|your|the|helping|fixing|solving|sorting|\w+ing)|\w+ (?:is|are) (?:enough|plenty|fine|good|perfect|okay|ok)|these|those|things|saved|received|leaving|worked|downloaded|printed|noticed|no|not|never mind|nevermind|one|same|much|so|very|too|how (?:lovely|nice|kind|sweet|great|wonderful|generous|thoughtful)|` +
    String.raw`found|got|glad|happy|relieved|off|back|worth|phew|problem|question|done|all|sounds|looks|looking|will|must|better|good|great|nice|perfect|wonderful|lovely|fair|understood|noted|easy|quick|crystal|loud|hope|hopefully|kind|sorry|bless|god|see|have|later|toodles|ta|cool|sweet|time|leave|dont|wish|the \w+(?: \w+)? (?:is|was|are|were|looks|sounds)(?: \w+)? (?:perfect|great|fine|good|nice|lovely|correct|enough|ok|okay|wonderful|excellent|clear|right)|gotta|guess|my|sigh|welp|oh)\b`,
);

/** Of each clause its words; marks are gone. @returns whether nothing in them asks */
export function asksNothing(clauses: readonly string[]): boolean {
  return clauses.every((clause) => {
    if (/\d/.test(clause) || clause.split(' ').length > 22) return false;
    return TELLS.test(clause) && !ASKS.test(clause.replace(HARMLESS, ' '));
  });
}

/** A declining answer to "anything else?": "none", "there isn't", "not a thing", "I wouldn't". */
export const declines = (clause: string): boolean =>
  /^(?:(?:oh|ah|well|ok|okay|hmm|thanks|thank you|haha|lol|kind of you to offer) )*(?:no|nope|nah|naah|nup|noo|none|nothing|not|never|(?:i|we|it|there|that) (?:dont|do not|wont|will not|wouldnt|would not|didnt|did not|isnt|is not|arent|are not|am not)|im (?:good|fine|ok|okay|all set|done)|ive changed my mind|forget it|dont)\b/.test(
    clause,
  );
