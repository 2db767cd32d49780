"""The verbs whose tense tells which way a date without a year looks."""

from __future__ import annotations

from app.analysis.dates.lexicon import words

FUTURE = words(
    "will ll shall plans planning expect expects expecting predict predicts predicting foresee foresees foreseeing forecasts "
    "forecasting anticipate anticipates anticipating scheduled slated due upcoming aims aiming intends hopes hoping going "
    "should must can payable effective"
)
#: Future before "to" ("agreed to sell in May"), whatever their own tense.
BEFORE_TO = words(
    "agreed agrees pledged pledges promised promises vowed vows offered offers decided committed plans planned expects expected "
    "hopes hoped intends intended aims wants wanted seeks seeking ready set about continue agreement plan proposal bid deal right"
)
#: Future in themselves, undecided after "was" or "had".
AWAITED = words("likely expected planned supposed scheduled slated due projected anticipated")
WAS = words("was were had")
#: What was meant at first may have been before or may be to come.
AT_FIRST = words("originally initially previously")
HYPOTHETICAL = words("would could might may")
MODAL = HYPOTHETICAL | words("will ll shall should")
#: With "have" after them, of what was.
PERHAPS = words("may might could must should")
NEGATED = words("neither nor nobody none nothing never")
REPORTING = words("said says announced told reported confirmed wrote added revealed disclosed promised predicted")
PAST = words(
    "was were had did has have said says told made began won didn wasn weren hadn hasn couldn lost sold bought built came "
    "became got gave took went saw found held kept led left met paid rose fell ran sent spent stood struck wrote hit cut "
    "drew grew knew threw chose broke spoke drove shut quit thought brought caught taught sought fought felt heard put let "
    "slid sank dug hung swung sued died since set tore wore swore woke froze stole bore bit hid rode rang sang shook fled "
    "dealt meant slept swept wept crept stuck swam drank shrank sprang withdrew forgot forbade overcame overtook undertook "
    "arose awoke bound clung flew flung lit repaid rewrote rebuilt retook shone spun stung strode understood upheld "
    "burst cast beat outdid oversaw foresaw bet laid lay ate sat shot blew bent lent fed bled fled spat underwent overthrew "
    "overran misread leapt knelt beaten born broken chosen drawn driven fallen hidden stolen sworn taken thrown torn "
    "withdrawn written"
)
HAVE = words("has have")
#: Participles of the past that are no past tense as well.
PARTICIPLES = words(
    "been become begun broken chosen come done drawn driven drunk eaten fallen flown forgotten forced frozen given gone grown "
    "hidden hurt known proven ridden risen run seen shown shrunk shut sung sunk spoken split spread stolen sworn taken thrown "
    "torn undergone withdrawn woken worn written"
)
#: A participle is so near to "has", with what may stand between ("has since been", "has not yet come").
TO_PARTICIPLE = 4
TELLING = FUTURE | BEFORE_TO | AWAITED | HYPOTHETICAL | PAST | {"forecast"}
#: A participle after one of these says nothing by itself; the words before tell.
BEFORE_A_PARTICIPLE = words(
    "be being to will would can could may might should must shall get getting stay stays remain remains not a an the its their "
    "still"
)
#: These are nouns after such words: "a rate cut", "the first hit".
NOUNS_TOO = words("cut hit shot bet cast set")
OF_NOUNS = words(
    "rate price tax pay job jobs output spending production supply budget first second third final next new further another deep "
    "sharp big small a an"
)
NOT_VERBS = words(
    "need speed feed seed exceed proceed succeed indeed hundred sacred embed breed greed creed steed united limited"
)
#: The present of "be", and what ends the part of a sentence to which a date belongs.
IS = words("is are")
BOUNDARIES = ",.)—;-"
#: No verb further away than this many tokens tells.
REACH = 60
