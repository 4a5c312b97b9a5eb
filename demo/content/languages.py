"""The demo town in other languages: for each page and language, German words with theirs. Written by people, as in a real town."""

from __future__ import annotations

from typing import Final

from demo.content.languages_news import ABOUT_ENGLISH, WATER_EASY, WATER_ENGLISH

LANGUAGES: Final = ("de-simple", "en", "uk", "ar")

_HOME_ENGLISH = {
    "Willkommen in Erlenfurt": "Welcome to Erlenfurt",
    "Die Stadt an der Weide: Nachrichten aus dem Rathaus, Dienstleistungen und alles, was Sie im Alltag brauchen.": (
        "The town on the river Weide: news from the town hall, services, and everything you need in daily life."
    ),
    "Bürgerbüro und Kontakt": "Citizens’ office and contact",
    "Öffnungszeiten, Telefon, E-Mail": "Opening hours, telephone, e-mail",
    "Aktuelle Meldungen": "Latest news",
    "Sperrungen, Termine, Beschlüsse": "Road closures, dates, decisions",
    "Newsletter": "Newsletter",
    "Meldungen per E-Mail": "News by e-mail",
    "Abfuhr in meiner Straße": "Waste collection in my street",
    "Wann was abgeholt wird": "What is collected when",
    "Unsere Stadt": "Our town",
}
_HOME_EASY = {
    "Willkommen in Erlenfurt": "Willkommen in Erlenfurt",
    "Die Stadt an der Weide: Nachrichten aus dem Rathaus, Dienstleistungen und alles, was Sie im Alltag brauchen.": (
        "Das ist die Internet-Seite von der Stadt Erlenfurt. Hier lesen Sie Neues aus dem Rathaus. Und Sie erfahren: Wobei hilft das Rathaus?"
    ),
    "Bürgerbüro und Kontakt": "Bürger-Büro",
    "Öffnungszeiten, Telefon, E-Mail": "Wann ist das Büro offen? So erreichen Sie uns.",
    "Aktuelle Meldungen": "Neues aus Erlenfurt",
    "Sperrungen, Termine, Beschlüsse": "Zum Beispiel: Welche Straße ist gesperrt?",
    "Newsletter": "Brief per E-Mail",
    "Meldungen per E-Mail": "Das Neue kommt zu Ihnen.",
    "Abfuhr in meiner Straße": "Müll-Abfuhr in meiner Straße",
    "Wann was abgeholt wird": "Wann wird der Müll abgeholt?",
    "Unsere Stadt": "Mehr über Erlenfurt",
}
_HOME_UKRAINIAN = {
    "Willkommen in Erlenfurt": "Ласкаво просимо до Ерленфурта",
    "Die Stadt an der Weide: Nachrichten aus dem Rathaus, Dienstleistungen und alles, was Sie im Alltag brauchen.": (
        "Місто на річці Вайде: новини з ратуші, послуги та все, що потрібно в повсякденному житті."
    ),
    "Bürgerbüro und Kontakt": "Бюро для громадян і контакти",
    "Öffnungszeiten, Telefon, E-Mail": "Години роботи, телефон, електронна пошта",
    "Aktuelle Meldungen": "Новини",
    "Sperrungen, Termine, Beschlüsse": "Перекриття доріг, дати, рішення",
    "Newsletter": "Розсилка",
    "Meldungen per E-Mail": "Новини електронною поштою",
    "Abfuhr in meiner Straße": "Вивезення сміття на моїй вулиці",
    "Wann was abgeholt wird": "Коли і що вивозять",
    "Unsere Stadt": "Наше місто",
}
_HOME_ARABIC = {
    "Willkommen in Erlenfurt": "أهلاً بكم في إرلنفورت",
    "Die Stadt an der Weide: Nachrichten aus dem Rathaus, Dienstleistungen und alles, was Sie im Alltag brauchen.": (
        "المدينة على نهر فايده: أخبار من البلدية، وخدمات، وكل ما تحتاجون إليه في حياتكم اليومية."
    ),
    "Bürgerbüro und Kontakt": "مكتب المواطنين والاتصال",
    "Öffnungszeiten, Telefon, E-Mail": "أوقات الدوام والهاتف والبريد الإلكتروني",
    "Aktuelle Meldungen": "آخر الأخبار",
    "Sperrungen, Termine, Beschlüsse": "إغلاق الطرق والمواعيد والقرارات",
    "Newsletter": "النشرة الإخبارية",
    "Meldungen per E-Mail": "الأخبار عبر البريد الإلكتروني",
    "Abfuhr in meiner Straße": "جمع النفايات في شارعي",
    "Wann was abgeholt wird": "متى يُجمع ماذا",
    "Unsere Stadt": "مدينتنا",
}
_DESK: Final = "Bürgerbüro, Marktplatz 1, Erdgeschoss, Telefon [1: 069 90009 110]. Einen Termin brauchen Sie nur für Ausweise."
_WHO: Final = (
    "Wer nach Erlenfurt zieht oder innerhalb der Stadt umzieht, meldet sich an. "
    "Abmelden müssen Sie sich nur, wenn Sie ins Ausland ziehen."
)
_MOVE_ENGLISH = {
    "Wohnsitz anmelden oder ummelden": "Registering your address",
    "Nach dem Einzug haben Sie zwei Wochen Zeit. Es geht online oder im Bürgerbüro.": (
        "You have two weeks after moving in. You can do it online or at the citizens’ office."
    ),
    "Umzug, Ummeldung, Anmeldung, Einzug melden": "Moving house, change of address, registration",
    "sofort im Bürgerbüro, online etwa drei Tage": "at once at the citizens’ office, about three days online",
    _WHO: (
        "If you move to Erlenfurt or move within the town, you register. You only have to deregister when you move abroad."
    ),
    _DESK: (
        "Citizens’ office (Bürgerbüro), Marktplatz 1, ground floor, telephone [1: 069 90009 110]. You need an appointment for identity cards only."
    ),
    "Voraussetzungen": "Requirements",
    "Sie sind schon eingezogen. Im Voraus ist die Anmeldung nicht möglich.": (
        "You have already moved in. You cannot register in advance."
    ),
    "Das brauchen Sie": "What you need to bring",
    "Ausweis oder Pass aller, die mit umziehen": "Identity card or passport of everybody who moves with you",
    "die Bestätigung der Wohnungsgeberin oder des Wohnungsgebers": (
        "the confirmation by your landlord (Wohnungsgeberbestätigung)"
    ),
    "Kosten": "Fees",
    "Die Anmeldung ist kostenfrei.": "Registration is free of charge.",
    "Rechtsgrundlage": "Legal basis",
    "§ 17 Bundesmeldegesetz (BMG)": "Section 17 of the Federal Registration Act (BMG)",
    "Formulare und Links": "Forms and links",
    "Formular Wohnungsgeberbestätigung": "Form for the landlord’s confirmation (in German)",
}
_MOVE_EASY = {
    "Wohnsitz anmelden oder ummelden": "Eine neue Wohnung melden",
    "Nach dem Einzug haben Sie zwei Wochen Zeit. Es geht online oder im Bürgerbüro.": (
        "Sie wohnen jetzt in einer neuen Wohnung? Dann sagen Sie es uns. Sie haben 2 Wochen Zeit."
    ),
    "Umzug, Ummeldung, Anmeldung, Einzug melden": "Umzug",
    "sofort im Bürgerbüro, online etwa drei Tage": "Im Bürger-Büro: sofort. Im Internet: 3 Tage.",
    _WHO: (
        "Sie ziehen nach Erlenfurt? Oder Sie ziehen in Erlenfurt um? Dann melden Sie Ihre neue Wohnung. Das muss jeder machen."
    ),
    _DESK: (
        "Kommen Sie in das Bürger-Büro. Die Adresse ist: Marktplatz 1. Das Telefon ist: [1: 069 90009 110]. Sie brauchen keinen Termin."
    ),
    "Voraussetzungen": "Wann geht das?",
    "Sie sind schon eingezogen. Im Voraus ist die Anmeldung nicht möglich.": (
        "Sie wohnen schon in der neuen Wohnung. Vorher geht es nicht."
    ),
    "Das brauchen Sie": "Das bringen Sie mit",
    "Ausweis oder Pass aller, die mit umziehen": "Ihren Ausweis. Und die Ausweise von allen, die mit Ihnen umziehen.",
    "die Bestätigung der Wohnungsgeberin oder des Wohnungsgebers": (
        "Einen Zettel von Ihrem Vermieter. Darauf steht: Sie wohnen in der Wohnung."
    ),
    "Kosten": "Was kostet das?",
    "Die Anmeldung ist kostenfrei.": "Das kostet nichts.",
    "Rechtsgrundlage": "Das Gesetz",
    "§ 17 Bundesmeldegesetz (BMG)": "Das steht im Bundes-Melde-Gesetz.",
    "Formulare und Links": "Zettel zum Ausfüllen",
    "Formular Wohnungsgeberbestätigung": "Der Zettel für Ihren Vermieter",
}
_MOVE_UKRAINIAN = {
    "Wohnsitz anmelden oder ummelden": "Реєстрація місця проживання",
    "Nach dem Einzug haben Sie zwei Wochen Zeit. Es geht online oder im Bürgerbüro.": (
        "Після переїзду у вас є два тижні. Зареєструватися можна онлайн або в бюро для громадян."
    ),
    "Umzug, Ummeldung, Anmeldung, Einzug melden": "Переїзд, прописка, зміна адреси",
    "sofort im Bürgerbüro, online etwa drei Tage": "одразу в бюро для громадян, онлайн близько трьох днів",
    _WHO: (
        "Хто переїжджає до Ерленфурта або в межах міста, має зареєструватися. Зніматися з реєстрації потрібно лише тоді, коли ви виїжджаєте за кордон."
    ),
    _DESK: (
        "Бюро для громадян (Bürgerbüro), Marktplatz 1, перший поверх, телефон [1: 069 90009 110]. Запис потрібен лише для посвідчень."
    ),
    "Voraussetzungen": "Умови",
    "Sie sind schon eingezogen. Im Voraus ist die Anmeldung nicht möglich.": (
        "Ви вже вселилися. Зареєструватися заздалегідь неможливо."
    ),
    "Das brauchen Sie": "Потрібні документи",
    "Ausweis oder Pass aller, die mit umziehen": "Посвідчення або паспорти всіх, хто переїжджає разом з вами",
    "die Bestätigung der Wohnungsgeberin oder des Wohnungsgebers": (
        "підтвердження від власника житла (Wohnungsgeberbestätigung)"
    ),
    "Kosten": "Плата",
    "Die Anmeldung ist kostenfrei.": "Реєстрація безкоштовна.",
    "Rechtsgrundlage": "Правова основа",
    "§ 17 Bundesmeldegesetz (BMG)": "§ 17 Федерального закону про реєстрацію (BMG)",
    "Formulare und Links": "Бланки та посилання",
    "Formular Wohnungsgeberbestätigung": "Бланк підтвердження від власника житла (німецькою)",
}
_MOVE_ARABIC = {
    "Wohnsitz anmelden oder ummelden": "تسجيل عنوان السكن",
    "Nach dem Einzug haben Sie zwei Wochen Zeit. Es geht online oder im Bürgerbüro.": (
        "لديكم أسبوعان بعد الانتقال. يمكن التسجيل عبر الإنترنت أو في مكتب المواطنين."
    ),
    "Umzug, Ummeldung, Anmeldung, Einzug melden": "الانتقال، تغيير العنوان، التسجيل",
    "sofort im Bürgerbüro, online etwa drei Tage": "فوراً في مكتب المواطنين، ونحو ثلاثة أيام عبر الإنترنت",
    _WHO: (
        "من ينتقل إلى إرلنفورت أو داخل المدينة عليه أن يسجل عنوانه. لا حاجة إلى إلغاء التسجيل إلا عند الانتقال إلى خارج البلاد."
    ),
    _DESK: (
        "مكتب المواطنين (Bürgerbüro)، Marktplatz 1، الطابق الأرضي، هاتف [1: 069 90009 110]. الموعد مطلوب لبطاقات الهوية فقط."
    ),
    "Voraussetzungen": "الشروط",
    "Sie sind schon eingezogen. Im Voraus ist die Anmeldung nicht möglich.": (
        "أن تكونوا قد انتقلتم فعلاً. لا يمكن التسجيل مسبقاً."
    ),
    "Das brauchen Sie": "الوثائق المطلوبة",
    "Ausweis oder Pass aller, die mit umziehen": "بطاقات الهوية أو جوازات سفر جميع من ينتقلون معكم",
    "die Bestätigung der Wohnungsgeberin oder des Wohnungsgebers": (
        "تأكيد من المؤجر (Wohnungsgeberbestätigung)"
    ),
    "Kosten": "الرسوم",
    "Die Anmeldung ist kostenfrei.": "التسجيل مجاني.",
    "Rechtsgrundlage": "الأساس القانوني",
    "§ 17 Bundesmeldegesetz (BMG)": "المادة 17 من قانون التسجيل الاتحادي (BMG)",
    "Formulare und Links": "نماذج وروابط",
    "Formular Wohnungsgeberbestätigung": "نموذج تأكيد المؤجر (بالألمانية)",
}
_DOG_ENGLISH = {
    "Hund anmelden": "Registering a dog",
    "Melden Sie Ihren Hund innerhalb von zwei Wochen an, nachdem er zu Ihnen gekommen ist.": (
        "Register your dog within two weeks after it has come to live with you."
    ),
    "Hundesteuer, Hundemarke, Hund abmelden": "Dog tax, dog licence, dog tag",
    "Die Steuermarke kommt mit dem Bescheid. Der Hund trägt sie, wenn er die Wohnung verlässt. "
    "Melden Sie ihn ab, wenn er stirbt oder Sie wegziehen.": (
        "The tag comes with the tax notice. The dog wears it whenever it leaves your home. Deregister it when it dies or when you move away."
    ),
    "Kämmerei, Marktplatz 1, Telefon [1: 069 90009 100].": (
        "Treasury (Kämmerei), Marktplatz 1, telephone [1: 069 90009 100]."
    ),
    "Kosten": "Fees",
    "60 Euro im Jahr für den ersten Hund, 96 Euro für jeden weiteren. Hunde aus dem Tierheim sind ein Jahr lang befreit.": (
        "60 euros a year for the first dog, 96 euros for each further one. Dogs from a shelter are exempt for one year."
    ),
    "Rechtsgrundlage": "Legal basis",
    "Satzung der Stadt Erlenfurt über die Erhebung der Hundesteuer": "By-law of Erlenfurt on the dog tax",
}
# Address of the German page to its versions.
VERSIONS: Final[dict[str, dict[str, dict[str, str]]]] = {
    "/": {"en": _HOME_ENGLISH, "de-simple": _HOME_EASY, "uk": _HOME_UKRAINIAN, "ar": _HOME_ARABIC},
    "/dienstleistungen/wohnsitz/": {
        "en": _MOVE_ENGLISH,
        "de-simple": _MOVE_EASY,
        "uk": _MOVE_UKRAINIAN,
        "ar": _MOVE_ARABIC,
    },
    "/dienstleistungen/hundesteuer/": {"en": _DOG_ENGLISH},
    "/ueber-erlenfurt/": {"en": ABOUT_ENGLISH},
    "/aktuelles/2026/abkochgebot-im-ortsteil-steinbach-aufgehoben/": {
        "en": WATER_ENGLISH,
        "de-simple": WATER_EASY,
    },
}
# What the town changed since in German: the English page of the dog tax is outdated.
CHANGED: Final = (
    "/dienstleistungen/hundesteuer/",
    "fees",
    "<p>72 Euro im Jahr für den ersten Hund, 108 Euro für jeden weiteren. Hunde aus dem Tierheim sind ein Jahr lang befreit.</p>",
)
