"""Pages as sites write them, with sentences of our own."""

LEAD = (
    "Three villages in the Swiss Alps were cut off on Monday after a flood swept away the only "
    "road, police said."
)
FOOD = (
    "Helicopters brought food and medicine to the 400 residents, a spokeswoman for the canton "
    "told reporters."
)
QUOTE = "“We have never seen so much water,” said Anna Keller, who runs the post office there."
ROAD = "The road will stay closed until spring, and the canton has asked Bern for money."
PARAGRAPHS = f"<p>{LEAD}</p>\n<p>{FOOD}</p>\n<p>{QUOTE}</p>\n<p>{ROAD}</p>"
BODY = [LEAD, FOOD, QUOTE, ROAD]
TITLE = "Flood cuts off three villages"

ARTICLE = f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{TITLE} | Alpine News</title>
<meta property="og:title" content="{TITLE}">
<meta property="article:published_time" content="2024-05-13T10:15:00+02:00">
<meta property="article:modified_time" content="2024-05-15T09:00:00+02:00">
<script>var seen = "<p>This is no text of the article.</p>";</script>
<style>p {{ color: red }}</style></head>
<body><header><nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav>
</header>
<div id="cookies">We use cookies to improve your experience. <button>Accept all</button></div>
<main><article><h1>{TITLE}</h1><p class="byline">By Jane Doe</p>
<figure><img src="a.jpg"><figcaption>The road on Monday. Photo: AFP</figcaption></figure>
{PARAGRAPHS}</article></main>
<aside><h3>Related</h3><ul><li><a href="/a">Glaciers melt faster than thought</a></li></ul></aside>
<footer><p>Copyright 2024 Alpine News. All rights reserved.</p></footer></body></html>"""

DIV_SOUP = f"""<html><head><title>{TITLE} - Alpine News</title>
<script type="application/ld+json">{{"@context": "https://schema.org", "@graph": [
{{"@type": "WebSite", "name": "Alpine News"}},
{{"@type": "NewsArticle", "headline": "{TITLE}", "dateModified": "2024-05-15",
"datePublished": "2024-05-13T08:15:00.000Z"}}]}}</script></head>
<body><div class="menu"><a href="/">Home</a> <a href="/s">Sport</a></div>
<div class="c"><div class="hl"><h1>{TITLE}</h1></div><div class="meta">13 May 2024
<span>Share</span>
</div><div class="story"><div>{LEAD}</div><div>{FOOD}</div><div>{QUOTE}</div><div>{ROAD}</div></div>
</div><div class="foot">Terms of use</div></body></html>"""

LINE_BREAKS = f"""<html><head><title>{TITLE}</title></head><body><div id="content">
<h1>{TITLE}</h1>{LEAD}<br><br>{FOOD}<br><br>{QUOTE}<br><br>{ROAD}</div></body></html>"""

MALFORMED = f"""<html><body><article><h1>{TITLE}<p>{LEAD}<p>{FOOD}<div><p>{QUOTE}</span>
</article><p>{ROAD}<b>"""

BY_LINE = f"""<html><head><title>{TITLE}</title></head><body><article><h1>{TITLE}</h1>
<p>By <a href="/jane">Jane Doe</a> <time datetime="2024-05-13T10:00">13 May 2024</time></p>
{PARAGRAPHS}</article><aside><time datetime="2026-01-01">today</time></aside></body></html>"""

LISTS = f"""<html><head><title>{TITLE}</title></head><body><article><h1>{TITLE}</h1><p>{LEAD}</p>
<p>The villages are:</p><ul><li>Oberwald, with 210 residents</li><li>Hinterwald, with 50</li></ul>
<blockquote><p>We have never seen so much water in this valley.</p></blockquote><p>{FOOD}</p>
<table><tr><th>Year</th><th>Dead</th></tr><tr><td>1987</td><td>6</td></tr></table>
<h2>What next?</h2><p>{ROAD}</p><p>Yes.</p></article></body></html>"""

INLINE = f"""<html><head><title>Flood&nbsp;&mdash; three villages &amp; a road</title></head><body>
<article><h1>Flood&nbsp;&mdash; three villages &amp; a road</h1>
<p>Three <b>vil<i>lages</i></b> in the <a href="/alps">Swiss <em>Alps</em></a> were cut&nbsp;off
on Monday &mdash; a flood swept away the only road, police said.</p>
<p>&ldquo;We have never seen so much water,&rdquo; said Anna Keller&#8217;s son, who runs the
post office &amp; the <span>shop</span>, and lost &pound;5&nbsp;million.</p><p>{ROAD}</p>
</article></body></html>"""

GERMAN = """<html lang="de"><head><title>Hochwasser schneidet drei Dörfer ab</title></head><body>
<article><h1>Hochwasser schneidet drei Dörfer ab</h1><p>Drei Dörfer in den Schweizer Alpen sind seit
Montag von der Außenwelt abgeschnitten, nachdem eine Flut die einzige Straße weggerissen hat, wie
die Polizei mitteilte.</p>
<p>Hubschrauber brachten Lebensmittel und Medikamente in die Dörfer.</p>
</article></body></html>"""

NO_ARTICLE = """<html><head><title>Alpine News</title></head><body><nav><a href="/">Home</a>
<a href="/w">World</a></nav><form><input name="q"><button>Search</button></form>
<footer>Copyright 2024</footer></body></html>"""
