"""How English news says dates: each sentence with the dates in it; ? is what is left open."""

from dataclasses import replace

import pytest

from services.enricher.enrichments.dates import dates
from tests.unit.enricher.builders import draft, published

WEDNESDAY = "2019-10-16"

OF_ITSELF = """
It opened on May 3, 2018. | May 3, 2018 = 2018-05-03
It opened on 3 May 2018. | 3 May 2018 = 2018-05-03
It opened on the 6th of May 2018. | 6th of May 2018 = 2018-05-06
It opened on the 6th of May. | 6th of May = 2019-05-06
It opened on May 6th. | May 6th = 2019-05-06
It opened on the sixth of May. | sixth of May = 2019-05-06
It opened on 2018-05-03. | 2018-05-03 = 2018-05-03
It opened on 2018/05/03. | 2018/05/03 = 2018-05-03
It opened on 25/12/2018. | 25/12/2018 = 2018-12-25
It opened on 12/25/2018. | 12/25/2018 = 2018-12-25
It opened on 25.12.2018. | 25.12.2018 = 2018-12-25
It opened on 25-12-2018. | 25-12-2018 = 2018-12-25
It opened on 05/06/2018. | 05/06/2018 = ?
It opened at 2018-05-03T10:15:00Z. | 2018-05-03 = 2018-05-03
It opened on Thursday, May 3, 2018. | Thursday, May 3, 2018 = 2018-05-03
It opened on Thursday 3 May 2018. | Thursday 3 May 2018 = 2018-05-03
It opened on Thursday the 3rd of May 2018. | Thursday the 3rd of May 2018 = 2018-05-03
It opened on Thurs., Oct. 3. | Thurs., Oct. 3 = 2019-10-03
It opened on Tue, 3 Sep 2019. | Tue, 3 Sep 2019 = 2019-09-03
It opened on 3-May-2018. | 3-May-2018 = 2018-05-03
It opened on May 3rd 2018 in Rome. | May 3rd 2018 = 2018-05-03
It opened on MAY 3, 2018. | MAY 3, 2018 = 2018-05-03
It closed on Sept. 11, 2001, after attacks. | Sept. 11, 2001 = 2001-09-11
He was born on 1 January 1950 in Lyon. | 1 January 1950 = 1950-01-01
He was born on 14 July 1789. | 14 July 1789 = 1789-07-14
Columbus landed on October 12, 1492. | October 12, 1492 = 1492-10-12
The game is on 31 Oct. | 31 Oct. = 2019-10-31
It expires at midnight on 31 October. | 31 October = 2019-10-31
In May 2018, it closed. | May 2018 = 2018-05
It opened in Sept 2018. | Sept 2018 = 2018-09
It opened in May of 2018. | May of 2018 = 2018-05
The May 2018 vote was close. | May 2018 = 2018-05
It closed in May. | May = 2019-05
The election in November will be close. | November = 2019-11
It closed in 2018. | 2018 = 2018
It happened in 1066. | 1066 = 1066
The bridge, built in 1492, fell. | 1492 = 1492
He died in 44 BC. | 44 BC = ?
It dates from about 3000 BC. | 3000 BC = ?
It rose in the 1990s. | 1990s = ?
It rose in the '90s. | '90s = ?
It rose in the late 1980s. | 1980s = ?
It was written in the 19th century. | 19th century = ?
It was written in the nineteenth century. | nineteenth century = ?
It fell in mid-2018. | 2018 = 2018
It fell in early 2020. | 2020 = 2020
It fell in mid-July. | July = 2019-07
It is due by the end of May 2020. | May 2020 = 2020-05
It is due at the end of 2020. | 2020 = 2020
By the end of May it fell. | May = 2019-05
It began in summer 2019. | summer 2019 = 2019
It began in the summer of 2018. | summer of 2018 = 2018
It fell in spring 2018. | spring 2018 = 2018
It fell in the winter of 2017. | winter of 2017 = 2017
Sales fell last summer. | last summer = 2019
Sales fell last spring. | last spring = 2019
Sales fell last autumn. | last autumn = 2018
Sales fell last winter. | last winter = ?
Sales will fall next spring. | next spring = 2020
Sales fell in the third quarter of 2019. | third quarter of 2019 = 2019
Sales fell in Q3 2019. | Q3 2019 = 2019
Sales fell in the first half of 2018. | first half of 2018 = 2018
Sales fell in the third quarter. |
It ran from 3-5 May. | 3-5 May = 2019-05
It ran on May 3-5. | May 3-5 = 2019-05
It ran on 3–5 May 2018. | 3–5 May 2018 = 2018-05
It ran between May 3 and 5. | May 3 and 5 = 2019-05
It ran between May 3 and May 5. | May 3 = 2019-05-03; May 5 = 2019-05-05
It ran from May 3 to 5, 2018. | May 3 to 5, 2018 = 2018-05
It ran from 3 to 5 May 2018. | 3 to 5 May 2018 = 2018-05
It ran from 30 April to 5 May 2018. | 30 April = 2018-04-30; 5 May 2018 = 2018-05-05
It ran April 30 – May 5, 2018. | April 30 = 2018-04-30; May 5, 2018 = 2018-05-05
On 3 and 5 May it rained. | 3 and 5 May = 2019-05
In the 2019-20 season he scored. | 2019-20 = ?
In 2018/19 he scored. | 2018/19 = ?
It ran from 2015 to 2018. | 2015 = 2015; 2018 = 2018
He was president (2015–2018). | 2015 = 2015; 2018 = 2018
It ran between 2015 and 2018. | 2015 = 2015; 2018 = 2018
It ran between May and July 2018. | May = 2018-05; July 2018 = 2018-07
It ran from January to March. | January = 2019-01; March = 2019-03
In May and June it rained. | May = 2019-05; June = 2019-06
It fell in 2016, 2017 and 2018. | 2016 = 2016; 2017 = 2017; 2018 = 2018
"""

BY_PUBLICATION_AND_NO_DATES = """
Sales fell this year. | this year = 2019
Sales fell this month. | this month = 2019-10
Sales fell this week. | this week = ?
Sales fell last year. | last year = 2018
Earlier this month he left. | this month = 2019-10
Later this week he will leave. | this week = ?
He left last Friday. | last Friday = 2019-10-11
He leaves next Tuesday. | next Tuesday = 2019-10-22
He left on Monday. | Monday = 2019-10-14
Parliament will vote on Tuesday. | Tuesday = 2019-10-22
Parliament is to vote on Friday. | Friday = 2019-10-18
He said on Tuesday that he would resign. | Tuesday = 2019-10-15
A vote is expected on Thursday. | Thursday = 2019-10-17
The match, which kicks off on Saturday, is sold out. | Saturday = 2019-10-19
He is due to appear in court on Monday. | Monday = 2019-10-21
The strike could begin on Friday. | Friday = 2019-10-18
Talks are to resume Monday in Geneva. | Monday = 2019-10-21
He was scheduled to leave on Monday. | Monday = 2019-10-14
The Senate would vote on Friday, he said Tuesday. | Friday = 2019-10-18; Tuesday = 2019-10-15
He left yesterday. | yesterday = 2019-10-15
He left the day before yesterday. | day before yesterday = 2019-10-14
He leaves tomorrow morning. | tomorrow morning = 2019-10-17
He leaves the day after tomorrow. | day after tomorrow = 2019-10-18
He spoke today. | today = 2019-10-16
He speaks tonight. | tonight = 2019-10-16
He spoke earlier today. | today = 2019-10-16
He spoke on Wednesday night. | Wednesday night = 2019-10-16
He spoke late on Tuesday night. | Tuesday night = 2019-10-15
He left two days ago. | two days ago = 2019-10-14
He left a decade ago. | a decade ago = 2009
He left two weeks ago. | two weeks ago = ?
He left twenty years ago. | twenty years ago = 1999
He left eleven months ago. | eleven months ago = 2018-11
He left a couple of years ago. |
In May 2018 it fell. Three weeks earlier he fell. | May 2018 = 2018-05; Three weeks earlier = ?
In May 2018 it fell. A year later he came. | May 2018 = 2018-05; A year later = 2019
A year later he came. | A year later = ?
In May 2018 it fell. The following month it fell | May 2018 = 2018-05; The following month = 2018-06
In May 2018 it fell. The following year he came. | May 2018 = 2018-05; The following year = 2019
In 2018 he left. The following year he came. | 2018 = 2018; The following year = 2019
On 2 May 2018 he left, the next day he fell. | 2 May 2018 = 2018-05-02; the next day = 2018-05-03
He left over the past year. | past year = ?
In the last three years, it fell. |
He left over the weekend. |
He left last weekend. | last weekend = ?
It will end within three days. |
In January this year it fell. | January this year = 2019-01
In January last year it fell. | January last year = 2018-01
He left on Friday last week. | Friday last week = 2019-10-11
He left a week ago. | a week ago = ?
He came on Christmas Day 2018. | Christmas Day 2018 = 2018-12-25
He came on New Year’s Day 2019. | New Year’s Day 2019 = 2019-01-01
He came on Valentine's Day. | Valentine's Day = 2019-02-14
He came on July 4. | July 4 = 2019-07-04
He came on the Fourth of July. | Fourth of July = 2019-07-04
The September 11 attacks changed it. | September 11 = 2001-09-11
He won on Super Tuesday. |
Shops cut prices on Black Friday. |
Some 2019 people came. |
More than 2000 people came. |
It cost 1999 dollars. |
It may rain in May. | May = 2020-05
They march in March. | March = 2019-03
The March on Washington drew many. |
The Women's March was held. |
The Sun reported it. |
The Sun rises. |
Sun and Sat Nav failed. |
Theresa May resigned in May 2019. | May 2019 = 2019-05
May said she would go. |
April Jones was missing. |
August Wilson wrote it. |
He lives at 1600 Pennsylvania Avenue. |
Room 2012 was empty. |
A Boeing 737 landed at 2015 GMT. |
Windows 2000 was slow. |
He may be 30 or more. |
Vote on Sunday's deal was held. | Sunday = 2019-10-13
The 2018 World Cup was fun. | 2018 = 2018
The 2020 election will be close. | 2020 = 2020
Since 2018, it fell 3%. | 2018 = 2018
He spoke at 10 a.m. on May 3, 2018. | May 3, 2018 = 2018-05-03
He spoke on May 3, 2018 at 10:15. | May 3, 2018 = 2018-05-03
On Oct 3 at 5pm he spoke. | Oct 3 = 2019-10-03
Of 2018's storms, it was worst. | 2018 = 2018
It won Best Picture, 2018. |
It opened Monday and closes Sunday. | Monday = 2019-10-14; Sunday = 2019-10-20
Monday's vote was close. | Monday = 2019-10-14
Every Monday he runs. |
He runs on Mondays. |
Tuesday, 15 October, was cold. | Tuesday, 15 October = 2019-10-15
On Tuesday (Oct 15) it rained. | Tuesday = 2019-10-15; Oct 15 = 2019-10-15
He will run in 2020. | 2020 = 2020
By 2050 it will be gone. | 2050 = 2050
By 2100 it will be gone. | 2100 = 2100
"""


def rows(table: str) -> list[list[str]]:
    return [line.split(" |") for line in table.strip().split("\n")]


@pytest.mark.parametrize(
    ("sentence", "expected"), rows(OF_ITSELF + BY_PUBLICATION_AND_NO_DATES.lstrip())
)
def test_every_phrasing_is_understood(sentence: str, expected: str) -> None:
    dated = replace(draft(sentence), published_at=published(WEDNESDAY))
    found = "; ".join(f"{each.text} = {each.value or '?'}" for each in dates(dated))
    assert found == expected.strip()
