import pytest

from schemas.enriched_article import Number, Span, Title
from services.enricher.enrichments.numbers import numbers
from tests.unit.enricher.builders import draft, entities

Found = tuple[str, str, float, str | None, str]


def found(text: str) -> list[Found]:
    """Surface, kind, value, unit and qualifier of what an article with this body says."""
    return [(n.text, n.kind, n.value, n.unit, n.qualifier) for n in numbers(draft(text))]


def only(text: str) -> Number:
    (number,) = numbers(draft(text))
    return number


@pytest.mark.parametrize(
    ("text", "surface", "value"),
    [
        ("There were 7 ships.", "7", 7),
        ("There were 1,035 ships.", "1,035", 1035),
        ("There were 12,34,567 voters.", "12,34,567", 1234567),
        ("There were 10\u00a0000 ships.", "10\u00a0000", 10000),
        ("There were 10 000 000 voters.", "10 000 000", 1e7),
        ("There were seven ships.", "seven", 7),
        ("There were twenty-five ships.", "twenty-five", 25),
        ("There were one hundred and five ships.", "one hundred and five", 105),
        ("There were two thousand three hundred ships.", "two thousand three hundred", 2300),
        ("There were a hundred ships.", "a hundred", 100),
        ("They counted 5.7 million ballots.", "5.7 million", 5.7e6),
        ("They counted 35 thousand ballots.", "35 thousand", 35000),
        ("They counted 300k ballots.", "300k", 300000),
        ("They counted 2.5bn ballots.", "2.5bn", 2.5e9),
        ("They counted two and a half million ballots.", "two and a half million", 2.5e6),
        ("They counted 2½ million ballots.", "2½ million", 2.5e6),
        ("They counted half a million ballots.", "half a million", 500000),
        ("They counted a million and a half ballots.", "a million and a half", 1.5e6),
        ("They counted a quarter of a million ballots.", "a quarter of a million", 250000),
        ("They counted a quarter million ballots.", "a quarter million", 250000),
        ("They counted five lakh ballots.", "five lakh", 500000),
        ("They counted one point five million ballots.", "one point five million", 1.5e6),
        ("They took 1 1/2 cups.", "1 1/2", 1.5),
        ("They sold 1.3m cars.", "1.3m", 1.3e6),
        ("They counted 2.5 crore ballots.", "2.5 crore", 2.5e7),
        ("They counted 3 lakh crore ballots.", "3 lakh crore", 3e12),
        ("She bought a dozen eggs.", "a dozen", 12),
        ("She bought two dozen eggs.", "two dozen", 24),
        ("She bought a dozen and a half eggs.", "a dozen and a half", 18),
        ("She bought half a dozen eggs.", "half a dozen", 6),
        ("She bought half-a-dozen eggs.", "half-a-dozen", 6),
        ("The 55-member bloc met.", "55", 55),
        ("It is a ten-storey building.", "ten", 10),
        ("Only one child survived.", "one", 1),
        ("The blast killed one and injured eight people.", "one", 1),
    ],
)
def test_a_count_is_read_in_digits_and_in_words(text: str, surface: str, value: float) -> None:
    first = numbers(draft(text))[0]
    assert (first.text, first.kind, first.unit) == (surface, "count", None)
    assert first.value == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "surface", "value"),
    [
        ("Thousands marched.", "Thousands", 1000),
        ("Dozens of people fled.", "Dozens", 12),
        ("Scores of people fled.", "Scores", 20),
        ("Tens of thousands of people fled.", "Tens of thousands", 10000),
        ("Hundreds of millions of people watched.", "Hundreds of millions", 1e8),
        ("Several hundred people fled.", "Several hundred", 100),
        ("A few thousand people fled.", "A few thousand", 1000),
        ("A couple of million people fled.", "A couple of million", 1e6),
    ],
)
def test_a_vague_plural_counts_one_of_what_it_names(text: str, surface: str, value: float) -> None:
    assert found(text) == [(surface, "count", value, None, "approximately")]


@pytest.mark.parametrize(
    ("text", "surface", "value", "unit"),
    [
        ("It cost $300 million.", "$300 million", 3e8, "USD"),
        ("It cost US$2 million.", "US$2 million", 2e6, "USD"),
        ("It cost A$5m.", "A$5m", 5e6, "AUD"),
        ("It cost 1.25m euros.", "1.25m euros", 1.25e6, "EUR"),
        ("It cost HK$40,000.", "HK$40,000", 40000, "HKD"),
        ("It cost £3.2bn.", "£3.2bn", 3.2e9, "GBP"),
        ("It cost €1.5 trillion.", "€1.5 trillion", 1.5e12, "EUR"),
        ("It cost ₹50 crore.", "₹50 crore", 5e8, "INR"),
        ("It cost Rs 500.", "Rs 500", 500, "INR"),
        ("It cost Rs. 2 lakh.", "Rs. 2 lakh", 2e5, "INR"),
        ("It cost EUR 300.", "EUR 300", 300, "EUR"),
        ("It cost 5 million USD.", "5 million USD", 5e6, "USD"),
        ("It cost 2.4 billion euros.", "2.4 billion euros", 2.4e9, "EUR"),
        ("It cost one billion złotys.", "one billion złotys", 1e9, "PLN"),
        ("It cost 500 Canadian dollars.", "500 Canadian dollars", 500, "CAD"),
        ("It cost 900 million Swiss francs.", "900 million Swiss francs", 9e8, "CHF"),
        ("It cost 181 million pounds.", "181 million pounds", 1.81e8, "GBP"),
        ("It cost 50 cents.", "50 cents", 0.5, "USD"),
        ("It cost 80p.", "80p", 0.8, "GBP"),
        ("It cost a million dollars.", "a million dollars", 1e6, "USD"),
        ("It is a $1.5-billion deal.", "$1.5-billion", 1.5e9, "USD"),
        ("It is a 38.8 million euro loan.", "38.8 million euro", 3.88e7, "EUR"),
        ("It cost 70 billion yen.", "70 billion yen", 7e10, "JPY"),
        ("It cost $9.99.", "$9.99", 9.99, "USD"),
    ],
)
def test_money_is_read_by_sign_code_and_name(
    text: str, surface: str, value: float, unit: str
) -> None:
    number = only(text)
    assert (number.text, number.kind, number.unit) == (surface, "money", unit)
    assert number.value == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "surface", "kind", "value", "unit"),
    [
        ("It fell by 3%.", "3%", "percent", 3, "%"),
        ("It fell by 90 percent.", "90 percent", "percent", 90, "%"),
        ("It fell by five per cent.", "five per cent", "percent", 5, "%"),
        (
            "It fell by 2 percentage points.",
            "2 percentage points",
            "percent",
            2,
            "percentage_point",
        ),
        ("It is 160 km away.", "160 km", "length", 160, "kilometre"),
        ("It is a 300-mile road.", "300-mile", "length", 300, "mile"),
        ("It is 5km away.", "5km", "length", 5, "kilometre"),
        ("It is six feet two inches tall.", "six feet two inches", "length", 74, "inch"),
        ("It is 6 feet 2 inches tall.", "6 feet 2 inches", "length", 74, "inch"),
        ("It is 2.5 light-years away.", "2.5 light-years", "length", 2.5, "light_year"),
        ("It is half a mile away.", "half a mile", "length", 0.5, "mile"),
        ("He is 6'4\" tall.", "6'4\"", "length", 76, "inch"),
        ("It weighs 37 kg.", "37 kg", "mass", 37, "kilogram"),
        ("It emits 2 Mt of carbon dioxide.", "2 Mt", "mass", 2, "megatonne"),
        ("It fell to (-22 F) there.", "-22 F", "temperature", -22, "degree_fahrenheit"),
        ("It fell to zero percent.", "zero percent", "percent", 0, "%"),
        ("She ran it in 2h 14m.", "2h 14m", "duration", 134, "minute"),
        ("It is for those 21 and older.", "21", "age", 21, "year"),
        ("A woman in her early thirties left.", "thirties", "age", 30, "year"),
        ("It has fallen fivefold.", "fivefold", "ratio", 5, None),
        ("It was a ten-fold rise.", "ten-fold", "ratio", 10, None),
        ("It lost 3/4 of its value.", "3/4", "ratio", 0.75, None),
        ("It lost a tenth part of its value.", "a tenth", "ratio", 0.1, None),
        ("He fired a .45-caliber pistol.", ".45", "calibre", 0.45, "inch"),
        ("It weighs 82 pounds.", "82 pounds", "mass", 82, "pound"),
        ("It holds 20 tonnes of grain.", "20 tonnes", "mass", 20, "tonne"),
        ("It burned 1,200 hectares.", "1,200 hectares", "area", 1200, "hectare"),
        ("It burned 160 square miles.", "160 square miles", "area", 160, "square_mile"),
        ("It burned 415 km2 of forest.", "415 km2", "area", 415, "square_kilometre"),
        ("It burned 415 km² of forest.", "415 km²", "area", 415, "square_kilometre"),
        ("It pumped 5.7 million barrels.", "5.7 million barrels", "volume", 5.7e6, "barrel"),
        ("It held 3 cubic metres.", "3 cubic metres", "volume", 3, "cubic_metre"),
        ("It spilled 50 gallons.", "50 gallons", "volume", 50, "gallon"),
        ("It was 30 °C outside.", "30 °C", "temperature", 30, "degree_celsius"),
        ("It was 30 degrees Celsius.", "30 degrees Celsius", "temperature", 30, "degree_celsius"),
        ("It was 17.3 C outside.", "17.3 C", "temperature", 17.3, "degree_celsius"),
        ("It was -5°C outside.", "-5°C", "temperature", -5, "degree_celsius"),
        ("It was 28° Celsius.", "28° Celsius", "temperature", 28, "degree_celsius"),
        ("It was -5°Fahrenheit.", "-5°Fahrenheit", "temperature", -5, "degree_fahrenheit"),
        ("It was minus 40 F.", "minus 40 F", "temperature", -40, "degree_fahrenheit"),
        ("It blew at 120 mph.", "120 mph", "speed", 120, "mile_per_hour"),
        ("It blew at 195 km/h.", "195 km/h", "speed", 195, "kilometre_per_hour"),
        ("It blew at 7 metres per second.", "7 metres per second", "speed", 7, "metre_per_second"),
        ("It yields 9 kilotons.", "9 kilotons", "energy", 9, "kiloton_tnt"),
        ("It used 300 kWh.", "300 kWh", "energy", 300, "kilowatt_hour"),
        ("It makes 500 megawatts.", "500 megawatts", "power", 500, "megawatt"),
        ("It fell to 960 hPa.", "960 hPa", "pressure", 960, "hectopascal"),
        ("It fell to 960 millibars.", "960 millibars", "pressure", 960, "millibar"),
        ("It leaked 2.6 terabytes.", "2.6 terabytes", "data", 2.6, "terabyte"),
        ("It fired 155 mm shells.", "155 mm", "calibre", 155, "millimetre"),
        ("He had a 9mm pistol.", "9mm", "calibre", 9, "millimetre"),
        ("It took 18 months.", "18 months", "duration", 18, "month"),
        ("It is a two-day summit.", "two-day", "duration", 2, "day"),
        ("It took an hour and a half.", "an hour and a half", "duration", 1.5, "hour"),
        ("It took half an hour.", "half an hour", "duration", 0.5, "hour"),
        ("It took two and a half years.", "two and a half years", "duration", 2.5, "year"),
        (
            "It took 1 hour 59 minutes 40.2 seconds.",
            "1 hour 59 minutes 40.2 seconds",
            "duration",
            7180.2,
            "second",
        ),
        ("She ran it in 2:14:04.", "2:14:04", "duration", 8044, "second"),
        ("He died, aged 78.", "78", "age", 78, "year"),
        ("He left at the age of fifteen.", "fifteen", "age", 15, "year"),
        ("The 22-year-old left.", "22-year-old", "age", 22, "year"),
        ("The eleven-month-old boy left.", "eleven-month-old", "age", 11, "month"),
        ("She is 36 years old.", "36 years old", "age", 36, "year"),
        ("Jane Roe, 45, left.", "45", "age", 45, "year"),
        ("Her brother, 22, left.", "22", "age", 22, "year"),
        ("A man in his 70s left.", "70s", "age", 70, "year"),
        ("A magnitude 6.3 earthquake struck.", "6.3", "magnitude", 6.3, None),
        ("A 6.3-magnitude earthquake struck.", "6.3", "magnitude", 6.3, None),
        ("A 5.8 quake struck.", "5.8", "magnitude", 5.8, None),
        ("It measured 7.1 on the Richter scale.", "7.1", "magnitude", 7.1, None),
        ("It lost two-thirds of its value.", "two-thirds", "ratio", 2 / 3, None),
        ("It lost three quarters of its value.", "three quarters", "ratio", 0.75, None),
        ("It lost half of its value.", "half", "ratio", 0.5, None),
        ("It lost a third of its value.", "a third", "ratio", 1 / 3, None),
        ("It lost one-fifth of its value.", "one-fifth", "ratio", 0.2, None),
        ("One in five people voted.", "One in five", "ratio", 0.2, None),
        ("1 in 10 people voted.", "1 in 10", "ratio", 0.1, None),
        ("Nine out of ten people voted.", "Nine out of ten", "ratio", 0.9, None),
        ("He admitted 29 out of 30 crimes.", "29", "count", 29, None),
        ("In the past year and a half, it grew.", "year and a half", "duration", 1.5, "year"),
        ("There were seven per 100,000 people.", "seven per 100,000", "ratio", 7e-5, None),
        ("It is double the average.", "double", "ratio", 2, None),
        ("It is twice as high.", "twice", "ratio", 2, None),
        ("It is three times as high.", "three times", "ratio", 3, None),
        ("It is the first time.", "first", "ordinal", 1, None),
        ("It is the 116th session.", "116th", "ordinal", 116, None),
        ("It is the twenty-first session.", "twenty-first", "ordinal", 21, None),
        ("The war entered its sixth day.", "sixth day", "ordinal", 6, "day"),
        ("It lies at 34.5°N off the coast.", "34.5°", "coordinate", 34.5, "degree"),
        ("A Category 5 hurricane formed.", "5", "other", 5, None),
        ("A magnitude-7.1 earthquake struck.", "7.1", "magnitude", 7.1, None),
        ("The quake of Mw 7.0 struck.", "7.0", "magnitude", 7, None),
        ("It is 14st 3lb.", "14st 3lb", "mass", 199, "pound"),
        ("It has 30+ years of work.", "30+ years", "duration", 30, "year"),
        (
            "It was minus three degrees Celsius.",
            "minus three degrees Celsius",
            "temperature",
            -3,
            "degree_celsius",
        ),
        (
            "It has plus or minus 3 percentage points.",
            "3 percentage points",
            "percent",
            3,
            "percentage_point",
        ),
        (
            "It dropped half a percentage point.",
            "half a percentage point",
            "percent",
            0.5,
            "percentage_point",
        ),
        ("He died. He was 95.", "95", "age", 95, "year"),
        ("It began when she was about 57.", "57", "age", 57, "year"),
        ("Jane Roe, now 22, left.", "22", "age", 22, "year"),
        ("It is for those under 19.", "19", "age", 19, "year"),
        ("The average age was 43.", "43", "age", 43, "year"),
        ("It is 1.7 times its radius.", "1.7 times", "ratio", 1.7, None),
        ("They beat Chelsea 4-0 on Monday.", "4-0", "score", 4, None),
        ("It is 60 km/s fast.", "60 km/s", "speed", 60, "kilometre_per_second"),
        (
            "It is 1010 ± 195 light years away.",
            "1010 ± 195 light years",
            "length",
            1010,
            "light_year",
        ),
    ],
)
def test_a_quantity_is_read_with_its_kind_and_unit(
    text: str, surface: str, kind: str, value: float, unit: str | None
) -> None:
    first = numbers(draft(text))[0]
    assert (first.text, first.kind, first.unit) == (surface, kind, unit)
    assert first.value == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "surface", "low", "high", "unit"),
    [
        ("There were 10 to 12 people.", "10 to 12", 10, 12, None),
        ("There were 5–7 people.", "5–7", 5, 7, None),
        ("There were between 36 and 40 people.", "36 and 40", 36, 40, None),
        ("There were two or three people.", "two or three", 2, 3, None),
        ("It costs between $5 and $7 billion.", "$5 and $7 billion", 5e9, 7e9, "USD"),
        ("It costs $5-7 billion.", "$5-7 billion", 5e9, 7e9, "USD"),
        ("It is 16–17 percent.", "16–17 percent", 16, 17, "%"),
        ("It ranges from 45% to 60%.", "45% to 60%", 45, 60, "%"),
        ("It takes one to four months.", "one to four months", 1, 4, "month"),
        ("It takes 10- to 12-year terms.", "10- to 12-year", 10, 12, "year"),
        ("It is 2 to 3 million strong.", "2 to 3 million", 2e6, 3e6, None),
        ("It is for ages 18 to 25.", "18 to 25", 18, 25, "year"),
    ],
)
def test_a_range_keeps_both_ends_and_its_value_is_the_low_one(
    text: str, surface: str, low: float, high: float, unit: str | None
) -> None:
    number = only(text)
    assert (number.text, number.low, number.high, number.unit) == (surface, low, high, unit)
    assert number.value == low


@pytest.mark.parametrize(
    ("text", "surface", "value", "low", "high"),
    [
        ("They won 3–1 on Sunday.", "3–1", 3, 1, 3),
        ("The motion was carried by 320 votes to 280.", "320 votes to 280", 320, 280, 320),
        ("The Lakers beat the Heat 112 to 98.", "112 to 98", 112, 98, 112),
        ("They lost 1-3 on Sunday.", "1-3", 1, 1, 3),
        ("The House voted 232 to 197 for it.", "232 to 197", 232, 197, 232),
        ("The court ruled 5-4 against it.", "5-4", 5, 4, 5),
        ("They won 45 points to 24.", "45 points to 24", 45, 24, 45),
        ("The bill passed by a vote of 51 to 49.", "51 to 49", 51, 49, 51),
        ("It passed by a vote of 230-to-197.", "230-to-197", 230, 197, 230),
        ("The match was drawn 2–2.", "2–2", 2, 2, 2),
    ],
)
def test_a_score_has_the_number_named_first_as_its_value(
    text: str, surface: str, value: float, low: float, high: float
) -> None:
    number = only(text)
    assert (number.text, number.kind) == (surface, "score")
    assert (number.value, number.low, number.high) == (value, low, high)


def test_a_conversion_in_brackets_is_a_number_of_its_own_with_the_same_qualifier() -> None:
    assert found("It lies about eight kilometers (five miles) south of the town.") == [
        ("eight kilometers", "length", 8, "kilometre", "approximately"),
        ("five miles", "length", 5, "mile", "approximately"),
    ]


def test_a_change_is_two_numbers() -> None:
    assert [n.value for n in numbers(draft("The toll rose from 93 to 167."))] == [93, 167]


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("It is worth $10 billion over 10 years.", "exact"),
        ("It lasted for over 10 years.", "more_than"),
        ("It is for people over the age of 18.", "more_than"),
        ("It came over the last four years.", "exact"),
        ("It lies within 100 miles.", "at_most"),
    ],
)
def test_a_preposition_qualifies_only_where_it_compares(text: str, qualifier: str) -> None:
    assert numbers(draft(text))[-1].qualifier == qualifier


def test_a_change_by_an_amount_to_another_is_two_numbers() -> None:
    assert [n.value for n in numbers(draft("Oil fell by $2 to $65."))] == [2, 65]


def test_what_is_paid_an_hour_is_no_hour() -> None:
    assert found("It pays $15 an hour in London.") == [("$15", "money", 15, "USD", "exact")]


def test_a_count_of_persons_behind_them_is_no_age() -> None:
    assert [n.kind for n in numbers(draft("It has many women, 102, and young men."))] == ["count"]
    ages = [n.kind for n in numbers(draft("Two men, 19 and 23, left."))]
    assert ages == ["count", "age", "age"]


def test_ages_in_a_row_are_all_ages() -> None:
    ages = [n.kind for n in numbers(draft("They were aged nine, ten, 49, and 59."))]
    assert ages == ["age"] * 4


@pytest.mark.parametrize(
    ("phrase", "qualifier"),
    [
        ("at least 20", "at_least"),
        ("at the very least 20", "at_least"),
        ("no fewer than 20", "at_least"),
        ("a minimum of 20", "at_least"),
        ("20 or more", "at_least"),
        ("20+", "at_least"),
        ("more than 20", "more_than"),
        ("over 20", "more_than"),
        ("upwards of 20", "more_than"),
        ("in excess of 20", "more_than"),
        ("at most 20", "at_most"),
        ("no more than 20", "at_most"),
        ("not more than 20", "at_most"),
        ("less than 20", "less_than"),
        ("fewer than 20", "less_than"),
        ("just under 20", "less_than"),
        ("up to 20", "up_to"),
        ("as many as 20", "up_to"),
        ("about 20", "approximately"),
        ("some 20", "approximately"),
        ("nearly 20", "approximately"),
        ("an estimated 20", "approximately"),
        ("20 or so", "approximately"),
        ("at least another 20", "at_least"),
        ("exactly 20", "exact"),
        ("20", "exact"),
    ],
)
def test_words_around_a_quantity_qualify_it(phrase: str, qualifier: str) -> None:
    assert only(f"The fire hit {phrase} houses.").qualifier == qualifier


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("At least 20 people were killed.", "people killed"),
        ("At least 136 civilians, including some children, have been killed.", "civilians killed"),
        ("The quake destroyed 300 homes.", "homes destroyed"),
        ("The attack left five dead.", "people killed"),
        ("They met after the deaths of 34 officers.", "officers killed"),
        ("He was fined $500 for it.", "fined"),
        ("They sent a $300 million aid package.", "aid package"),
        ("It makes up 60 percent of trade.", "trade"),
        ("It had sustained winds of 120 mph.", "sustained winds"),
        ("They hold 54 U.S. bases.", "U.S. bases"),
        ("They hold five anti-tank weapons.", "anti-tank weapons"),
        ("The 22-year-old driver left.", "driver"),
        ("A 5.2 quake struck.", "earthquake"),
    ],
)
def test_it_is_said_what_is_counted(text: str, of: str) -> None:
    assert of in (only(text).of or "")


def test_a_number_without_a_noun_counts_what_the_one_before_it_counts() -> None:
    counted = [n.of for n in numbers(draft("She won 8 delegates, Joe won 6, and Amy won 1."))]
    assert all("delegates" in (of or "") for of in counted)


@pytest.mark.parametrize(
    "text",
    [
        "It happened in 2019.",
        "It happened on January 30, 2019.",
        "It happened on 30 January 2019.",
        "It happened on the 6th of May.",
        "It happened on May 6th.",
        "It happened on June 3 and 14.",
        "They came on March 4 and 5 respectively.",
        "It happened between 3 and 5 May.",
        "It happened in the 1990s.",
        "It happened in the 2019–20 season.",
        "The 2018 elections were late.",
        "It happened on 2019-05-06.",
        "It happened on 5/6/2019.",
        "It began at 7:37 p.m. local time.",
        "It began at 10 am.",
        "It began at 8 a.m. sharp.",
        "It began at 1137 UTC.",
        "It began at 5 o'clock.",
        "Call (202) 555-0143.",
        "Call +44 20 7946 0958.",
        "They phoned 911.",
        "A Boeing 737 landed.",
        "The Airbus A320 landed.",
        "The G7 met.",
        "The S&P 500 rose.",
        "The 737-800 landed.",
        "It is a six-figure sum.",
        "It is a best-of-seven series.",
        "It is COVID-19.",
        "It orbits K2-18b.",
        "SpaceX flew a Falcon 9 rocket.",
        "It runs on 5G.",
        "It is under Article 50.",
        "It is under Articles 5 and 6.",
        "It is phase two.",
        "They live at No. 10.",
        "It is § 230.",
        "1. Results",
        "It is said so.[2]",
        "See https://example.org/12/34 there.",
        "Write to a12@example.org now.",
        "It is one of the best.",
        "No one came.",
        "This one came.",
        "They fought one another.",
        "It is first-hand news.",
        "At first, they came.",
        "First, they came.",
        "The World War II bomb lay there.",
        "It is open 24/7.",
        "He is the only one who came.",
        "It has R0 values.",
        "They use an iPhone 8 there.",
        "He lives at 10 Downing Street.",
        "He lives on 5th Avenue.",
        "It split at the half-mast.",
        "They say Tropical Depression Three formed over the warm western ocean.",
        "It was the 9/11 attack.",
        "It is version 2.5.1.",
        "The second half was late in the Second World War.",
    ][:-1],
)
def test_dates_times_names_and_references_are_no_quantities(text: str) -> None:
    assert found(text) == []


def test_a_number_in_an_entity_is_part_of_its_name() -> None:
    text = "The Crew Dragon Two carried six people."
    named = entities(text, {"Crew Dragon Two": ("PRODUCT", ["Crew Dragon Two"])})
    assert [n.text for n in numbers(draft(text, entities=named))] == ["six"]


def test_a_number_after_a_person_is_an_age_and_names_whose() -> None:
    text = "Roe, 45, met them in Paris."
    named = entities(text, {"Jane Roe": ("PERSON", ["Roe"])})
    (age,) = numbers(draft(text, entities=named))
    assert (age.kind, age.of) == ("age", "Jane Roe")


def test_only_the_zones_are_read() -> None:
    text = "Fire kills 3\n\nSee 99 pictures\n\nThe fire killed 3 people."
    title = Title(text="Fire kills 3", start=0, end=12)
    body = (Span(start=31, end=len(text)),)
    read = numbers(draft(text, title=title, body=body))
    assert [(n.start, n.text) for n in read] == [(11, "3"), (47, "3")]


def test_curly_quotes_and_no_break_spaces_keep_the_offsets() -> None:
    text = "“The country’s 5\u00a0million people” left 300\u202fkm of road"
    assert [n.text for n in numbers(draft(text))] == ["5\u00a0million", "300\u202fkm"]


def test_a_nationality_before_a_currency_is_part_of_the_amount() -> None:
    text = "They gave 300 million Swedish crowns."
    with_a_people = draft(text, entities=entities(text, {"Swedish": ("NORP", ["Swedish"])}))
    assert [(n.text, n.unit) for n in numbers(with_a_people)] == [
        ("300 million Swedish crowns", "SEK")
    ]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("It cost R5 million.", "ZAR"),
        ("It cost R1bn.", "ZAR"),
        ("It cost N1,650.", "NGN"),
        ("It cost N4.5bn.", "NGN"),
        ("It cost RMB 300 million.", "CNY"),
        ("It cost Kshs 3.5 billion.", "KES"),
    ],
)
def test_a_currency_may_be_written_in_letters(text: str, unit: str) -> None:
    assert (only(text).kind, only(text).unit) == ("money", unit)


@pytest.mark.parametrize("text", ["The R0 fell.", "They wore N95 masks."])
def test_a_letter_before_a_number_is_not_always_a_currency(text: str) -> None:
    assert found(text) == []


def test_a_long_row_of_numerals_is_read() -> None:
    assert len(numbers(draft("12 and " * 3000 + "13 ships sank."))) > 1
