/** The emoji on offer, by group: each with the English words that find it. A short list of what people answer customers with. */
export type EmojiGroup = 'faces' | 'hands' | 'hearts' | 'nature' | 'things';

/** One emoji to a line: the sign, then its words. */
const lists: Readonly<Record<EmojiGroup, string>> = {
  faces: `
😀 grinning smile happy
😃 big smile happy joy
😄 laughing eyes happy
😁 beaming grin
😆 laughing haha
😅 sweat relief nervous laugh
😂 tears of joy lol
🤣 rolling laughing rofl
🙂 slight smile
🙃 upside down irony
😉 wink
😊 blush smile warm
😇 halo angel innocent
🥰 loving hearts
😍 heart eyes love
🤩 star struck wow
😘 kiss
😋 yummy tasty
😛 tongue playful
🤗 hug
🤭 oops giggle hand over mouth
🤫 quiet secret
🤔 thinking hmm
🤨 raised eyebrow doubt
😐 neutral
😏 smirk
🙄 rolling eyes
😬 grimace awkward
😌 relieved calm
😴 sleeping tired
😎 cool sunglasses
🤓 nerd
🥳 party celebrate birthday
😕 confused
😟 worried
🙁 sad frown
😮 surprised wow
😳 flushed embarrassed
🥺 pleading please
😢 crying tear sad
😭 sobbing cry
😱 scream shock
😖 upset
😞 disappointed
😓 downcast sweat
😩 weary tired
😤 huff
😡 angry mad
🤒 ill sick fever
🤕 hurt bandage
🤯 mind blown
🫡 salute yes`,
  hands: `
👍 thumbs up yes good ok like
👎 thumbs down no bad
👌 ok perfect
✌️ victory peace
🤞 fingers crossed luck hope
🤝 handshake deal agree
🙏 thanks please pray
👏 clap applause bravo
🙌 raised hands hooray
👋 wave hello bye
✋ stop high five
👊 fist bump
💪 strong muscle
🫶 heart hands love
👉 point right
👈 point left
👆 point up
👇 point down
☝️ one first note
✍️ writing
🤷 shrug do not know
🤦 facepalm
🙋 raising hand me
🙇 bow sorry apology
💁 information desk
🧑‍💻 developer computer work
🧑‍🔧 mechanic repair
🧑‍🍳 cook chef
👀 eyes look
🧠 brain`,
  hearts: `
❤️ red heart love
🧡 orange heart
💛 yellow heart
💚 green heart
💙 blue heart
💜 purple heart
🖤 black heart
🤍 white heart
💔 broken heart
💯 hundred perfect
✅ done check yes
☑️ checked box
✔️ check mark
❌ cross no wrong
❗ exclamation important
❓ question
⚠️ warning attention
ℹ️ information
🚫 forbidden not allowed
⭐ star
🌟 shining star
✨ sparkles new clean
🔥 fire hot
💥 boom
🎉 party popper celebrate congratulations
🎊 confetti
🎁 gift present
🏆 trophy winner
🥇 gold medal first
🎯 target exactly
💬 speech message
💡 idea light bulb
🔔 bell reminder
➡️ arrow right next
⬅️ arrow left back
🔄 again refresh repeat
🆕 new
🆗 ok`,
  nature: `
🌞 sun sunny
🌙 moon night
☁️ cloud
🌧️ rain
❄️ snow cold
⚡ lightning power fast
🌈 rainbow
🌍 world earth
🌱 seedling plant grow
🌲 tree
🌸 blossom flower
🌹 rose flower
💐 bouquet flowers
🍀 clover luck
🐶 dog
🐱 cat
🐻 bear
🦊 fox
🐝 bee
🦋 butterfly
🐢 turtle slow
🍎 apple
🍋 lemon
🍓 strawberry
🍅 tomato
🥕 carrot
🍞 bread
🥐 croissant
🧀 cheese
🍕 pizza
🍔 burger
🍰 cake
🎂 birthday cake
🍫 chocolate
🍪 cookie
☕ coffee
🍵 tea
🥂 cheers toast
🍷 wine
🍺 beer`,
  things: `
📦 package parcel delivery
🚚 truck delivery shipping
✈️ plane flight travel
🚗 car
🚲 bicycle
🚆 train
🏠 house home
🏢 office building
🏪 shop store
🏨 hotel
🏖️ beach holiday
📍 pin place location
🗺️ map
📅 calendar date
⏰ alarm clock time
⏳ hourglass waiting
⌛ hourglass done
📞 telephone call
📱 mobile phone
💻 laptop computer
🖨️ printer
⌨️ keyboard
📷 camera photo
🎥 video
📧 email
✉️ envelope letter mail
📎 paperclip attachment
📄 page document
📝 memo note
📋 clipboard list
📊 chart report
📈 chart up growth
📉 chart down
🔍 search magnifier
🔗 link
🔒 locked secure
🔓 unlocked
🔑 key
🔧 wrench repair
🔨 hammer
⚙️ settings gear
🧰 toolbox
🔋 battery
🔌 plug
🧾 receipt invoice
💳 card payment
💶 euro money
💵 dollar money
💰 money bag
🛒 cart shopping
🛍️ bags shopping
👕 shirt clothes
👟 shoe
👓 glasses
🎵 music
📚 books
🎓 graduation
💊 medicine pill
🩺 doctor stethoscope
🧹 clean broom`,
};

export interface Emoji {
  readonly sign: string;
  readonly words: string;
}

const parsed = (list: string): Emoji[] =>
  list
    .trim()
    .split('\n')
    .map((line) => {
      const space = line.indexOf(' ');
      return { sign: line.slice(0, space), words: line.slice(space + 1) };
    });

export const emoji: readonly (readonly [EmojiGroup, readonly Emoji[]])[] = (Object.keys(lists) as EmojiGroup[]).map((group) => [group, parsed(lists[group])]);
const all = emoji.flatMap(([, list]) => list);

/** Those of which every word that was typed begins a word, those first whose first word it is. */
export function findEmoji(typed: string, most = 48): Emoji[] {
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const hits = all.filter(({ words }) => wanted.every((word) => words.split(' ').some((one) => one.startsWith(word))));
  return hits.toSorted((one, other) => Number(other.words.startsWith(wanted[0] ?? '')) - Number(one.words.startsWith(wanted[0] ?? ''))).slice(0, most);
}

/** What an emoji is called, for those who do not see it. */
export const nameOf = (sign: string): string => all.find((one) => one.sign === sign)?.words ?? sign;
