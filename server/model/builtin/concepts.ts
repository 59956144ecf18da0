import { isEveryday } from './language.ts';
import { fold, isWideScript } from './text.ts';

/** Beginnings of words, in many languages, by the thing that they are about; so that a question and an article meet. */
const CONCEPTS: Record<string, string> = {
  delivery:
    'deliver ship shipping shipment shipped dispatch courier arriv parcel package packag track transit envio envia enviar entreg llega paquete seguimiento frete encomenda rastre livrais livr colis expedi suivi liefer versand versende zustell paket sendung sped consegn pacco tracci lever bezorg verzend pakket dostaw przesyl wysyl kargo teslim gonder доставк посылк отправ توصيل شحن الشحن التوصيل طرد डिलीवरी पार्सल 配送 快递 物流 发货 送货 送达 包裹 运送 配達 届 発送 荷物 배송 택배',
  returns:
    'return send-back send-it-back send-them-back send-this-back sent-back give-it-back bring-it-back devol cambio troca retour rinvi reso resi renvo ruckgab zuruckgeb zurucksend zuruckschick umtausch restitu terugstur retourn zwrot zwroc iade geri возврат вернут إرجاع ارجاع الإرجاع الارجاع استرجاع إعادة اعادة वापस 退货 退貨 退换 返品 반품',
  refund:
    'refund reimburs money-back moneyback my-money reembols devolucion-del-dinero rembours erstatt ruckerstatt geld-zuruck rimbors terugbetal zwrot-pieniedzy iade-para возврат-денег استرداد रिफंड 退款 返金 환불',
  payment:
    'pay paid payment paying paypal card visa mastercard credit debit transfer checkout pago pagar tarjeta cartao boleto pix paiement payer carte zahl bezahl karte kreditkart uberweis pagament carta betal kaart platnos zaplac karta odeme kart оплат карт платеж دفع الدفع بطاقة भुगतान कार्ड 付款 支付 信用卡 付钱 支払 カード 결제 카드',
  invoice:
    'invoice receipt bill billing factura recibo fatura nota-fiscal facture recu rechnung beleg quittung fattura ricevuta factuur bon faktur paragon fatura счет чек квитанц فاتورة إيصال बिल रसीद 发票 账单 領収 請求書 영수증 계산서',
  price:
    'discount descuento desconto remise rabatt sconto korting price pricing cost fee charge expensive cheap how-much rate precio cuesta coste costo tarifa barato caro preco custa custo taxa prix cout tarif combien preis koste gebuhr teuer billig wieviel prezz costa costi tariffa quanto prijs kost tarief hoeveel cen koszt ile-kosztuje fiyat ucret kac-para цен стоим سعر تكلفة رسوم कीमत दाम शुल्क 价格 多少钱 费用 价钱 値段 料金 価格 가격 요금 비용',
  hours:
    'hour open opening close closing schedule cerrad fechad aperto horari horaire hora abre abert abiert cierra fecha atend heures ouver ferme offnungszeit geoffnet offen geschloss uhrzeit orari apert apre chiu chiude openingstijd geopend gesloten godzin otwart czynn acik kapal saat-kac calisma часы открыт режим работаете ساعات مفتوح دوام مواعيد أوقات اوقات समय खुला खुले 营业 几点 开门 关门 工作时间 営業 何時 開いて 영업 몇시 오픈',
  weekend:
    'weekend saturday sunday fin-de-semana sabado domingo fim-de-semana week-end samedi dimanche wochenende samstag sonntag sabato domenica fine-settimana zaterdag zondag sobot niedziel hafta-sonu cumartesi pazar выходн суббот воскресен عطلة السبت الأحد الاحد الجمعة शनिवार रविवार सप्ताहांत 周末 周六 周日 星期六 星期天 土曜 日曜 週末 주말 토요일 일요일',
  cancel:
    'cancel cancel annul stornier storno kundig widerruf abbrech annull disdi disdett annuleer opzeg anulow zrezygn iptal отмен الغاء إلغاء الغ रद्द 取消 退订 キャンセル 解約 취소',
  account:
    'account login log-in sign-in signin password username profile cuenta contrasena iniciar-sesion acceso usuario conta senha acesso compte mot-de-passe connexion connecter konto passwort anmeld einlogg kennwort accesso accedere inlog wachtwoord hasl zalogow hesap sifre giris аккаунт парол войти вход حساب كلمة-المرور الدخول खाता पासवर्ड लॉगिन 账号 账户 密码 登录 アカウント パスワード ログイン 계정 비밀번호 로그인',
  order:
    'order purchase bought pedido compra encomenda commande commander achat bestell gekauft kauf ordin acquist comprat zamow kupil siparis заказ طلب طلبي الطلب ऑर्डर 订单 订购 注文 주문',
  warranty: 'warrant guarant garanti garantie garanzia gwarancj гарант ضمان वारंटी 保修 保証 보증',
  place:
    'address locat store shop branch where-are direccion tienda ubicacion sucursal donde-estan endereco loja onde-fica adresse magasin boutique ou-etes standort laden geschaft filiale indirizzo negozio dove-siete adres winkel vestiging sklep gdzie-jestescie magaz konum neredesiniz адрес магазин где-вы عنوان متجر فرع पता दुकान 地址 门店 店铺 住所 店舗 場所 주소 매장',
  contact:
    'contact phone email e-mail telephone contact telefono correo contato telefone kontakt telefon contatt contactgegevens iletisim контакт телефон تواصل هاتف संपर्क फोन 联系 电话 連絡 電話 연락 전화',
  discount:
    'discount coupon voucher promo deal descuento cupon oferta desconto cupom reduction remise code-promo rabatt gutschein sconto buono offert korting znizk rabat kod-rabat indirim kupon скидк купон промокод خصم كوبون عرض छूट कूपन 折扣 优惠 优惠券 割引 クーポン 할인 쿠폰',
  subscription:
    'subscri plan membership renew suscripcion renovacion assinatura abonnement abo mitgliedschaft abbonament rinnov lidmaatschap subskrypcj abonament abonelik подписк اشتراك सदस्यता 订阅 会员 套餐 購読 定期 会員 구독 멤버십',
  appointment:
    'appointment booking reservation meeting cita reserva turno consulta-cita reunion agendar marcacao rendez-vous reserver termin reservier buchung appuntament prenot afspraak reserver umow wizyt rezerwacj randevu rezervasyon запис встреч брон موعد حجز अपॉइंटमेंट बुकिंग 预约 预订 予約 예약',
  exchange: 'exchange swap size wrong-size talla tamano tamanho taille grosse taglia maat rozmiar beden размер مقاس साइज़ 尺码 换货 サイズ 交換 교환 사이즈',
  stock:
    'stock available availab sold-out restock existencias disponib agotado estoque esgotado dispo rupture verfugbar lager ausverkauft esaurit voorraad beschikbaar dostepn stokta stok наличи متوفر مخزون उपलब्ध 库存 有货 缺货 在庫 재고',
  problem:
    'problem issue error bug broken damag defect faulty crash not-work problema error roto defectuoso danado quebrado defeito probleme panne casse defectueux kaputt defekt beschadig fehler rotto difett guast stuk kapot storing problem zepsut uszkodz bozuk arizali hata sorun проблем слома ошибк брак مشكلة عطل معطل तोड़ खराब समस्या 问题 坏 故障 損坏 壊れ 故障 不具合 고장 문제 파손',
  international:
    'international abroad overseas worldwide country countries customs internacional extranjero pais exterior etranger pays ausland international land zoll estero paese buitenland zagranic yurtdisi за-границ стран دولي خارج विदेश 国外 国际 海外 해외',
  privacy:
    'privacy gdpr personal-data data-protection privacidad datos-personales privacidade dados confidential donnees datenschutz daten riservatezza dati gegevens rodo gizlilik конфиденц данны خصوصية بيانات गोपनीयता 隐私 数据 個人情報 개인정보',
};

const prefixes = new Map<string, string[]>();
const phrases: [string, string][] = [];
const wide: [string, string][] = [];
for (const [concept, list] of Object.entries(CONCEPTS)) {
  for (const entry of list.split(' ')) {
    const word = fold(entry.replaceAll('-', ' '));
    if ([...word].some(isWideScript)) wide.push([word, concept]);
    else if (word.includes(' ')) phrases.push([word, concept]);
    else prefixes.set(word, [...(prefixes.get(word) ?? []), concept]);
  }
}

/** Words of questions that say how, not what. */
const VAGUE = new Set(
  (
    'long make makes making take takes taking time times soon fast usually possible possibly way know tell offer say says mean means question wondering wonder thing things something anything able allowed sure understand hear back again ' +
    'really still already ever happen happens work works working day days week weeks ' +
    'tarda tarde tiempo demora leva demora tempo dure duree temps lange dauert dauer tempo dura duurt lang saat surer trwa dlugo'
  ).split(' '),
);

/** Asks for a time with the word that alone asks for a price. */
const HOW_LONG = /\b(?:combien de temps|quanto (?:tempo|dura|demora|leva|ci (?:vuole|mette|mettete))|hoeveel tijd)\b/g;

/** What a text is about: concepts, and stems of the words that are none. */
export interface Topics {
  concepts: Set<string>;
  stems: Set<string>;
  /** Stems of the words that were read as concepts: of two sentences about weekends, "sunday" tells which. */
  words: Set<string>;
}

/** Reads the topics of a text. */
export function topicsOf(text: string): Topics {
  const folded = fold(text)
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .replace(HOW_LONG, ' ');
  const topics: Topics = { concepts: new Set(), stems: new Set(), words: new Set() };
  for (const [word, concept] of wide) if (folded.includes(word)) topics.concepts.add(concept);
  for (const [word, concept] of phrases) if (folded.includes(word)) topics.concepts.add(concept);
  for (const word of folded.split(' ')) {
    if (word.length < 2) continue;
    const concepts = conceptsOf(word);
    if (concepts) {
      for (const concept of concepts) topics.concepts.add(concept);
      topics.words.add(stem(word));
    } else if (word.length > 2 && !VAGUE.has(word) && !isEveryday(word)) topics.stems.add(stem(word));
  }
  return topics;
}

const HANGUL = /^\p{Script=Hangul}/u;

function conceptsOf(word: string): string[] | undefined {
  // two syllables of Korean are a word, to which its particles are joined
  const least = HANGUL.test(word) ? 2 : 3;
  for (let length = word.length; length >= least; length -= 1) {
    const found = prefixes.get(word.slice(0, length));
    // a short beginning must be nearly the whole word: "card" is in "cards" but not in "cardiac"
    if (found && (length >= 5 || word.length - length <= 2)) return found;
  }
  return undefined;
}

/** What to look a question up with: its words that say what it is about, as written; the question itself where none does. */
export function lookUp(question: string): string {
  const telling = (question.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).filter((word) => {
    const { concepts, stems } = topicsOf(word);
    return concepts.size + stems.size > 0;
  });
  return [...new Set(telling)].join(' ') || question;
}

/** A rough stem: the same for the forms that matter, in Latin script. */
function stem(word: string): string {
  return word.length > 4 ? word.replace(/(?:ations?|ings?|ments?|ness|edly|ies|ied|ers?|es|ed|en|s|y|e)$/, '') : word;
}

/** English words for concepts, to look up articles in English with a question in another language. */
export const conceptWords = (concepts: Iterable<string>) =>
  [...concepts]
    .map((concept) => ({ hours: 'opening hours', place: 'address store', problem: 'problem defect', stock: 'available stock' })[concept] ?? concept)
    .join(' ');
