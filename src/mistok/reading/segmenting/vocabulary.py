"""Words by which page furniture is known, in four languages (and Russian, which pages mix in).

A phrase stands at the beginning of a line. `*` at its end: a few more words may follow.
"""

OPENERS = """
read also*, also read*, see also*, read more*, read next*, more on*, more from*, more about*,
more news*, more stories*, related*, you may also*, you might also*, you may be interested*,
you may like*, what other people are reading*, what others are reading*, people also read*,
most read*, most popular*, most viewed*, most commented*, popular*, trending*, hot news*,
top news*, top stories*, breaking news*, latest news*, latest stories*, latest articles*,
latest posts*, latest, the latest, all news, recent*, past photo diary*, past issues*,
other news*, other stories*, other articles*, news of the day*, news today, in other news*,
also in this*, also in the news*, in this section, in this issue*, editor's*, editors' choice*,
editors' picks*, recommended*, recommendations, don't miss*, what to read*, partner content*,
sponsored*, advertisement*, promoted*, paid content, advertorial*, from our partners*,
keep reading*, continue reading*, up next*, next article*, previous article*, next post*,
previous post*, next story*, tags*, tag, topics*, keywords*, categories*, category*, filed under*,
labels, source, sources, share, share this*, share the news*, share on*, share article*,
share via, share with*, archive, archives, gallery, photo gallery*, photos, videos, video,
follow us*, subscribe*, sign up*, newsletter*, menu, navigation, about the author*, about us,
contact us, contacts, events this week*, upcoming events*, weather, today's weather*,
quick links*, useful links*, links, site map, sitemap, support us*, donate now, liked this story*,
further reading*, discover more*, explore more*, headlines, more headlines, more, das könnte sie*,
das könnte dich*, das könnte auch*, lesen sie auch*, lesen sie mehr*, lesen sie weiter*,
lesen sie hier*, lies auch*, weiterlesen*, mehr zum thema*, mehr zu*, mehr aus*, mehr von*,
mehr dazu*, mehr nachrichten*, mehr news*, weitere nachrichten*, weitere artikel*,
weitere meldungen*, weitere mitteilungen*, weitere themen*, weitere beiträge*, weitere infos*,
weitere informationen, auch interessant*, ebenfalls interessant*, siehe auch*, zum thema*, themen,
schlagwörter*, schlagworte*, stichworte*, meistgelesen*, meistgeklickt*, meist gelesen*,
am meisten gelesen*, beliebt*, neueste*, aktuelle beiträge*, aktuelle meldungen*,
aktuelle nachrichten*, letzte beiträge*, letzte meldungen*, nächste meldung*, vorherige meldung*,
nächster beitrag*, vorheriger beitrag*, nächster artikel*, empfehlungen*, empfohlen*,
unsere empfehlung*, passend dazu*, verwandte*, anzeige, anzeigen, werbung, gesponsert*,
partnerinhalte*, quelle, quellen, teilen, artikel teilen*, beitrag teilen*, diesen artikel*,
folgen sie*, folge uns*, abonnieren*, kontakt, termine, veranstaltungen*, bildergalerie*,
fotostrecke*, galerie, mediathek, nachrichten des tages*, eilmeldung*, ticker, top-themen*,
topthemen*, aus dem ressort*, lokales, meistkommentiert*, nicht verpassen*, startseite,
читайте також*, також читайте*, читати також*, читай також*, дивіться також*, також за темою*,
за темою*, по темі*, більше по темі*, більше на тему*, більше новин*, більше про*, ще новини*,
інші новини*, інші матеріали*, інші публікації*, новини за темою*, матеріали за темою*,
матеріали по темі*, схожі*, пов'язані*, популярне*, популярні*, найпопулярніше*, найпопулярніші*,
найчитаніше*, найчитаніші*, топ новин*, топ-новини*, головні новини*, останні новини*,
свіжі новини*, нові публікації*, гарячі новини*, новини дня*, новини партнерів*,
партнерський матеріал*, партнерські матеріали*, партнерський проєкт*, на правах реклами*, реклама,
рекомендуємо*, рекомендовані*, радимо*, вас може зацікавити*, вам може сподобатися*, вам також*,
можливо вас*, не пропустіть*, теги*, мітки*, ключові слова*, рубрика*, рубрики*, категорії*,
категорія*, джерело, джерела, поділитися*, поділіться*, поширити*, поширте*, підписуйтесь*,
підписуйтеся*, підпишіться*, підписатися*, стежте за*, слідкуйте за*, приєднуйтесь до нас*,
приєднуйтеся до нас*, долучайтеся до наших*, розсилка, контакти, фотогалерея*, фоторепортаж,
анонси, афіша, наступна новина*, попередня новина*, наступна стаття*, меню, також у*, громади,
область, громада, читать также*, также читайте*, другие новости*, похожие*, новости по теме*,
последние новости*, смотрите также*, метки*, источник, подписывайтесь*, przeczytaj także*,
przeczytaj też*, przeczytaj również*, przeczytaj więcej*, czytaj także*, czytaj też*,
czytaj również*, czytaj więcej*, czytaj dalej*, zobacz także*, zobacz też*, zobacz również*,
zobacz więcej*, sprawdź też*, sprawdź także*, polecamy*, polecane*, powiązane*, podobne*,
inne wiadomości*, inne artykuły*, inne newsy*, pozostałe wiadomości*, pozostałe artykuły*,
więcej wiadomości*, więcej na*, więcej o*, najczęściej czytane*, najchętniej czytane*,
najpopularniejsze*, popularne*, najnowsze*, ostatnie wiadomości*, ostatnie wpisy*,
ostatnio dodane*, wiadomości dnia*, aktualności, gorące tematy*, na skróty*, to może cię*,
może cię*, mogą cię*, nie przegap*, materiał partnera*, materiał sponsorowany*,
materiały partnerów*, artykuł sponsorowany*, reklama, ogłoszenie, ogłoszenia*, tagi*,
słowa kluczowe*, kategorie*, kategoria*, źródło, źródła, udostępnij*, podziel się*, poleć*,
galeria*, zapisz się*, obserwuj nas*, śledź nas*, subskrybuj*, następny artykuł*,
poprzedni artykuł*, następny wpis*, poprzedni wpis*, wydarzenia, kalendarz, wideo,
aplikacja na telefon*, posłuchaj*, nadchodzące wydarzenia*
"""
"""Begin a block that is not the article: teasers, tags, ways to share. Alone on their line."""

LABELS = """
photo, photos, photo by, photo credit, image, images, picture, caption, source, sources, author,
authors, text by, text, text and photo, written by, reported by, report by, editor, edited by,
translated by, translation, credit, credits, views, view, reads, hits, visits, tags, tag, topics,
contact, contacts, inquiry, inquiries, page id, min read, category, categories, read also,
also read, see also, read more, related, more, events, weather, share, share this, print,
breaking, phone, tel, e-mail, email, website, address, press contact, media contact, posted in,
published in, posted by, filed under, archive, latest, up next, foto, fotos, bild, bilder, grafik,
quelle, quellen, autor, autorin, von, redaktion, kontakt, pressekontakt, ansprechpartner,
ansprechpartnerin, auskünfte, rückfragen, schlagwörter, themen, termine, weitere mitteilungen,
weitere meldungen, nächste meldung, lesen sie auch, mehr dazu, siehe auch, meistgelesen, aufrufe,
lesezeit, teilen, telefon, weitere informationen, redaktionsschluss, anzeige, фото, світлина,
фото та текст, ілюстрація, скриншот, джерело, джерела, автор, авторка, автори, текст, редактор,
редакторка, переклад, переглядів, перегляди, перегляд, прочитань, теги, тег, мітки, рубрика,
категорія, область, громади, громада, контакти, читайте також, дивіться також, більше по темі,
поширити, поділитися, адреса, телефон, читати також, також читайте, коментарі, коментарів,
час читання, адрес новости, читайте также, источник, просмотров, zdjęcie, zdjęcia, fot, tekst,
tekst i foto, tekst i fot, źródło, źródła, autorka, red, redakcja, opracowanie, oprac, tagi,
kategoria, kategorie, odsłon, wyświetleń, wyświetlenia, czytaj też, czytaj także, czytaj również,
zobacz też, zobacz także, przeczytaj też, przeczytaj także, polecamy, więcej, udostępnij,
czas czytania, liczba wyświetleń, komentarze, zobacz również, przeczytaj również, powiązane
"""
"""With a colon (or an upright stroke): one line that is no part of the article."""

CLOSERS = """
comments*, comment, leave a comment*, leave a reply*, add comment*, add a comment*,
post a comment*, write a comment*, join the conversation*, reader comments*, readers' comments*,
view comments*, your comment*, discussion, letters, letters to the editor*, all rights reserved*,
copyright*, terms of use*, privacy policy*, cookie policy*, cookie settings*, kommentare*,
leserpost, leserbriefe*, kommentar schreiben*, kommentar verfassen*, kommentieren*,
leserkommentare*, schreiben sie einen kommentar*, schreibe einen kommentar*, diskutieren sie*,
alle rechte vorbehalten*, datenschutz*, impressum*, коментарі*, коментарів*, коментувати*,
додати коментар*, залишити коментар*, залиште коментар*, ваш коментар*, написати коментар*,
обговорення, усі права захищені*, всі права захищені*, комментарии*, все права защищены*,
використання матеріалів*, при використанні матеріалів*, komentarze*, komentarz,
listy czytelników*, listy do redakcji*, dodaj komentarz*, skomentuj*, napisz komentarz*,
zostaw komentarz*, opinie, wszelkie prawa zastrzeżone*, wszystkie prawa zastrzeżone*,
prawa autorskie*, polityka prywatności*, polityka cookies*, regulamin
"""
"""Nothing of the article comes after these: readers' comments, rights."""

ALONE = """
skip to*, back to top*, to the top*, to the page*, top of page, zurück nach oben*, zum inhalt*,
zum anfang*, print, print version*, version for print*, drucken, druckversion*, seite drucken*,
drukuj*, wyślij*, pdf, listen, vorlesen, artikel anhören*, версія для друку*, друкувати,
роздрукувати*, надрукувати*, на головну*, вгору, до змісту, loading*, log in, log out, login,
sign in*, register, reply, antworten, odpowiedz*, відповісти*, accept all*, accept, search,
search*, suche, suchen, пошук, szukaj, wyszukaj, home, startseite, головна, strona główna,
choose edition*, choose language*, sprache wählen*, your support keeps*, subscribe now*,
was this page*, page id*, logo slogan*, breaking*, photo by*, photo credit*,
we value your privacy*, this website uses*, this site uses*, use of cookies*,
diese website verwendet*, wir verwenden cookies*, цей сайт використовує*, сайт використовує*,
ta strona używa*, nasza strona używa*, strona korzysta*, ta strona korzysta*, używamy plików*,
haben sie einen fehler*, знайшли помилку*, якщо ви знайшли*, if you have found a*,
bitte beachten sie die sperrfrist*, get the app*, download the app*, laden sie die app*,
pobierz aplikację*, завантажуйте додаток*, термінові новини*, найважливіші новини*, did we miss*,
official website*, you are here, sie sind hier, ви тут, jesteś tutaj
"""
"""One line that is no part of the article, by its first words."""

NOTICES = {
    3: "cookie cookies keks куки кукі ciasteczka ciasteczek copyright vorbehalten zastrzeżone "
    "захищені hyperlink гіперпосилання гіперпосиланням hiperłącze moderated moderiert модеруються "
    "moderowane password passwort kennwort пароль login ctrl weiterverbreitung captcha "
    "datenschutzerklärung datenschutzhinweis datenschutzhinweise sperrfrist",
    2: "newsletter subscribe subscriber unsubscribe subscription abonnieren abo розсилку "
    "підписатися підпишіться підписуйтесь підписуйтеся subskrybuj comment comments kommentar "
    "kommentare kommentarfunktion коментар коментарі коментарів komentarz komentarze komentarzy "
    "log logged anmelden angemeldet einloggen увійдіть авторизуйтесь zaloguj zalogować editors "
    "redaktion редакція редакції redakcja redakcji browser przeglądarki браузера advertising "
    "werbung реклама реклами рекламу reklama reklamy reklam reprint nachdruck передрук kopiowanie "
    "publikując akceptujesz regulamin spam insults beleidigungen образи wulgaryzmy gewinnspiel",
    1: "account konto акаунт headline überschrift заголовок nagłówek mistake fehler помилку błąd "
    "article artikel статті матеріалів artykuł rights rechte права prawa reserved permission "
    "genehmigung дозволено заборонено zgody links посилання privacy datenschutz prywatności "
    "settings einstellungen налаштування ustawienia consent zustimmung згоду zgodę username mail "
    "email website сайт follow folgen folge стежте слідкуйте obserwuj śledź readers leser "
    "читачі accept accepts device app click klicken натисніть kliknij publisher verstoß "
    "telegram facebook instagram whatsapp viber youtube twitter tiktok linkedin hasło додаток",
}
"""Weights of words that notices are made of: about cookies, comments, rights, accounts."""

TIES = (
    "sister", "twin", "partner", "friendship cit", "friendly cit", "international coop",
    "побратим", "партнер", "поріднен", "посестр", "співпрац", "співробітн", "städtefreund",
    "freundschaft", "patenst", "bliźniacz", "zaprzyjaźni", "współprac",
)  # fmt: skip
"""Beginnings of words that head a list of partner towns."""
