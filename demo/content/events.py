"""Events of the demo town: series of clubs, what takes place in the next weeks, one that is called off, one that moves. Everything is invented."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any, Final

from demo.content.blocks import picture

INTRO: Final = (
    "Was in Erlenfurt und seinen Ortsteilen los ist: Konzerte, Märkte, Führungen, Sport und Treffen."
)
SCHOOL: Final = "23.12.2026 bis 09.01.2027\n22.03.2027 bis 03.04.2027\n28.06.2027 bis 06.08.2027"
MARKET, MILL, CHURCH, HALL = "Marktplatz", "Alte Mühle", "Stadtkirche", "Gemeindesaal"
_AT: Final = {
    MARKET: "Marktplatz, 35999 Erlenfurt",
    MILL: "Mühlstraße 22, 35999 Erlenfurt",
    CHURCH: "Kirchgasse 2, 35999 Erlenfurt",
    HALL: "Kirchgasse 4, 35999 Erlenfurt",
}
_MO, _TU, _WE, _TH, _FR, _SA, _SU = range(7)


def _event(
    slug: str, title: str, when: tuple[int, int, str, str], where: str, category: str, text: str, **more: Any
) -> dict[str, Any]:
    """when: weeks from now, weekday, begin and end. where: slug of a place of the register, or a name."""
    return {
        "slug": slug,
        "title": title,
        "when": when,
        "where": where,
        "categories": category,
        "text": text,
        **more,
    }


_ALL: Final = (
    _event("wochenmarkt", "Wochenmarkt", (0, _FR, "8:00", "13:00"), MARKET, "Markt",
        "Gemüse und Obst aus der Region, Brot, Käse, Fisch und Blumen. Bei Sturm fällt der Markt aus.",
        repeats="weekly", skip_holidays=True, organiser="Stadt Erlenfurt", wheelchair=True, hero="marktplatz"),
    _event("vorlesestunde", "Vorlesestunde für Kinder ab vier", (0, _TH, "15:30", "16:15"), "stadtbuecherei", "Kinder und Familie",
        "Lesepatinnen lesen vor, danach wird gemalt. Ohne Anmeldung.",
        repeats="weekly", skip_school=True, skip_holidays=True, audience="Kinder ab vier Jahren", price="Eintritt frei",
        organiser="Stadtbücherei Erlenfurt", hero="buecherei"),
    _event("chorprobe", "Chorprobe der Chorgemeinschaft", (0, _TU, "19:30", "21:00"), HALL, "Konzert",
        "Neue Stimmen sind willkommen, vor allem Tenor und Bass. Noten lesen muss niemand können.",
        repeats="weekly", skip_school=True, organiser="Chorgemeinschaft Erlenfurt", wheelchair=True),
    _event("seniorencafe", "Café der Begegnung", (1, _WE, "14:30", "17:00"), HALL, "Seniorinnen und Senioren",
        "Kaffee, Kuchen und Gespräche. Wer nicht gut zu Fuß ist, wird abgeholt; bitte melden Sie sich dafür zwei Tage vorher.",
        repeats="monthly-weekday", audience="Ältere Bürgerinnen und Bürger", price="Kaffee und Kuchen gegen Spende",
        organiser="Seniorenbeirat Erlenfurt", wheelchair=True, induction_loop=True, quiet=True),
    _event("repaircafe", "Reparaturtreff", (2, _SA, "10:00", "13:00"), MILL, "Markt",
        "Ehrenamtliche helfen, Geräte, Kleidung und Fahrräder wieder in Gang zu bringen. Ersatzteile bringen Sie bitte mit.",
        repeats="monthly-weekday", price="kostenlos, Spende willkommen", organiser="Werkstattverein Alte Mühle", hero="werkstatt"),
    _event("stadtfuehrung", "Stadtführung: Markt, Mühle, Mauer", (1, _SU, "14:00", "15:30"), MARKET, "Führung",
        "Ein Gang durch vierhundert Jahre Stadtgeschichte. Treffpunkt ist der Brunnen vor dem Rathaus.",
        repeats="weekly", every=2, price="4 Euro, Kinder frei", organiser="Heimatverein Erlenfurt"),
    _event("stadtverordnetenversammlung", "Sitzung der Stadtverordnetenversammlung", (2, _TH, "19:00", "22:00"), "rathaus",
        "Rat und Verwaltung", "Die Sitzung ist öffentlich. Zu Beginn können Einwohnerinnen und Einwohner eine Viertelstunde lang fragen.",
        repeats="monthly-weekday", skip_school=True, organiser="Stadt Erlenfurt", price="Eintritt frei", wheelchair=True, induction_loop=True),
    _event("sprechstunde-buergermeisterin", "Sprechstunde der Bürgermeisterin", (1, _MO, "16:00", "18:00"), "rathaus",
        "Rat und Verwaltung", "Ohne Anmeldung, in der Reihenfolge, in der Sie kommen. Auf Wunsch wird in Gebärdensprache übersetzt; bitte sagen Sie es eine Woche vorher.",
        repeats="monthly-weekday", organiser="Stadt Erlenfurt", wheelchair=True, sign_language=True),
    _event("eltern-kind-turnen", "Eltern-Kind-Turnen", (0, _WE, "16:00", "17:00"), "Turnhalle der Grundschule am Markt", "Sport",
        "Klettern, rollen, balancieren. Bitte Turnschläppchen mitbringen; die erste Stunde ist zum Ausprobieren.",
        repeats="weekly", skip_school=True, skip_holidays=True, audience="Kinder von zwei bis vier Jahren mit einem Erwachsenen",
        organiser="Turnverein Erlenfurt"),
    _event("lauftreff", "Lauftreff an der Weide", (0, _SA, "9:00", "10:15"), "Parkplatz am Weidebad", "Sport",
        "Drei Gruppen: gehen, langsam laufen, schnell laufen. Niemand läuft allein.",
        repeats="weekly", organiser="Turnverein Erlenfurt", price="kostenlos"),
    _event("schach", "Schachabend für alle", (0, _FR, "19:00", "22:00"), "Jugendzentrum", "Sport",
        "Bretter und Uhren sind da. Wer es lernen möchte, kommt um sieben.",
        repeats="weekly", every=2, organiser="Schachfreunde Weidental"),
    _event("spieletreff", "Spieletreff im Jugendzentrum", (0, _TU, "17:00", "20:00"), "Jugendzentrum", "Kinder und Familie",
        "Brett, Karten, Konsole: gespielt wird, was auf den Tisch kommt.",
        repeats="weekly", skip_school=True, audience="Von 10 bis 17 Jahren", organiser="Jugendzentrum Erlenfurt", price="Eintritt frei"),
    _event("leichte-sprache-treff", "Rathaus in Leichter Sprache: Fragen und Antworten", (3, _TU, "10:00", "11:30"), "rathaus",
        "Rat und Verwaltung", "Wir erklären einen Bescheid in Leichter Sprache. Sie können Ihre Post mitbringen.",
        organiser="Stadt Erlenfurt", price="kostenlos", wheelchair=True, easy_language=True, quiet=True),
    _event("kammerkonzert", "Kammerkonzert: Streicher und ein Klavier", (2, _SU, "17:00", "18:30"), CHURCH, "Konzert",
        "Drei Werke aus drei Jahrhunderten, dazwischen erzählt die Pianistin, was sie daran mag.",
        price="12 Euro, ermäßigt 6 Euro", organiser="Musikfreunde Erlenfurt", wheelchair=True, induction_loop=True),
    _event("orgelmusik", "Orgelmusik zur Marktzeit", (1, _FR, "11:00", "11:30"), CHURCH, "Konzert",
        "Eine halbe Stunde zuhören, den Korb stehen lassen.", price="Eintritt frei", organiser="Kirchenmusik an der Stadtkirche"),
    _event("theater-der-revisor", "Theater: Der neue Amtsrat", (3, _FR, "19:30", "21:45"), MILL, "Theater",
        "Eine Komödie über eine kleine Stadt, die Besuch erwartet. Drei Vorstellungen.",
        extra_days=((3, _SA), (4, _SA)), price="9 Euro", organiser="Bühne Alte Mühle", hero="fest"),
    _event("vortrag-hochwasser", "Vortrag: Was tun, wenn die Weide steigt?", (1, _TH, "19:00", "20:30"), "Gerätehaus der Feuerwehr", "Vortrag",
        "Die Feuerwehr zeigt, wie man Keller sichert, wo es Sandsäcke gibt und was im Haus bereitliegen sollte.",
        price="Eintritt frei", organiser="Freiwillige Feuerwehr Erlenfurt", wheelchair=True, hero="hochwasser"),
    _event("vortrag-heizung", "Vortrag: Heizung tauschen im alten Haus", (2, _TU, "18:30", "20:00"), "rathaus", "Vortrag",
        "Die Energieberatung des Landkreises rechnet drei Beispiele vor und beantwortet Fragen.",
        price="Eintritt frei", organiser="Stadt Erlenfurt", online="https://sitzung.erlenfurt.example/heizung", wheelchair=True),
    _event("waldbegang", "Waldbegang: Wie geht es unserem Wald?", (3, _SA, "10:00", "12:30"), "Wanderparkplatz Oberholz", "Führung",
        "Der Förster zeigt, wo neu gepflanzt wird und welche Bäume die Trockenheit überstehen. Feste Schuhe sind nötig.",
        organiser="Stadt Erlenfurt", price="kostenlos", hero="wald"),
    _event("flohmarkt-kita", "Flohmarkt rund ums Kind", (2, _SA, "14:00", "16:00"), "Kita Sonnenwiese", "Markt",
        "Kleidung, Spielzeug und Fahrräder, dazu Kaffee und Waffeln. Der Erlös ist für den Garten.",
        organiser="Förderverein der Kita Sonnenwiese", hero="kita"),
    _event("blutspende", "Blutspende", (4, _WE, "15:30", "20:00"), HALL, "Gesundheit",
        "Bitte bringen Sie einen Ausweis mit und trinken Sie vorher genug.",
        organiser="Ortsverein des Rettungsdienstes", price="kostenlos", wheelchair=True),
    _event("silbenraetsel", "Leseabend: Krimis aus kleinen Städten", (2, _WE, "19:00", "20:30"), "stadtbuecherei", "Vortrag",
        "Drei Erlenfurterinnen lesen aus ihren Lieblingskrimis. Getränke gibt es am Tresen.",
        price="Eintritt frei", organiser="Stadtbücherei Erlenfurt"),
    _event("kinderkino", "Kinderkino in der Mühle", (1, _SA, "15:00", "16:40"), MILL, "Kinder und Familie",
        "Welcher Film läuft, steht eine Woche vorher am Eingang.", audience="Kinder ab sechs Jahren", price="3 Euro",
        organiser="Werkstattverein Alte Mühle", status="EventCancelled",
        status_note="Der Projektor ist defekt. Gekaufte Karten gelten beim nächsten Mal."),
    _event("tanztee", "Tanztee mit dem Weidental-Trio", (3, _SU, "15:00", "18:00"), HALL, "Seniorinnen und Senioren",
        "Langsamer Walzer, Foxtrott und was Sie sich wünschen.", organiser="Seniorenbeirat Erlenfurt", price="5 Euro",
        status="EventRescheduled", moved_weeks=1, status_note="Der Saal war doppelt vergeben; bitte entschuldigen Sie.", wheelchair=True),
    _event("elternabend-medien", "Elternabend: Kinder und Handys", (3, _MO, "19:30", "21:00"), "Grundschule am Markt", "Vortrag",
        "Wie viel ist zu viel? Eine Beraterin gibt Regeln, die zu Hause funktionieren.",
        organiser="Elternbeirat der Grundschule am Markt", status="EventMovedOnline",
        online="https://sitzung.erlenfurt.example/elternabend", status_note="Wegen der Bauarbeiten in der Schule treffen wir uns online.", price="kostenlos"),
    _event("muehlenfest", "Mühlenfest", (6, _SA, "", ""), MILL, "Fest",
        "Zwei Tage mit Musik, Führungen durch das Mahlwerk und Brot aus dem Holzofen.",
        days=2, organiser="Heimatverein Erlenfurt", price="Eintritt frei", hero="fest"),
    _event("woche-des-ehrenamts", "Woche des Ehrenamts", (5, _MO, "", ""), "Verschiedene Orte in Erlenfurt", "Fest",
        "Vereine zeigen, was sie tun, und suchen Menschen, die mitmachen. Das Heft liegt im Bürgerbüro.",
        days=6, organiser="Stadt Erlenfurt", price="kostenlos", hero="lesepaten"),
    _event("hallenturnier", "Hallenturnier der Jugendmannschaften", (4, _SA, "9:00", "17:00"), "Turnhalle der Grundschule am Markt", "Sport",
        "Zwölf Mannschaften aus dem Weidental spielen um den Wanderpokal.", organiser="Sportfreunde Erlenfurt", price="2 Euro"),
    _event("pflanzentausch", "Pflanzentausch am Rathaus", (5, _SA, "10:00", "12:00"), MARKET, "Markt",
        "Wer zu viel hat, bringt mit; wer zu wenig hat, nimmt mit. Auch Samen und Töpfe.", organiser="Gartenfreunde Hinterweide", price="kostenlos"),
    _event("nachtwaechter", "Mit dem Nachtwächter durch die Altstadt", (2, _FR, "20:00", "21:15"), MARKET, "Führung",
        "Mit Laterne und Horn. Der Weg hat Kopfsteinpflaster und zwei Treppen.", organiser="Heimatverein Erlenfurt", price="6 Euro",
        repeats="monthly-weekday"),
)  # fmt: skip


def events(today: date) -> list[dict[str, Any]]:
    """The fields of each, with days reckoned from `today`; hero, where, text and extra dates as words."""
    monday = today - timedelta(days=today.weekday())
    return [_dated(entry, monday) for entry in _ALL]


def _dated(entry: dict[str, Any], monday: date) -> dict[str, Any]:
    given = dict(entry)
    weeks, weekday, begins, ends = given.pop("when")
    first = monday + timedelta(days=7 * weeks + weekday)
    given |= {"first_day": first, "begins": _time(begins), "ends": _time(ends), "all_day": not begins}
    if days := given.pop("days", 0):
        given["last_day"] = first + timedelta(days=days - 1)
    if more := given.pop("extra_days", ()):
        other = (monday + timedelta(days=7 * week + day) for week, day in more)
        given["extra_dates"] = "\n".join(f"{day:%d.%m.%Y}" for day in other)
    if moved := given.pop("moved_weeks", 0):
        given["moved_from"] = f"{first - timedelta(days=7 * moved)}T{begins.zfill(5)}"
    given["hero"] = picture(given["hero"]) if "hero" in given else None
    given["address"] = _AT.get(given["where"], "")
    return given


def _time(text: str) -> time | None:
    return time.fromisoformat(text.zfill(5)) if text else None
